/** @file The part of a step's batch that is made by editing remembered sequences. */
import { randomStream } from '../generator/random.ts';
import type { ScoredSequence } from '../objectives/types.ts';
import type { Child, Parents } from './children.ts';
import type { DiversityMemory } from './diversity.ts';
import type { Finds } from './remembered.ts';
import { type RolloutSeconds, type RolloutTools, timed } from './rollout.ts';
import type { ExpertJob } from './types.ts';

/** A scored child. */
export interface EditedSequence extends Child {
  readonly parents: Parents;
  readonly scored: ScoredSequence;
  /** Log-probability of each token after the start under the prior, nats. */
  readonly prior: Float32Array;
}

/** Children made for each that is wanted: some have been seen, and some parents have none. */
const SPARE = 2;

/**
 * New children of one step.
 * @param path of the random stream with an index
 * @returns fewer than the settings ask for where edits give too few that the run has not seen
 */
export async function drawEdits(
  { settings: { batch, edit_share } }: ExpertJob,
  path: (index: number) => readonly number[],
  { finds, seen }: { readonly finds: Finds; readonly seen: DiversityMemory },
  tools: RolloutTools,
  seconds: RolloutSeconds,
): Promise<EditedSequence[]> {
  const wanted = Math.round(edit_share * batch);
  if (wanted === 0 || tools.edit === null) return [];
  const pairs = finds.parents(SPARE * wanted, randomStream(...path(0)));
  const made = await tools.edit(pairs.map((parents, i) => ({ parents, stream: path(1 + i) })));
  const fresh = newOnes(made, pairs, seen).slice(0, wanted);
  const { value: scored, seconds: spent } = await timed(() => scoredChildren(fresh, tools));
  seconds.scoring += spent;
  return scored;
}

type Offspring = Child & { readonly parents: Parents };

function newOnes(made: readonly (Child | null)[], pairs: readonly Parents[], seen: DiversityMemory): Offspring[] {
  const byText = new Map<string, Offspring>();
  made.forEach((child, i) => {
    if (child !== null && !byText.has(child.text) && !seen.has(child.text))
      byText.set(child.text, { ...child, parents: pairs[i] });
  });
  return [...byText.values()];
}

async function scoredChildren(
  children: readonly Offspring[],
  { score, prior }: RolloutTools,
): Promise<EditedSequence[]> {
  if (children.length === 0) return [];
  const [scores, likelihoods] = await Promise.all([
    score(children.map(({ text }) => text)),
    prior.tokens(children.map(({ tokens }) => tokens)),
  ]);
  return children.map((child, i) => ({ ...child, scored: scores[i], prior: likelihoods[i] }));
}
