/** @file Says when most of the best molecules are no larger than the fragments that screens start from. */
import type { GoalInfo, RunDetail } from '../../contract/api.ts';

/** Fewest heavy atoms of a lead. A fragment has up to 300 g/mol: Congreve et al., Drug Discovery Today 2003, 8, 876. */
const LEAST_LEAD = 20;
/** Largest values of a fragment, by the property's id. A design that goes no higher asks for fragments. */
const LARGEST_FRAGMENT: Readonly<Record<string, number>> = { mw: 300, 'heavy-atoms': LEAST_LEAD, 'rule-of-three': 1 };
/** The best that are looked at, and the fewest that say something. */
const LOOKED_AT = 20;
const FEWEST = 10;

const ATOM = /\[(?!\d*H[+-]?\])[^\]]+\]|Cl|Br|[BCNOPSFIbcnops]/g;

/** @returns atoms of a SMILES without hydrogens */
export function heavyAtoms(smiles: string): number {
  return smiles.match(ATOM)?.length ?? 0;
}

/** @param best SMILES, best first @returns one sentence if most of the first 20 are fragment-sized; otherwise null */
export function fragmentWords(best: readonly string[]): string | null {
  const looked = best.slice(0, LOOKED_AT);
  const small = looked.filter((smiles) => heavyAtoms(smiles) < LEAST_LEAD).length;
  if (looked.length < FEWEST || 2 * small <= looked.length) return null;
  return `${small} of the best ${looked.length} are fragment-sized (fewer than ${LEAST_LEAD} heavy atoms). A limit on molecular weight would keep them out.`;
}

/** Whether a design wants small molecules itself, by a limit or by a goal that counts. */
export function asksForFragments({ objectives, constraints }: Pick<RunDetail, 'objectives' | 'constraints'>): boolean {
  const isSmall = (id: string, most: number) => most <= (LARGEST_FRAGMENT[id] ?? -Infinity);
  return (
    constraints.some(({ id, max = Infinity }) => isSmall(id, max)) ||
    objectives.some(({ id, goal, weight }) => weight > 0 && isSmall(id, largestWanted(goal)))
  );
}

/** The largest raw value with the best score; infinite if there is none. */
function largestWanted(goal: GoalInfo): number {
  switch (goal.kind) {
    case 'higher':
      return Infinity;
    case 'lower':
      return goal.from;
    case 'target':
      return goal.value;
    case 'range':
      return goal.high;
    case 'step':
      return goal.side === 'at_most' ? goal.threshold : Infinity;
    case 'table':
      return largestBest(goal.points);
  }
}

function largestBest(points: readonly (readonly [number, number])[]): number {
  const best = Math.max(...points.map(([, score]) => score));
  const at = points.findLastIndex(([, score]) => score === best);
  return at === points.length - 1 ? Infinity : points[at][0];
}
