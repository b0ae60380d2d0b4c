/**
 * @file Finds similar rows of bits among centres without comparing with most of them.
 * Two rows of Tanimoto similarity t share at least t times the larger one's bits, so
 * they agree in one of the rarest bits of each, and only those are looked up (prefix
 * filtering: Bayardo, Ma and Srikant, WWW 2007).
 */
import { dimensionsOf, eachBit, type Fingerprints, similarityOf } from './fingerprints.ts';

export class RareBits {
  readonly #fingerprints: Fingerprints;
  readonly #atLeast: (a: number, b: number, least: number) => boolean;
  readonly #least: number;
  /** By bit, how many of the rows have it. */
  readonly #frequency: Uint32Array;
  /** By bit, the centres that have it among their rarest, ascending. */
  readonly #having = new Map<number, number[]>();
  readonly #centres: number[] = [];
  /** By centre, the question that last looked at it. */
  readonly #asked: number[] = [];
  #question = 0;

  /** @param numbers rows that will be asked for or added */
  constructor(fingerprints: Fingerprints, sizes: Uint32Array, numbers: Int32Array, least: number) {
    this.#fingerprints = fingerprints;
    this.#atLeast = similarityOf(fingerprints, sizes).atLeast;
    this.#least = least;
    this.#frequency = new Uint32Array(dimensionsOf('bits'));
    for (const number of numbers) eachBit(fingerprints, number, (bit) => this.#frequency[bit]++);
  }

  /** Index of the first centre that is similar enough; -1 for none. */
  first(number: number): number {
    this.#question++;
    let best = Infinity;
    for (const bit of this.#rarest(number)) {
      for (const index of this.#having.get(bit) ?? []) {
        if (index >= best) break;
        if (this.#asked[index] === this.#question) continue;
        this.#asked[index] = this.#question;
        if (this.#atLeast(number, this.#centres[index], this.#least)) best = index;
      }
    }
    return best === Infinity ? -1 : best;
  }

  add(number: number): void {
    const index = this.#centres.push(number) - 1;
    this.#asked.push(0);
    for (const bit of this.#rarest(number)) {
      const having = this.#having.get(bit);
      if (having) having.push(index);
      else this.#having.set(bit, [index]);
    }
  }

  /** All but so many that the rest alone would not be similar enough. */
  #rarest(number: number): number[] {
    const bits: number[] = [];
    eachBit(this.#fingerprints, number, (bit) => bits.push(bit));
    bits.sort((a, b) => this.#frequency[a] - this.#frequency[b] || a - b);
    // A hair less than the product, which rounding may have put above a whole number.
    return bits.slice(0, bits.length - Math.ceil(this.#least * bits.length - 1e-9) + 1);
  }
}
