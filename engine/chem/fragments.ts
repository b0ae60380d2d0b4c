/**
 * @file Ertl's tables of fragment contributions, of the SA score and of natural-product-likeness: Morgan radius-2 ids
 * (705,292 and 266,104), each with one of a few thousand scores. The packed form (models/sascore/pack.py) is small:
 * ascending ids are stored as differences, scores as indices by descending frequency, both as LEB128 numbers.
 */

/** Contribution of a fragment that is not in the table (sascorer.py, npscorer.py). */
export const UNLISTED = { sa: -4, np: 0 } as const;

const MAGIC = 0x31534146; // 'FAS1', little-endian

export class FragmentTable {
  readonly #ids: Uint32Array;
  readonly #index: Uint16Array;
  readonly #scores: Float32Array;
  readonly #unlisted: number;

  /**
   * @param bytes the packed table, uncompressed
   * @param unlisted contribution of a fragment that is not in the table
   * @throws Error if the bytes are not a whole table
   */
  constructor(bytes: Uint8Array, unlisted: number) {
    this.#unlisted = unlisted;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.byteLength < 12 || view.getUint32(0, true) !== MAGIC)
      throw new Error('The fragment table is not in the expected format');
    const fragments = view.getUint32(4, true);
    const distinct = view.getUint32(8, true);
    this.#scores = Float32Array.from({ length: distinct }, (_, k) => view.getFloat32(12 + 4 * k, true));
    const reader = new NumberReader(bytes, 12 + 4 * distinct);
    let id = 0;
    this.#ids = Uint32Array.from({ length: fragments }, () => (id += reader.next()));
    this.#index = Uint16Array.from({ length: fragments }, () => reader.next());
  }

  get size(): number {
    return this.#ids.length;
  }

  /** Contribution of the fragment with this unfolded Morgan id. */
  score(id: number): number {
    let low = 0;
    let high = this.#ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#ids[middle] < id) low = middle + 1;
      else high = middle;
    }
    return this.#ids[low] === id ? this.#scores[this.#index[low]] : this.#unlisted;
  }
}

/** Unsigned LEB128: seven bits per byte, the lowest first; the top bit is set in all bytes but the last. */
class NumberReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#at = start;
  }

  next(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      if (this.#at >= this.#bytes.length) throw new Error('The fragment table is truncated');
      const byte = this.#bytes[this.#at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }
}
