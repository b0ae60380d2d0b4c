/**
 * Restriction enzymes: where they bind a sequence and where they cut it. The
 * table is models/restriction (REBASE as carried by Biopython); places and cuts
 * are those of Bio.Restriction.
 */
import { iupacMasks, iupacReverseComplement } from './iupac.ts';

/** Where both strands are cut, in bases from a site's first on the strand that it is read on. */
export interface EnzymeCut {
  /** Bases between the site's start and the cut of the strand with the site. */
  readonly top: number;
  /** The same for the cut of the other strand; smaller than `top` where it leaves a 3' overhang. */
  readonly bottom: number;
}

export interface Enzyme {
  /** As suppliers write it, e.g. EcoRI. */
  readonly name: string;
  /** Recognition site in IUPAC codes, with "|" between alternatives of one length. */
  readonly site: string;
  /** None where the cut is unknown; two where the enzyme cuts on both sides of its site. */
  readonly cuts: readonly EnzymeCut[];
  /** Some supplier sells it. */
  readonly sold: boolean;
}

/** A place where an enzyme binds; positions count from 0, ends are not included. */
export interface RestrictionSite {
  readonly start: number;
  /** Beyond the sequence's length where a site spans the ends of a circle. */
  readonly end: number;
  /** Strand on which the site reads 5' to 3'; '+' for a palindrome. */
  readonly strand: '+' | '-';
}

/** @param table models/restriction/enzymes.tsv @throws Error naming the first bad line */
export function readEnzymes(table: string): Enzyme[] {
  return table
    .split('\n')
    .filter((line) => line !== '')
    .map(readEnzyme);
}

function readEnzyme(line: string, i: number): Enzyme {
  const [name, site, fst5, fst3, scd5, scd3, sold] = line.split('\t');
  if (!name || !site || sold === undefined)
    throw new Error(`Line ${i + 1} of the table of restriction enzymes is broken: ${line}`);
  const length = site.split('|')[0].length;
  const cuts = [
    [fst5, fst3],
    [scd5, scd3],
  ]
    .filter(([top]) => top !== '')
    .map(([top, bottom]) => ({ top: Number(top), bottom: length + Number(bottom) }));
  return { name, site, cuts, sold: sold === '1' };
}

/** Windows that fit, as bits of both strands. */
interface Pattern {
  readonly masks: Uint8Array;
  readonly strand: '+' | '-';
}

/** Bits of a base in iupac.ts, by character code; 0 for every other letter. */
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
   * Every site, by position. A window that fits on both strands is one site, read on the top strand.
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
 * Where an enzyme cuts at a site, in bases before each strand's cut from the sequence's start.
 * A linear sequence is cut only where both strands are; a circle's positions lie in [0, length).
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
