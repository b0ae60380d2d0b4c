/** Names of enzymes and motifs in the shipped tables, for suggestions during typing. */
import type { NameKind } from '../../../contract/api.ts';
import { namesNear } from '../../../engine/base/nearest.ts';
import { shippedMotifs } from '../../../engine/objectives/families/dna/motif-library.ts';
import { allEnzymes } from '../../../engine/objectives/families/dna/restriction.ts';
import { readResource } from '../../chemistry/chemistry.ts';

/** Tables are read on first use. */
const known = new Map<NameKind, readonly string[]>();

/** @returns enzymes, or factors and identifiers of motifs, nearest first */
export function dnaNamesLike(kind: NameKind, text: string, limit: number): string[] {
  const names = known.get(kind) ?? readNames(kind);
  known.set(kind, names);
  return namesNear(text, names, limit);
}

/** Commercially available enzymes come first. */
function readNames(kind: NameKind): readonly string[] {
  if (kind === 'motif') return shippedMotifs(readResource).names();
  return [...allEnzymes(readResource)].sort((a, b) => Number(b.sold) - Number(a.sold)).map(({ name }) => name);
}
