/** @file Reads the little-endian tables that are shipped under models/. */
export class PackedReader {
  readonly #bytes: Uint8Array;
  readonly #what: string;
  #at = 0;

  /**
   * @param what names the table in errors, e.g. "The forest of gsk3b"
   * @param magic four letters at the start of the table
   * @throws Error if they differ
   */
  constructor(bytes: Uint8Array, magic: string, what: string) {
    this.#bytes = bytes;
    this.#what = what;
    if (String.fromCharCode(...this.#take(magic.length)) !== magic)
      throw new Error(`${what} is not in the expected format`);
  }

  uint32(): number {
    return this.uint32s(1)[0];
  }

  float64(): number {
    return this.float64s(1)[0];
  }

  uint8s(count: number): Uint8Array {
    return this.#take(count);
  }

  uint16s(count: number): Uint16Array {
    return new Uint16Array(this.#take(2 * count).buffer);
  }

  uint32s(count: number): Uint32Array {
    return new Uint32Array(this.#take(4 * count).buffer);
  }

  float64s(count: number): Float64Array {
    return new Float64Array(this.#take(8 * count).buffer);
  }

  /** A copy, so that typed arrays can start at its beginning. */
  #take(length: number): Uint8Array<ArrayBuffer> {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new Error(`${this.#what} is truncated`);
    const part = new Uint8Array(this.#bytes.subarray(this.#at, end));
    this.#at = end;
    return part;
  }
}
