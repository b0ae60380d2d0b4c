/** @file Predictions of the activity predictors for a sequence, as rows of a chart with one axis per unit. */
import type { ObjectiveInfo, PredictedActivity } from '../../../contract/api.ts';
import { WIDTH_90 } from '../../lib/error-bars.ts';
import { plural, raw } from '../../lib/format.ts';

interface ActivityRow {
  readonly objective: string;
  readonly label: string;
  /** "0.42 ± 0.91 log2 RNA/DNA", or the reason why there is no value. */
  readonly words: string;
  /** Value and ends of its error bar; null if there is no value. */
  readonly bar: { readonly value: number; readonly low: number; readonly high: number } | null;
  readonly inside: boolean;
  /** Says which part of the sequence is read; '' if all of it is. */
  readonly part: string;
}

/** Rows that share an axis. */
export interface ActivityGroup {
  readonly unit: string;
  /** Ends of the axis: they cover the typical range and all values. */
  readonly from: number;
  readonly to: number;
  readonly rows: readonly ActivityRow[];
}

/** @param length of the sequence, in bases */
export function activityGroups(
  activities: readonly PredictedActivity[],
  objectives: readonly ObjectiveInfo[],
  length: number,
): ActivityGroup[] {
  const known = activities.flatMap((activity) => {
    const objective = objectives.find(({ id }) => id === activity.objective);
    return objective === undefined ? [] : [{ objective, row: rowOf(activity, objective, length) }];
  });
  return [...new Set(known.map(({ objective }) => objective.unit))].map((unit) => {
    const members = known.filter(({ objective }) => objective.unit === unit);
    const bars = members.flatMap(({ row }) => (row.bar === null ? [] : [row.bar]));
    const from = Math.min(...members.map(({ objective }) => objective.typical[0]), ...bars.map(({ low }) => low));
    const to = Math.max(...members.map(({ objective }) => objective.typical[1]), ...bars.map(({ high }) => high));
    return { unit, from, to, rows: members.map(({ row }) => row) };
  });
}

function rowOf(
  { objective, value, error, inside, reads, fewest }: PredictedActivity,
  { label, unit }: ObjectiveInfo,
  length: number,
): ActivityRow {
  const bar =
    value === null || error === null ? null : { value, low: value - WIDTH_90 * error, high: value + WIDTH_90 * error };
  const missing =
    length < fewest
      ? `No prediction: the predictor reads ${reads} bases and needs at least ${fewest}; this sequence has ${plural(length, 'base')}.`
      : 'No prediction.';
  return {
    objective,
    label,
    words: bar === null ? missing : withError(bar.value, bar.high - bar.value, unit),
    bar,
    inside,
    part: bar !== null && length > reads ? `The predictor read the middle ${reads} of ${length} bases.` : '',
  };
}

const withError = (value: number, error: number, unit: string): string =>
  `${raw(value)} ± ${raw(error)} ${unit}`.trim();

/** Position on a group's axis, in percent of its width. */
export function placeOn({ from, to }: Pick<ActivityGroup, 'from' | 'to'>, value: number): number {
  return to === from ? 50 : (100 * (value - from)) / (to - from);
}
