/**
 * @file Rules of thumb: bounds on simple properties that most molecules of some kind meet. logP is Crippen's, also
 * where the authors used another estimate.
 */
import type { Descriptors } from './descriptors.ts';

type Property =
  | 'weight'
  | 'logP'
  | 'refractivity'
  | 'tpsa'
  | 'allAtoms'
  | 'donors'
  | 'acceptors'
  | 'lipinskiDonors'
  | 'lipinskiAcceptors'
  | 'rotatableBonds';

/** Lowest and highest value that meet the rule. */
interface Bound {
  readonly property: Property;
  readonly least: number;
  readonly most: number;
}

export type Rule = readonly Bound[];

const atMost = (property: Property, most: number): Bound => ({ property, least: -Infinity, most });
const between = (property: Property, least: number, most: number): Bound => ({ property, least, most });

/** Lipinski et al., Adv. Drug Deliv. Rev. 1997, 23, 3: donors are hydrogens on N and O, acceptors N and O atoms. */
export const lipinski: Rule = [
  atMost('weight', 500),
  atMost('logP', 5),
  atMost('lipinskiDonors', 5),
  atMost('lipinskiAcceptors', 10),
];

/** Veber et al., J. Med. Chem. 2002, 45, 2615. */
export const veber: Rule = [atMost('rotatableBonds', 10), atMost('tpsa', 140)];

/** Ghose, Viswanadhan and Wendoloski, J. Comb. Chem. 1999, 1, 55: the ranges that contain 80% of drugs. */
export const ghose: Rule = [
  between('logP', -0.4, 5.6),
  between('refractivity', 40, 130),
  between('weight', 160, 480),
  between('allAtoms', 20, 70),
];

/**
 * ZINC's lead-like set: Irwin et al., J. Chem. Inf. Model. 2012, 52, 1757, after Teague et al., Angew. Chem. Int. Ed.
 * 1999, 38, 3743.
 */
export const leadLike: Rule = [between('weight', 250, 350), atMost('logP', 3.5), atMost('rotatableBonds', 7)];

/** The rule of three for fragments: Congreve et al., Drug Discov. Today 2003, 8, 876. */
export const ruleOfThree: Rule = [
  atMost('weight', 300),
  atMost('logP', 3),
  atMost('donors', 3),
  atMost('acceptors', 3),
  atMost('rotatableBonds', 3),
  atMost('tpsa', 60),
];

/** @returns the number of a rule's bounds that a molecule breaks */
export function violations(rule: Rule, descriptors: Descriptors): number {
  return rule.filter(({ property, least, most }) => !(descriptors[property] >= least && descriptors[property] <= most))
    .length;
}
