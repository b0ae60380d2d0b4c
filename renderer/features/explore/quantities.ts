/** @file The quantities by which candidates are sorted, filtered and plotted, with names and units. */
import type { RunDetail } from '../../../contract/api.ts';
import { shortName } from '../../lib/goals.ts';
import type { Table } from './table.ts';

/** One number per candidate. */
export interface Quantity {
  /** Stable, for what is remembered: "total", "raw:0", "score:0", "limit:0", "round", "length", ... */
  readonly key: string;
  readonly label: string;
  /** The label with its measure, for places with enough room: "Drug-likeness (QED)". */
  readonly fullLabel?: string;
  readonly unit: string;
  /** By number; NaN where missing. */
  readonly values: Float32Array | Int32Array;
  /** Index of the goal it belongs to. */
  readonly goal?: number;
  /** Whether lower values are better. */
  readonly lowIsGood?: boolean;
  /** Written without decimals. */
  readonly whole?: boolean;
  /** For a quantity that a panel supplies: restores it after its removal. */
  readonly resume?: () => void;
}

/** All quantities of a run except those that panels add. */
export function quantitiesOf(detail: RunDetail, table: Table, totals: Float32Array): Quantity[] {
  const raw = detail.objectives.flatMap(({ label, unit, goal }, i) =>
    table.raw[i] === undefined
      ? []
      : [
          {
            key: `raw:${i}`,
            label: shortName(label),
            fullLabel: label,
            unit,
            values: table.raw[i],
            goal: i,
            lowIsGood: goal.kind === 'lower',
          },
        ],
  );
  const scores = detail.objectives.flatMap(({ label }, i) =>
    table.scores[i] === undefined
      ? []
      : [{ key: `score:${i}`, label: `${shortName(label)}, score`, unit: '', values: table.scores[i], goal: i }],
  );
  const limits = detail.constraints.flatMap(({ label, unit }, i) =>
    table.limits[i] === undefined
      ? []
      : [{ key: `limit:${i}`, label: `${shortName(label)} (limit)`, unit, values: table.limits[i], lowIsGood: true }],
  );
  return [
    { key: 'total', label: 'Total', unit: '', values: totals },
    ...raw,
    ...scores,
    ...limits,
    { key: 'round', label: 'Round', unit: '', values: table.round, whole: true },
    {
      key: 'length',
      label: detail.modality === 'dna' ? 'Length' : 'Length of SMILES',
      unit: detail.modality === 'dna' ? 'bases' : 'characters',
      values: table.length,
      whole: true,
    },
  ];
}

/** The label of an axis: "Drug-likeness (QED), higher is better". */
export function axisName({ label, fullLabel = label, unit, lowIsGood = false }: Quantity): string {
  return [fullLabel, ...(unit === '' ? [] : [unit]), ...(lowIsGood ? ['lower is better'] : [])].join(', ');
}
