/**
 * Advice on a run in plain sentences, by rules on its rounds: the mean score, the most urgent problem, and the goal
 * that is furthest away.
 */
import type { ResolvedObjective, RoundMetrics } from '../../contract/api.ts';
import { type Modality, modalityWords } from '../../engine/base/modality.ts';
import { percent } from '../base/percent.ts';
import { type Ailment, ailmentsOf, type SampleSizes } from './health.ts';

/** Smallest change of the total that is reported. */
const NOTABLE = 0.01;
/** Below this a goal is far from reached. */
const LOW_SCORE = 0.5;
/** Rounds without a better mean score after which to say so; a round's own mean varies by chance. */
const STALL = 8;
/** Rounds averaged at either end, and by how much the experts' disagreement must have grown between them. */
const ENDS = 3;
const APART = 0.1;

/** @param rounds first to last, round 0 being the prior */
export function adviceOn(
  rounds: readonly RoundMetrics[],
  objectives: readonly ResolvedObjective[],
  sizes: SampleSizes,
  modality: Modality,
): string {
  const { many } = modalityWords[modality];
  const last = rounds.at(-1);
  if (last === undefined) return 'The untrained generator is being measured first.';
  if (last.round === 0)
    return `Before training, ${percent(last.valid)} of the ${many} are valid and the mean score is ${score(last.total)}.`;
  return [trend(rounds), warning(rounds, sizes, many), weakest(last, objectives)]
    .filter((text) => text !== null)
    .join(' ');
}

const score = (value: number | null) => (value === null ? 'unknown' : value.toFixed(2));

function trend(rounds: readonly RoundMetrics[]): string {
  const [first, last] = [rounds[0].total, rounds.at(-1)!.total];
  if (first === null || last === null) return `The mean score is ${score(last)}.`;
  const gain = last - first;
  if (Math.abs(gain) < NOTABLE) return `The mean score is ${score(last)}, about what it was before training.`;
  return `The mean score ${gain > 0 ? 'rose' : 'fell'} from ${score(first)} to ${score(last)}.`;
}

/** The most urgent problem, if any. */
function warning(rounds: readonly RoundMetrics[], sizes: SampleSizes, many: string): string | null {
  const [worst] = ailmentsOf(rounds, sizes);
  return worst === undefined ? (apart(rounds) ?? stalled(rounds)) : remedy(worst, many);
}

function remedy(ailment: Ailment, many: string): string {
  switch (ailment.what) {
    case 'validity':
      return invalid(ailment, many);
    case 'uniqueness':
      return repeated(ailment, many);
    case 'diversity':
      return `The ${many} are becoming similar: their diversity is ${score(ailment.now)}, compared with ${score(ailment.before)} before training. A smaller sigma or fewer steps preserve diversity.`;
  }
}

function invalid({ before, now, low, grave }: Ailment, many: string): string {
  const few = `Only ${percent(now)} of the ${many} are valid.`;
  if (!grave) return `${few} Before training, ${percent(before)} were.`;
  const falling = `Validity is falling: ${percent(now)} of the ${many} are valid, compared with ${percent(before)} before training.`;
  return `${low ? few : falling} A smaller learning rate or sigma keeps the generator closer to the prior.`;
}

/** Shares in words, for "four of five molecules repeat". */
const PARTS: readonly (readonly [number, string])[] = [
  [1 / 3, 'One of three'],
  [1 / 2, 'Half of the'],
  [2 / 3, 'Two of three'],
  [3 / 4, 'Three of four'],
  [4 / 5, 'Four of five'],
  [9 / 10, 'Nine of ten'],
  [1, 'Nearly all'],
];

function repeated({ now }: Ailment, many: string): string {
  const [, part] = PARTS.reduce((a, b) => (Math.abs(b[0] - (1 - now)) < Math.abs(a[0] - (1 - now)) ? b : a));
  return `${part} ${many} are duplicates: the goals leave few choices, or sigma is too high.`;
}

function apart(rounds: readonly RoundMetrics[]): string | null {
  const known = rounds.flatMap(({ round, disagreement }) => (disagreement === null ? [] : [{ round, disagreement }]));
  if (known.length < 2 * ENDS) return null;
  const mean = (some: typeof known) => some.reduce((sum, one) => sum + one.disagreement, 0) / some.length;
  const [early, late] = [mean(known.slice(0, ENDS)), mean(known.slice(-ENDS))];
  if (late - early < APART) return null;
  const before = known.findLastIndex(({ disagreement }) => disagreement < (early + late) / 2);
  return `The experts have diverged since round ${known[Math.min(before + 1, known.length - 1)].round}. Merging more often may help.`;
}

function stalled(rounds: readonly RoundMetrics[]): string | null {
  const known = rounds.flatMap(({ round, total }) => (total === null ? [] : [{ round, total }]));
  if (known.length === 0) return null;
  const best = known.reduce((a, b) => (b.total > a.total ? b : a));
  const since = rounds.at(-1)!.round - best.round;
  return since < STALL
    ? null
    : `The mean score has not risen for ${since} rounds. The run may have converged; try other weights or goals.`;
}

function weakest(
  { objectives: means, experts }: RoundMetrics,
  objectives: readonly ResolvedObjective[],
): string | null {
  const known = means.flatMap(({ mean }, i) =>
    mean === null || objectives[i].weight === 0 ? [] : [{ mean, label: objectives[i].label }],
  );
  if (known.length < 2) return null;
  const least = known.reduce((a, b) => (b.mean < a.mean ? b : a));
  const way =
    experts.length > 1 && least.mean < LOW_SCORE ? ' You can give it more weight in Steer, without training.' : '';
  return `Furthest from its goal: ${least.label} (${score(least.mean)}).${way}`;
}
