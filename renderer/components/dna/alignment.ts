/** @file Lays out two aligned sequences in rows, lists their differences and describes both in words. */
import type { DnaAlignment } from '../../../contract/api.ts';
import { percent, plural } from '../../lib/format.ts';

export type ColumnKind = 'same' | 'substitution' | 'insertion' | 'deletion';

/** Neighbouring columns of one kind, from reference to candidate. */
export interface AlignedStretch {
  readonly kind: ColumnKind;
  readonly reference: string;
  readonly candidate: string;
  /** Number of reference bases before this stretch. */
  readonly referenceStart: number;
  readonly candidateStart: number;
}

/** Symbols between the rows, so that colour is not the only cue. */
export const marks: Readonly<Record<ColumnKind, string>> = {
  same: '|',
  substitution: '×',
  insertion: '+',
  deletion: '−',
};

export type AlignedRows = Pick<DnaAlignment, 'candidate' | 'reference'>;

function kindOf(reference: string, candidate: string): ColumnKind {
  if (reference === candidate) return 'same';
  if (reference === '-') return 'insertion';
  return candidate === '-' ? 'deletion' : 'substitution';
}

/** @param rowLength columns per row; a stretch never crosses a row's end. Default: a single row */
export function stretchesOf({ candidate, reference }: AlignedRows, rowLength = Infinity): AlignedStretch[] {
  const stretches: AlignedStretch[] = [];
  let [referenceAt, candidateAt] = [0, 0];
  for (let i = 0; i < reference.length; i++) {
    const [from, to] = [reference[i], candidate[i]];
    const kind = kindOf(from, to);
    const last = stretches.at(-1);
    if (last?.kind === kind && i % rowLength !== 0)
      stretches[stretches.length - 1] = { ...last, reference: last.reference + from, candidate: last.candidate + to };
    else
      stretches.push({
        kind,
        reference: from,
        candidate: to,
        referenceStart: referenceAt,
        candidateStart: candidateAt,
      });
    if (from !== '-') referenceAt++;
    if (to !== '-') candidateAt++;
  }
  return stretches;
}

/** Stretches, grouped by row. */
export function rowsOf(aligned: AlignedRows, rowLength: number): AlignedStretch[][] {
  const rows: AlignedStretch[][] = [];
  let columns = 0;
  for (const stretch of stretchesOf(aligned, rowLength)) {
    const row = Math.floor(columns / rowLength);
    rows[row] ??= [];
    rows[row].push(stretch);
    columns += stretch.reference.length;
  }
  return rows;
}

/** "A12T", "CCC inserted after 23", "24–25 (TA) deleted". Positions count from 1 along the reference. */
export function differencesOf(aligned: AlignedRows): string[] {
  return stretchesOf(aligned).flatMap(({ kind, reference, candidate, referenceStart }) => {
    if (kind === 'same') return [];
    if (kind === 'substitution')
      return Array.from(reference, (base, i) => `${base}${referenceStart + i + 1}${candidate[i]}`);
    if (kind === 'insertion')
      return [
        referenceStart === 0 ? `${candidate} inserted before 1` : `${candidate} inserted after ${referenceStart}`,
      ];
    return [
      `${reference.length === 1 ? '' : `${referenceStart + 1}–`}${referenceStart + reference.length} (${reference}) deleted`,
    ];
  });
}

/** "86% identical: 36 of 42 columns. 1 substitution; 3 bases inserted and 2 deleted, in 2 gaps." */
export function alignmentWords({ matches, columns, substitutions, insertions, deletions, gaps }: DnaAlignment): string {
  const identity = matches === columns ? 'Identical' : `${percent(matches / columns)} identical`;
  const placed =
    gaps === 0
      ? 'no gap'
      : `${plural(insertions, 'base')} inserted and ${deletions} deleted, in ${plural(gaps, 'gap')}`;
  return `${identity}: ${matches} of ${plural(columns, 'column')}. ${plural(substitutions, 'substitution')}; ${placed}.`;
}

/** Names the aligned reference: "The nearest of 3 references of this design, 200 bases". */
export function referenceWords({ name, of, bases, strand }: DnaAlignment, pasted: boolean): string {
  const which =
    of > 1
      ? `The nearest of ${of} ${pasted ? 'pasted references' : 'references of this design'}`
      : pasted
        ? 'The pasted reference'
        : 'The reference of this design';
  const called = name === '' ? '' : ` (${name})`;
  return `${which}${called}, ${plural(bases, 'base')}${strand === '-' ? ', as its reverse complement: positions count along that' : ''}.`;
}
