/**
 * @file Restriction enzymes: where they bind a sequence and where they cut it. The table is models/restriction (REBASE
 * as carried by Biopython). Sites and cuts equal those of Bio.Restriction.
 */
import { iupacMasks, iupacReverseComplement } from './iupac.ts';

/** Where both strands are cut, in bases from the first base of the site on the strand of the site. */
export interface EnzymeCut {
  /** Bases from the start of the site to the cut of the strand with the site. */
  readonly top: number;
  /** The same for the cut of the other strand; smaller than `top` for a 3' overhang. */
  readonly bottom: number;
}

export interface Enzyme {
  /** As suppliers write it, e.g. EcoRI. */
  readonly name: string;
  /** Recognition site in IUPAC codes, with "|" between alternatives of the same length. */
  readonly site: string;
  /** None if the cut is unknown; two if the enzyme cuts on both sides of its site. */
  readonly cuts: readonly EnzymeCut[];
  /** Whether a supplier sells it. */
  readonly sold: boolean;
}

/** A binding site of an enzyme. Positions count from 0 and ends are exclusive. */
export interface RestrictionSite {
  readonly start: number;
  /** Larger than the sequence's length if a site spans the ends of a circle. */
  readonly end: number;
  /** Strand on which the site reads 5' to 3'; '+' for a palindrome. */
  readonly strand: '+' | '-';
}

/** @param table models/restriction/enzymes.tsv @throws Error, which names the first invalid line */
export function readEnzymes(table: string): Enzyme[] {
  return table
    .split('\n')
    .filter((line) => line !== '')
    .map(readEnzyme);
}

function readEnzyme(line: string, i: number): Enzyme {
  const [name, site, fst5, fst3, scd5, scd3, sold] = line.split('\t');
  if (!name || !site || sold === undefined)
    throw new Error(`Line ${i + 1} of the table of restriction enzymes is invalid: ${line}`);
  const length = site.split('|')[0].length;
  const cuts = [
    [fst5, fst3],
    [scd5, scd3],
  ]
    .filter(([top]) => top !== '')
    .map(([top, bottom]) => ({ top: Number(top), bottom: length + Number(bottom) }));
  return { name, site, cuts, sold: sold === '1' };
}

/** Windows that match, as bits of both strands. */
interface Pattern {
  readonly masks: Uint8Array;
  readonly strand: '+' | '-';
}

/** Bits of a base as in iupac.ts, by character code; 0 for every other letter. */
const BITS = new Uint8Array(128);
for (const base of 'ACGT') BITS[base.charCodeAt(0)] = iupacMasks(base)[0];

/** An enzyme prepared for searching. */
export class SiteFinder {
  readonly enzyme: Enzyme;
  readonly #length: number;
  readonly #patterns: readonly Pattern[];

  constructor(enzyme: Enzyme) {
    this.enzyme = enzyme;
    const sites = enzyme.site.split('|');
    this.#length = sites[0].length;
    const reverse = sites.map(iupacReverseComplement).filter((site) => !sites.includes(site));
    this.#patterns = [...sites.map((site) => pattern(site, '+')), ...reverse.map((site) => pattern(site, '-'))];
  }

  /**
   * All sites, by position. A window that matches on both strands is one site on the top strand.
   * @param sequence A, C, G and T in upper case
   * @param circular whether the ends are joined, so that a site may span them
   */
  sites(sequence: string, circular: boolean): RestrictionSite[] {
    const length = this.#length;
    const bits = encode(circular ? sequence + sequence.slice(0, length - 1) : sequence);
    const found: RestrictionSite[] = [];
    for (let start = 0; start + length <= bits.length; start++) {
      const strand = this.#patterns.find(({ masks }) => fits(masks, bits, start))?.strand;
      if (strand !== undefined) found.push({ start, end: start + length, strand });
    }
    return found;
  }
}

function pattern(site: string, strand: '+' | '-'): Pattern {
  return { masks: iupacMasks(site), strand };
}

function encode(sequence: string): Uint8Array {
  const bits = new Uint8Array(sequence.length);
  for (let i = 0; i < bits.length; i++) bits[i] = BITS[sequence.charCodeAt(i)];
  return bits;
}

function fits(masks: Uint8Array, bits: Uint8Array, start: number): boolean {
  for (let i = 0; i < masks.length; i++) if ((masks[i] & bits[start + i]) === 0) return false;
  return true;
}

/**
 * The cuts of an enzyme at a site, in bases before the cut of each strand from the start of the sequence. A linear
 * sequence is cut only where both strands are. Positions of a circle lie in [0, length).
 */
export function cutsAt(
  { cuts }: Enzyme,
  { start, end, strand }: RestrictionSite,
  length: number,
  circular: boolean,
): EnzymeCut[] {
  const placed = cuts.map(({ top, bottom }) =>
    strand === '+' ? { top: start + top, bottom: start + bottom } : { top: end - bottom, bottom: end - top },
  );
  if (circular) return placed.map(({ top, bottom }) => ({ top: around(top, length), bottom: around(bottom, length) }));
  const inside = (cut: number) => cut > 0 && cut < length;
  return placed.filter(({ top, bottom }) => inside(top) && inside(bottom));
}

const around = (position: number, length: number) => ((position % length) + length) % length;
