/**
 * @file Finds similar rows of bits among centres without comparing with most of them. Two rows of Tanimoto similarity t
 * share at least t times the larger row's bits. They therefore have one of the rarest bits of each in common, and only
 * those are looked up (prefix filtering: Bayardo, Ma and Srikant, WWW 2007).
 */
import { dimensionsOf, eachBit, type Fingerprints, similarityOf } from './fingerprints.ts';

export class RareBits {
  readonly #fingerprints: Fingerprints;
  readonly #atLeast: (a: number, b: number, least: number) => boolean;
  readonly #least: number;
  /** By bit, how many of the rows have it. */
  readonly #frequency: Uint32Array;
  /** By bit, the centres for which it is among the rarest bits, ascending. */
  readonly #having = new Map<number, number[]>();
  readonly #centres: number[] = [];
  /** By centre, the last query that examined it. */
  readonly #asked: number[] = [];
  #question = 0;

  /** @param numbers rows that will be queried or added */
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

  /** The rarest bits; just enough of them that the remaining bits alone could not reach the minimum similarity. */
  #rarest(number: number): number[] {
    const bits: number[] = [];
    eachBit(this.#fingerprints, number, (bit) => bits.push(bit));
    bits.sort((a, b) => this.#frequency[a] - this.#frequency[b] || a - b);
    // Subtracts a tiny amount, since rounding may have put the product above an integer.
    return bits.slice(0, bits.length - Math.ceil(this.#least * bits.length - 1e-9) + 1);
  }
}
