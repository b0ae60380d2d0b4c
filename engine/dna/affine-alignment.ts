/**
 * @file Global alignment of two sequences with affine gaps (Needleman and Wunsch, J. Mol. Biol. 1970, 48, 443; three
 * states as in Gotoh, ibid. 1982, 162, 705; a gap in one sequence may follow a gap in the other). Scores equal those of
 * Biopython's PairwiseAligner. If several alignments have the best score, one of them is returned.
 */

export interface AlignmentScores {
  readonly match: number;
  readonly mismatch: number;
  /** Costs of a gap's first base and of each further one; also at the ends. */
  readonly open: number;
  readonly extend: number;
}

/** The scores of EMBOSS needle for DNA (matrix EDNAFULL). */
export const usualScores: AlignmentScores = { match: 5, mismatch: -4, open: -10, extend: -0.5 };

/** Two rows of equal length; a gap is "-". */
export interface GappedAlignment {
  readonly score: number;
  readonly a: string;
  readonly b: string;
}

/**
 * How an alignment ends at a cell: with a pair, with a base of `a` beside a gap, or with a base of `b` beside a gap.
 */
const [PAIR, ONLY_A, ONLY_B] = [0, 1, 2] as const;
const STATES = 3;
/** The trace of a cell has two bits per state for the previous state. */
const BITS = 2;

/** @param a @param b memory in bytes is about the product of both lengths */
export function alignGlobally(a: string, b: string, scores: AlignmentScores = usualScores): GappedAlignment {
  const width = b.length + 1;
  const trace = new Uint8Array((a.length + 1) * width);
  let above = new Float64Array(STATES * width).fill(-Infinity);
  let row = new Float64Array(STATES * width).fill(-Infinity);
  for (let i = 0; i <= a.length; i++) {
    for (let j = 0; j <= b.length; j++)
      trace[i * width + j] = fillCell(row, above, j, i === 0 ? '' : a[i - 1], j === 0 ? '' : b[j - 1], scores);
    [above, row] = [row, above];
  }
  const last = above.subarray(STATES * b.length, STATES * width);
  const state = best(last[PAIR], last[ONLY_A], last[ONLY_B]);
  return { score: last[state], ...traced(a, b, trace, state) };
}

/** The first of the best. */
function best(pair: number, onlyA: number, onlyB: number): number {
  if (pair >= onlyA && pair >= onlyB) return PAIR;
  return onlyA >= onlyB ? ONLY_A : ONLY_B;
}

/**
 * Fills the three states of a cell.
 * @param baseA
 * @param baseB '' if the cell has no base before it
 * @returns the trace of the cell
 */
function fillCell(
  row: Float64Array,
  above: Float64Array,
  j: number,
  baseA: string,
  baseB: string,
  { match, mismatch, open, extend }: AlignmentScores,
): number {
  const here = STATES * j;
  if (baseA === '' && baseB === '') {
    row[here + PAIR] = 0;
    return 0;
  }
  const left = here - STATES;
  let trace = 0;
  const enter = (state: number, from: Float64Array, at: number, pair: number, onlyA: number, onlyB: number): void => {
    const before = best(from[at + PAIR] + pair, from[at + ONLY_A] + onlyA, from[at + ONLY_B] + onlyB);
    row[here + state] = from[at + before] + [pair, onlyA, onlyB][before];
    trace |= before << (BITS * state);
  };
  row.fill(-Infinity, here, here + STATES);
  const paired = baseA === baseB ? match : mismatch;
  if (baseA !== '' && baseB !== '') enter(PAIR, above, left, paired, paired, paired);
  if (baseA !== '') enter(ONLY_A, above, here, open, extend, open);
  if (baseB !== '') enter(ONLY_B, row, left, open, open, extend);
  return trace;
}

function traced(a: string, b: string, trace: Uint8Array, last: number): Pick<GappedAlignment, 'a' | 'b'> {
  const columns: (readonly [string, string])[] = [];
  let [i, j, state] = [a.length, b.length, last];
  while (i > 0 || j > 0) {
    const before = (trace[i * (b.length + 1) + j] >> (BITS * state)) & 3;
    columns.push([state === ONLY_B ? '-' : a[--i], state === ONLY_A ? '-' : b[--j]]);
    state = before;
  }
  columns.reverse();
  return { a: columns.map(([one]) => one).join(''), b: columns.map(([, one]) => one).join('') };
}

/** The differences between the two rows of an alignment. */
export interface AlignmentCounts {
  readonly columns: number;
  readonly matches: number;
  readonly substitutions: number;
  /** Bases of `a` beside gaps of `b`, and the reverse. */
  readonly insertions: number;
  readonly deletions: number;
  /** Number of gaps of any length. */
  readonly gaps: number;
}

export function countColumns({ a, b }: Pick<GappedAlignment, 'a' | 'b'>): AlignmentCounts {
  let [matches, insertions, deletions] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    if (a[i] === b[i]) matches++;
    else if (b[i] === '-') insertions++;
    else if (a[i] === '-') deletions++;
  }
  const gaps = [a, b].reduce((sum, row) => sum + (row.match(/-+/g)?.length ?? 0), 0);
  return {
    columns: a.length,
    matches,
    substitutions: a.length - matches - insertions - deletions,
    insertions,
    deletions,
    gaps,
  };
}
