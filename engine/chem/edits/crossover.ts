/**
 * @file Crossover of Graph GA: both parents are cut in two, and a piece of one is joined with a piece of the other.
 * Chains are cut at one single bond outside rings, rings at two bonds. Jensen, Chem. Sci. 2019, 10, 3567; choices and
 * numbers of tries as in `crossover.py` of github.com/jensengroup/GB_GA.
 *
 * Differences: pieces of rings are joined in both ways round, not only in the one that the order of atoms gives.
 */
import { firstAccepted, upTo } from '../../base/pick.ts';
import type { RandomStream } from '../../base/random-stream.ts';
import { Draft } from './draft.ts';
import type { Parent } from './parent.ts';
import { cutAt, type Piece, place } from './pieces.ts';

/** Tries of one kind of crossover, and of cutting a ring in two. */
const TRIES = 10;

/** Cuts a chain once; null without one. */
function cutChain(parent: Parent, random: RandomStream): Piece[] | null {
  const { chains } = parent.cuts;
  return chains.length === 0 ? null : cutAt(parent, [chains[random.below(chains.length)]]);
}

/** Cuts out a part of a ring of at least two atoms, or one atom with its substituents. */
function cutRing(parent: Parent, random: RandomStream): Piece[] | null {
  return upTo(TRIES, () => {
    const cuts = random.uniform() < 0.5 ? parent.cuts.ringPaths : parent.cuts.ringCorners;
    return cuts.length === 0 ? null : cutAt(parent, cuts[random.below(cuts.length)]);
  });
}

/** How two pieces are joined. */
interface Joint {
  readonly a: Piece;
  readonly b: Piece;
  /** Orders of the new bonds, one per end of `a`. */
  readonly orders: readonly number[];
  /** Whether the last end of `b` is joined with the first of `a`. */
  readonly crossed: boolean;
}

function join({ a, b, orders, crossed }: Joint): Draft {
  const draft = Draft.empty();
  const from = place(a, draft);
  const to = place(b, draft);
  if (crossed) to.reverse();
  // Two corners become one bond of the second order, as in Graph GA.
  for (const [i, end] of from.entries()) draft.bind(end, to[i], orders[i]);
  return draft;
}

const pairs = (as: readonly Piece[], bs: readonly Piece[]): { a: Piece; b: Piece }[] =>
  as.flatMap((a) => bs.map((b) => ({ a, b })));

/** What becomes of a draft: a child, or null if it is not acceptable. */
export type Finish = (draft: Draft, kind: 'chain' | 'ring') => string | null;

function crossChains(a: Parent, b: Parent, finish: Finish, random: RandomStream): string | null {
  return upTo(TRIES, () => {
    const [as, bs] = [cutChain(a, random), cutChain(b, random)];
    if (!as || !bs) return null;
    const joints = pairs(as, bs).map((pair): Joint => ({ ...pair, orders: [1], crossed: false }));
    return firstAccepted(joints, (joint) => finish(join(joint), 'chain'), random);
  });
}

/**
 * Orders of the two bonds that close a ring: one is double, as in the code of Graph GA, and the other single or double.
 * With two double bonds aromatic rings are closed again, which is why they are twice in the list.
 */
const RING_ORDERS = [
  [2, 1],
  [1, 2],
  [2, 2],
  [2, 2],
];

function crossRings(a: Parent, b: Parent, finish: Finish, random: RandomStream): string | null {
  return upTo(TRIES, () => {
    const [as, bs] = [cutRing(a, random), cutRing(b, random)];
    if (!as || !bs) return null;
    const joints = pairs(as, bs).flatMap((pair) =>
      RING_ORDERS.flatMap((orders): Joint[] => [false, true].map((crossed) => ({ ...pair, orders, crossed }))),
    );
    return firstAccepted(joints, (joint) => finish(join(joint), 'ring'), random);
  });
}

/** A child of two parents; null if no try was accepted. */
export function crossParents(a: Parent, b: Parent, finish: Finish, random: RandomStream): string | null {
  return upTo(TRIES, () => (random.uniform() <= 0.5 ? crossChains : crossRings)(a, b, finish, random));
}
