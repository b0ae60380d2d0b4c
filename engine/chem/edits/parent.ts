/** @file A molecule that children are made from. */
import { BondType } from '../graph.ts';
import type { Molecule } from '../molecule.ts';
import type { SearchGraph } from '../smarts/search-graph.ts';
import { type Cuts, findCuts } from './cuts.ts';
import { Draft } from './draft.ts';

/** Plain data: it holds no WASM memory. */
export interface Parent {
  readonly graph: SearchGraph;
  readonly draft: Draft;
  readonly cuts: Cuts;
  /** Canonical SMILES without stereo and isotopes. */
  readonly flat: string;
}

/** @returns null for what cannot be edited: several fragments, dummy atoms, bonds that are not single to triple */
export function readParent(molecule: Molecule): Parent | null {
  const { graph, flat } = molecule;
  if (flat.includes('.') || graph.element.includes(0)) return null;
  const isPlain = graph.type.every((type, b) => type !== BondType.dative && graph.order[b] >= 1 && graph.order[b] <= 3);
  return isPlain ? { graph, draft: Draft.of(graph), cuts: findCuts(graph), flat } : null;
}
