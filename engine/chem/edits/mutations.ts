/**
 * @file The seven mutations of Graph GA with its probabilities, as the SMARTS reactions of `mutate.py` in
 * github.com/jensengroup/GB_GA state them. Jensen, Chem. Sci. 2019, 10, 3567. Each function draws a variant of its
 * mutation and lists where it applies.
 *
 * Differences (draft.ts): hydrogens follow from bonds, so that a pyrrole nitrogen can be substituted. An atom with a
 * charge or an unusual valence keeps its element and gains no hydrogens. Sulphur and phosphorus get none above their
 * lowest valence.
 */
import { drawByShare, firstAccepted, upTo } from '../../base/pick.ts';
import type { RandomStream } from '../../base/random-stream.ts';
import { atomicNumber } from '../smarts/elements.ts';
import { bondBetween, type SearchGraph } from '../smarts/search-graph.ts';
import { type Draft, uncharged } from './draft.ts';
import type { Parent } from './parent.ts';

/** Changes a copy of the parent's draft. */
type Edit = (draft: Draft) => void;

const [C, N, O, F, S, Cl, Br] = ['C', 'N', 'O', 'F', 'S', 'Cl', 'Br'].map((symbol) => atomicNumber(symbol)!);

const atomsOf = (graph: SearchGraph): number[] => Array.from(graph.element.keys());

function neighbours(graph: SearchGraph, atom: number): number[] {
  return Array.from(graph.neighbour.subarray(graph.offset[atom], graph.offset[atom + 1]));
}

/** Each bond in both directions. */
function directedBonds(graph: SearchGraph): [from: number, to: number][] {
  return atomsOf(graph).flatMap((from) => neighbours(graph, from).map((to): [number, number] => [from, to]));
}

const orderOf = (graph: SearchGraph, a: number, b: number): number => graph.order[bondBetween(graph, a, b)];

const isInRing = (graph: SearchGraph, atom: number): boolean => graph.ringCounts[atom] > 0;

/** New atoms with a bond of one order. */
interface NewAtoms {
  readonly share: number;
  readonly order: number;
  readonly elements: readonly number[];
}

const APPENDED: readonly NewAtoms[] = [
  { share: 0.6, order: 1, elements: [C, N, O, F, S, Cl, Br] },
  { share: 0.35, order: 2, elements: [C, N, O] },
  { share: 0.05, order: 3, elements: [C, N] },
];

const INSERTED: readonly NewAtoms[] = [
  { share: 0.6, order: 1, elements: [C, N, O, S] },
  { share: 0.35, order: 2, elements: [C, N] },
  { share: 0.05, order: 3, elements: [C] },
];

function drawAtom(choices: readonly NewAtoms[], random: RandomStream): { order: number; element: number } {
  const { order, elements } = drawByShare(choices, random);
  return { order, element: elements[random.below(elements.length)] };
}

function appendAtom({ graph }: Parent, random: RandomStream): Edit[] {
  const { order, element } = drawAtom(APPENDED, random);
  return atomsOf(graph)
    .filter((atom) => graph.totalHydrogens[atom] >= order)
    .map((atom) => (draft) => draft.bind(atom, draft.add(uncharged(element)), order));
}

/** Between two atoms whose bond is replaced; a multiple bond goes to the first. */
function insertAtom({ graph }: Parent, random: RandomStream): Edit[] {
  const { order, element } = drawAtom(INSERTED, random);
  return directedBonds(graph)
    .filter(([from]) => graph.totalHydrogens[from] >= order - 1 && (order < 3 || !isInRing(graph, from)))
    .map(([from, to]) => (draft) => {
      draft.unbind(from, to);
      const added = draft.add(uncharged(element));
      draft.bind(from, added, order);
      draft.bind(added, to, 1);
    });
}

/** Neighbours of a deleted atom and how they are joined. */
interface Deletion {
  readonly share: number;
  /** Neighbours of the atom. */
  readonly degree: number;
  /** Hydrogens needed, by place in the list of neighbours. */
  readonly hydrogens: readonly number[];
  /** New single bonds, by places in the list. */
  readonly bonds: readonly (readonly [number, number])[];
}

const chain = (length: number): [number, number][] => Array.from({ length: length - 1 }, (_, i) => [i, i + 1]);

const DELETIONS: readonly Deletion[] = [
  { share: 0.25, degree: 1, hydrogens: [0], bonds: [] },
  { share: 0.25, degree: 2, hydrogens: [0, 0], bonds: chain(2) },
  { share: 0.25, degree: 3, hydrogens: [0, 1, 0], bonds: chain(3) },
  { share: 0.1875, degree: 4, hydrogens: [0, 1, 1, 0], bonds: chain(4) },
  {
    share: 0.0625,
    degree: 4,
    hydrogens: [0, 2, 0, 0],
    bonds: [
      [0, 1],
      [1, 2],
      [1, 3],
    ],
  },
];

function orderings(list: readonly number[]): number[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((one) => orderings(list.filter((other) => other !== one)).map((rest) => [one, ...rest]));
}

function deleteAtom({ graph }: Parent, random: RandomStream): Edit[] {
  const { degree, hydrogens, bonds } = drawByShare(DELETIONS, random);
  return atomsOf(graph)
    .filter((atom) => graph.degrees[atom] === degree)
    .flatMap((atom) =>
      orderings(neighbours(graph, atom))
        .filter((order) => order.every((other, i) => graph.totalHydrogens[other] >= hydrogens[i]))
        .map((order) => (draft: Draft) => {
          draft.remove(atom);
          for (const [i, j] of bonds) draft.bind(order[i], order[j], 1);
        }),
    );
}

interface OrderChange {
  readonly share: number;
  readonly to: number;
  readonly applies: (graph: SearchGraph, from: number, to: number) => boolean;
}

const ORDER_CHANGES: readonly OrderChange[] = [
  { share: 0.45, to: 1, applies: (graph, a, b) => orderOf(graph, a, b) !== 1 },
  {
    share: 0.45,
    to: 2,
    applies: (graph, a, b) =>
      orderOf(graph, a, b) === 1 && graph.totalHydrogens[a] >= 1 && graph.totalHydrogens[b] >= 1,
  },
  { share: 0.05, to: 2, applies: (graph, a, b) => orderOf(graph, a, b) === 3 },
  { share: 0.05, to: 3, applies: (graph, a) => !isInRing(graph, a) && graph.totalHydrogens[a] >= 2 },
];

function changeBondOrder({ graph }: Parent, random: RandomStream): Edit[] {
  const { to: order, applies } = drawByShare(ORDER_CHANGES, random);
  return directedBonds(graph)
    .filter(([a, b]) => applies(graph, a, b))
    .map(
      ([a, b]) =>
        (draft) =>
          draft.bind(a, b, order),
    );
}

function deleteCyclicBond({ graph }: Parent): Edit[] {
  return Array.from(graph.ringBond.keys())
    .filter((bond) => graph.ringBond[bond])
    .map((bond) => (draft) => draft.unbind(graph.begin[bond], graph.end[bond]));
}

/** Sizes of new rings, and which atoms of the closed path must be outside rings. */
const NEW_RINGS = [
  { share: 0.05, outside: [true, true, true] },
  { share: 0.05, outside: [true, true, true, true] },
  { share: 0.45, outside: [true, true, false, false, true] },
  { share: 0.45, outside: [true, true, false, false, true, true] },
];

function addRing({ graph }: Parent, random: RandomStream): Edit[] {
  const { outside } = drawByShare(NEW_RINGS, random);
  return openPaths(graph, outside).map((path) => (draft) => draft.bind(path[0], path.at(-1)!, 1));
}

/** Paths whose ends have a hydrogen each. @param outside whether each atom must be outside rings */
function openPaths(graph: SearchGraph, outside: readonly boolean[]): number[][] {
  const fits = (atom: number, place: number): boolean =>
    !(outside[place] && isInRing(graph, atom)) &&
    !((place === 0 || place === outside.length - 1) && graph.totalHydrogens[atom] === 0);
  let paths = atomsOf(graph)
    .filter((atom) => fits(atom, 0))
    .map((atom) => [atom]);
  for (let place = 1; place < outside.length; place++)
    paths = paths.flatMap((path) =>
      neighbours(graph, path[place - 1])
        .filter((atom) => !path.includes(atom) && fits(atom, place))
        .map((atom) => [...path, atom]),
    );
  return paths.filter((path) => bondBetween(graph, path[0], path.at(-1)!) < 0);
}

const CHANGED = [
  { share: 0.15, element: C },
  { share: 0.15, element: N },
  { share: 0.14, element: O },
  { share: 0.14, element: F },
  { share: 0.14, element: S },
  { share: 0.14, element: Cl },
  { share: 0.14, element: Br },
];

/** Changes atoms of one of the molecule's elements into another. */
function changeAtom({ graph, draft }: Parent, random: RandomStream): Edit[] {
  const present = CHANGED.filter(({ element }) => graph.element.includes(element));
  if (present.length === 0) return [];
  const { element: from } = drawByShare(present, random);
  const { element: to } = drawByShare(
    CHANGED.filter(({ element }) => element !== from),
    random,
  );
  return atomsOf(graph)
    .filter((atom) => graph.element[atom] === from && !draft.atom(atom)?.fixed)
    .map((atom) => (edited) => edited.replace(atom, uncharged(to)));
}

export interface Mutation {
  readonly name: string;
  readonly share: number;
  readonly find: (parent: Parent, random: RandomStream) => readonly Edit[];
}

export const mutations: readonly Mutation[] = [
  { name: 'insert atom', share: 0.15, find: insertAtom },
  { name: 'change bond order', share: 0.14, find: changeBondOrder },
  { name: 'delete cyclic bond', share: 0.14, find: deleteCyclicBond },
  { name: 'add ring', share: 0.14, find: addRing },
  { name: 'delete atom', share: 0.14, find: deleteAtom },
  { name: 'change atom', share: 0.14, find: changeAtom },
  { name: 'append atom', share: 0.15, find: appendAtom },
];

/** Tries of one mutation each. */
const TRIES = 10;

/** A mutated parent; null if no try was accepted. @param finish null for what is not acceptable */
export function mutateParent(
  parent: Parent,
  finish: (draft: Draft) => string | null,
  random: RandomStream,
): string | null {
  return upTo(TRIES, () => {
    const edits = drawByShare(mutations, random).find(parent, random);
    const finishEdit = (edit: Edit): string | null => {
      const draft = parent.draft.copy();
      edit(draft);
      return finish(draft);
    };
    return firstAccepted(edits, finishEdit, random);
  });
}
