/** @file What a finished run is worth by a judge from which it has not learned, and the tables of all runs. */
import { internalDiversity } from '../../engine/base/diversity.ts';
import { align, identity } from '../../engine/dna/alignment.ts';
import { Purpose, randomStream } from '../../engine/generator/random.ts';
import { makeJudge } from '../../engine/learn/judge.ts';
import { seedMean } from '../../engine/learn/statistics.ts';
import { evaluate, type Measured } from '../../engine/soup/metrics.ts';
import { diversityOf } from '../pmo/diversity.ts';
import type { Final } from './run.ts';
import type { Task, Values } from './tasks.ts';

/** Figures of one run by name. */
export type Figures = Readonly<Record<string, number | null>>;

/** Distinct sequences whose pairs are compared for the internal diversity. */
const COMPARED = 100;

export async function figuresOf(task: Task, final: Final): Promise<Figures> {
  const { samples, goals } = final;
  const judged = task.evaluate === null ? samples : await judgedAgain(task.evaluate, final);
  const trained = evaluate(samples, goals.length, new Set(), randomStream(0, Purpose.sample));
  const figures = evaluate(judged, goals.length, new Set(), randomStream(0, Purpose.sample));
  // As in the paper's code, which leaves out repeats: a run that writes one molecule again and again has no variation.
  const different = evaluate(withoutRepeats(judged), goals.length, new Set(), randomStream(0, Purpose.sample));
  const distinct = [...new Set(samples.flatMap(({ canonical }) => canonical ?? []))].slice(0, COMPARED);
  return {
    ...Object.fromEntries(goals.map((goal, i) => [goal, figures.objectives[i].mean])),
    average: figures.total,
    'worst goal': figures.worst,
    hypervolume: figures.hypervolume.value,
    'ICV across goals': different.icvObjectives,
    'ICV across sequences': different.icvSequences,
    ...(task.evaluate !== null && { 'average by the predictors of training': trained.total }),
    ...perAtom(task, final, judged),
    valid: figures.valid,
    unique: figures.unique,
    'internal diversity': await diversity(task, distinct),
    'sequences scored': final.scored,
    seconds: final.seconds,
  };
}

function withoutRepeats(judged: readonly Measured[]): Measured[] {
  return [...new Map(judged.map((one) => [one.canonical, one])).values()];
}

/** The same sequences with the values of other predictors. */
async function judgedAgain(
  values: (texts: readonly string[]) => Promise<Values[]>,
  { samples, judgement }: Final,
): Promise<Measured[]> {
  const judge = makeJudge(judgement);
  const raw = await values(samples.flatMap(({ canonical }) => canonical ?? []));
  let next = 0;
  return samples.map(({ canonical, scaffold }) =>
    judge(canonical === null ? null : { canonical, scaffold, raw: raw[next++], constraints: [] }),
  );
}

/** Means of the raw values that grow with the size of a molecule, per heavy atom, which the design's limit counts. */
function perAtom({ extensive }: Task, { samples, goals }: Final, judged: readonly Measured[]): Figures {
  const mean = (goal: number) =>
    seedMean(
      judged.map(({ raw }, k) => {
        const [value, atoms] = [raw[goal] ?? null, samples[k].constraints[0] ?? null];
        return value === null || atoms === null ? null : value / atoms;
      }),
    )?.mean ?? null;
  return Object.fromEntries(extensive.map((goal) => [`${goals[goal]} per heavy atom`, mean(goal)]));
}

function diversity({ modality }: Task, distinct: readonly string[]): number | null | Promise<number> {
  return modality === 'molecule' ? diversityOf(distinct) : internalDiversity(distinct, (a, b) => identity(align(a, b)));
}
