/**
 * @file Packs whole token sequences into rows of fixed length, so that a batch of molecules of different lengths costs
 * as much as its tokens, and graphs have few shapes. A sequence of n tokens (start ... end) gives n - 1 predictions.
 */

/** Rows of packed sequences; every array is [rows * length], row-major. */
export interface PackedRows {
  readonly rows: number;
  readonly length: number;
  readonly tokens: Int32Array;
  /** The token that follows; 0 for padding. */
  readonly targets: Int32Array;
  readonly positions: Int32Array;
  /** Distinct number for each sequence of a row; 0 for padding. */
  readonly segments: Int32Array;
  /** Index of the sequence of a token; -1 for padding. */
  readonly owners: Int32Array;
  /** 1 if a prediction counts, 0 for padding. */
  readonly mask: Float32Array;
}

/**
 * Puts sequences into rows, longest first, each into the fullest row with enough room.
 * @param sequences tokens with start and end; each at most `length` + 1 long
 * @param length tokens per row
 * @param rows pads with empty rows to a multiple of this number
 * @throws RangeError, which names a sequence that is longer than a row
 */
export function packSequences(sequences: readonly Int32Array[], length: number, rows = 1): PackedRows {
  const layout = placeSequences(sequences, length);
  const count = Math.max(rows, Math.ceil(layout.length / rows) * rows);
  const packed = emptyRows(count, length);
  layout.forEach((members, row) => fillRow(packed, row, members, sequences));
  return packed;
}

/** Fills rows with a given layout: one list of sequences per row, with owners numbered in order. */
export function packRows(layout: readonly (readonly Int32Array[])[], length: number): PackedRows {
  const packed = emptyRows(layout.length, length);
  const sequences = layout.flat();
  let owner = 0;
  layout.forEach((members, row) =>
    fillRow(
      packed,
      row,
      members.map(() => owner++),
      sequences,
    ),
  );
  return packed;
}

function placeSequences(sequences: readonly Int32Array[], length: number): number[][] {
  const order = sequences.map((_, i) => i).sort((a, b) => sequences[b].length - sequences[a].length || a - b);
  const rows: { members: number[]; free: number }[] = [];
  for (const i of order) {
    const need = sequences[i].length - 1;
    if (need > length) throw new RangeError(`Sequence ${i} has ${need + 1} tokens; a row holds ${length + 1}.`);
    const row = fullestRowWith(rows, need) ?? newRow(rows, length);
    row.members.push(i);
    row.free -= need;
  }
  return rows.map((row) => row.members);
}

function fullestRowWith(rows: { members: number[]; free: number }[], need: number) {
  let best: (typeof rows)[number] | undefined;
  for (const row of rows) if (row.free >= need && (best === undefined || row.free < best.free)) best = row;
  return best;
}

function newRow(rows: { members: number[]; free: number }[], free: number) {
  const row = { members: [], free };
  rows.push(row);
  return row;
}

function emptyRows(rows: number, length: number): PackedRows {
  const n = rows * length;
  return {
    rows,
    length,
    tokens: new Int32Array(n),
    targets: new Int32Array(n),
    positions: new Int32Array(n),
    segments: new Int32Array(n),
    owners: new Int32Array(n).fill(-1),
    mask: new Float32Array(n),
  };
}

function fillRow(packed: PackedRows, row: number, members: readonly number[], sequences: readonly Int32Array[]): void {
  let at = row * packed.length;
  members.forEach((owner, segment) => {
    const sequence = sequences[owner];
    for (let p = 0; p < sequence.length - 1; p++, at++) {
      packed.tokens[at] = sequence[p];
      packed.targets[at] = sequence[p + 1];
      packed.positions[at] = p;
      packed.segments[at] = segment + 1;
      packed.owners[at] = owner;
      packed.mask[at] = 1;
    }
  });
}
