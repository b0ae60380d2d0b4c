/** A plain sentence or two on how a run goes, from its rounds alone. */
import type { ResolvedObjective, RoundMetrics } from '../contract/api.ts';
import { domainWords, type Domain } from '../engine/objectives/types.ts';

/** Below this share of valid or distinct molecules something is wrong. */
const LOW_SHARE = 0.7;
/** A change of the total that is worth a word. */
const NOTABLE = 0.01;

/** @param rounds first to last, round 0 being the prior */
export function adviceOn(rounds: readonly RoundMetrics[], objectives: readonly ResolvedObjective[], domain: Domain): string {
  const { many } = domainWords[domain];
  const last = rounds.at(-1);
  if (last === undefined) return 'The generator is being measured before training begins.';
  if (last.round === 0) return `Before training, ${percent(last.valid)} of the ${many} are valid and the mean score is ${score(last.total)}.`;
  return [trend(rounds), warning(last, many), weakest(last, objectives)].filter((text) => text !== null).join(' ');
}

const percent = (share: number) => `${Math.round(100 * share)}%`;
const score = (value: number | null) => (value === null ? 'unknown' : value.toFixed(2));

function trend(rounds: readonly RoundMetrics[]): string {
  const [first, last] = [rounds[0].total, rounds.at(-1)!.total];
  if (first === null || last === null) return `The mean score is ${score(last)}.`;
  const gain = last - first;
  if (Math.abs(gain) < NOTABLE) return `The mean score is ${score(last)}, about what it was before training.`;
  return `The mean score ${gain > 0 ? 'rose' : 'fell'} from ${score(first)} to ${score(last)}.`;
}

function warning({ valid, unique }: RoundMetrics, many: string): string | null {
  if (valid < LOW_SHARE) return `Only ${percent(valid)} of the ${many} are valid: a smaller learning rate or sigma keeps closer to the prior.`;
  if (unique < LOW_SHARE) return `Only ${percent(unique)} of the valid ${many} differ: the goals leave little room, or sigma is too high.`;
  return null;
}

function weakest({ objectives: means }: RoundMetrics, objectives: readonly ResolvedObjective[]): string | null {
  const known = means.flatMap(({ mean }, i) => (mean === null || objectives[i].weight === 0 ? [] : [{ mean, label: objectives[i].label }]));
  if (known.length < 2) return null;
  const least = known.reduce((a, b) => (b.mean < a.mean ? b : a));
  return `Furthest from its goal: ${least.label} (${score(least.mean)}).`;
}
