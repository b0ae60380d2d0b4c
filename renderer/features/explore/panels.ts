/**
 * @file The panels and filter sections of the Explore view, in the order of their menu. Each is a component that gets
 * the run and the explorer, with the shared selection, filters and order.
 */
import type { Component } from 'svelte';
import type { RunDetail } from '../../../contract/api.ts';
import type { Modality } from '../../lib/modalities.ts';
import type { Explorer } from './explore.svelte.ts';
import ApplicabilityFilter from './filters/ApplicabilityFilter.svelte';
import StructureFilters from './filters/StructureFilters.svelte';
import GridPanel from './lists/GridPanel.svelte';
import TablePanel from './lists/TablePanel.svelte';
import LogoPanel from './logo/LogoPanel.svelte';
import ParallelPanel from './plots/ParallelPanel.svelte';
import ParetoPanel from './plots/ParetoPanel.svelte';
import ScatterPanel from './plots/ScatterPanel.svelte';
import ClusterPanel from './space/ClusterPanel.svelte';
import MapPanel from './space/MapPanel.svelte';
import ScaffoldPanel from './space/ScaffoldPanel.svelte';

export interface ExploreProps {
  readonly explorer: Explorer;
  readonly detail: RunDetail;
}

export interface ExplorePart {
  readonly id: string;
  readonly label: string;
  readonly component: Component<ExploreProps>;
  /** The only modality for which it exists; undefined for both. */
  readonly modality?: Modality;
}

export const panels: readonly ExplorePart[] = [
  { id: 'grid', label: 'Cards', component: GridPanel },
  { id: 'scatter', label: 'Scatter plot', component: ScatterPanel },
  { id: 'table', label: 'Table', component: TablePanel },
  { id: 'front', label: 'Pareto front', component: ParetoPanel },
  { id: 'map', label: 'Map', component: MapPanel },
  { id: 'clusters', label: 'Clusters', component: ClusterPanel },
  { id: 'scaffolds', label: 'Scaffolds', component: ScaffoldPanel, modality: 'molecule' },
  { id: 'logo', label: 'Logo', component: LogoPanel, modality: 'dna' },
  { id: 'parallel', label: 'Parallel coordinates', component: ParallelPanel },
];

/** Sections below the filters that every run has; a section supplies `explorer.filters.setExternal`. */
export const filterSections: readonly ExplorePart[] = [
  { id: 'structure', label: 'Structure', component: StructureFilters, modality: 'molecule' },
  { id: 'applicability', label: 'Applicability domain', component: ApplicabilityFilter },
];

export const forModality = (parts: readonly ExplorePart[], modality: Modality): ExplorePart[] =>
  parts.filter((part) => part.modality === undefined || part.modality === modality);
