/**
 * @file The order in which the atoms of a query are tried. Starting from an atom that is rare in the molecule leaves
 * few candidates. Each further atom is bonded to one that is already placed, and rings are checked as soon as they
 * close.
 */
import type { AtomTest, BondTest, QueryAtom } from './parse.ts';

export interface PlanStep {
  readonly test: AtomTest;
  /** Earlier step to which it is bonded; -1 at the start of a component. */
  readonly parent: number;
  readonly bond: BondTest;
  /** Bonds to further earlier steps. */
  readonly closures: readonly { readonly step: number; readonly bond: BondTest }[];
}

interface Edge {
  readonly to: number;
  readonly bond: BondTest;
}

function edgesOf(atoms: readonly QueryAtom[]): Edge[][] {
  const edges = atoms.map((): Edge[] => []);
  const link = (a: number, b: number, bond: BondTest): void => {
    edges[a].push({ to: b, bond });
    edges[b].push({ to: a, bond });
  };
  atoms.forEach(({ parent, bond, closures }, i) => {
    if (parent >= 0) link(parent, i, bond);
    for (const closure of closures) link(closure.atom, i, closure.bond);
  });
  return edges;
}

/** @param root index of the query atom to begin with */
export function planFrom(atoms: readonly QueryAtom[], root: number): PlanStep[] {
  const edges = edgesOf(atoms);
  const steps: PlanStep[] = [];
  const stepOf = new Map<number, number>();
  function visit(atom: number, from: number): void {
    const placed = edges[atom]
      .filter(({ to }) => stepOf.has(to))
      .map(({ to, bond }) => ({ step: stepOf.get(to) ?? -1, bond }));
    const toParent = placed.find(({ step }) => step === from);
    stepOf.set(atom, steps.length);
    const closures = placed.filter((one) => one !== toParent);
    steps.push({ test: atoms[atom].test, parent: from, bond: toParent?.bond ?? anyBond, closures });
    const here = steps.length - 1;
    for (const { to } of edges[atom]) if (!stepOf.has(to)) visit(to, here);
  }
  for (const start of [root, ...atoms.keys()]) if (!stepOf.has(start)) visit(start, -1);
  return steps;
}

/** Never called: the start of a component has no bond. */
const anyBond: BondTest = () => true;
