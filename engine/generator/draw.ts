/**
 * @file Draws a token from logits with one uniform number (inverse cumulative distribution), with temperature and
 * nucleus truncation (Holtzman et al. 2020).
 */
import type { SamplingSettings } from './types.ts';

/** A drawn token and its log-probability under the plain distribution (temperature 1, all tokens). */
export interface Draw {
  token: number;
  logProbability: number;
}

/** Draws repeatedly from distributions over `vocabulary` tokens and reuses its work space. */
export class TokenDrawer {
  readonly #vocabulary: number;
  readonly #settings: SamplingSettings;
  readonly #weights: Float64Array;
  readonly #draw: Draw = { token: 0, logProbability: 0 };

  constructor(vocabulary: number, settings: SamplingSettings) {
    const { temperature, topP } = settings;
    if (!(temperature > 0)) throw new RangeError(`The temperature must be above 0, not ${temperature}.`);
    if (!(topP > 0 && topP <= 1)) throw new RangeError(`top-p must be above 0 and at most 1, not ${topP}.`);
    this.#vocabulary = vocabulary;
    this.#settings = settings;
    this.#weights = new Float64Array(vocabulary);
  }

  /**
   * @param logits [.., V]
   * @param at index of the first of the V logits
   * @param uniform in [0, 1)
   * @param allowed one number per entry, 1 if it may be drawn; temperature and truncation apply to these entries alone
   * @returns an object that the next call overwrites
   * @throws Error if nothing is allowed
   */
  draw(logits: Float32Array, at: number, uniform: number, allowed: Uint8Array | null = null): Draw {
    const { temperature, topP } = this.#settings;
    const top = this.#highest(logits, at);
    const plain = this.#exponentials(logits, at, top, 1);
    const open = temperature === 1 ? plain : this.#exponentials(logits, at, top, temperature);
    const total = allowed === null ? open : this.#restrict(logits, at, allowed);
    const kept = topP === 1 ? total : this.#truncate(total * topP);
    const token = this.#pick(uniform * kept);
    this.#draw.token = token;
    this.#draw.logProbability = logits[at + token] - top - Math.log(plain);
    return this.#draw;
  }

  #highest(logits: Float32Array, at: number): number {
    let top = -Infinity;
    for (let i = 0; i < this.#vocabulary; i++) if (logits[at + i] > top) top = logits[at + i];
    return top;
  }

  #exponentials(logits: Float32Array, at: number, top: number, temperature: number): number {
    let sum = 0;
    for (let i = 0; i < this.#vocabulary; i++) sum += this.#weights[i] = Math.exp((logits[at + i] - top) / temperature);
    return sum;
  }

  /**
   * Weights of the allowed entries, relative to the highest of them, so that one can be drawn however improbable all
   * are.
   */
  #restrict(logits: Float32Array, at: number, allowed: Uint8Array): number {
    let top = -Infinity;
    for (let i = 0; i < this.#vocabulary; i++) if (allowed[i] === 1 && logits[at + i] > top) top = logits[at + i];
    if (top === -Infinity) throw new Error('The guide allows no token.');
    let sum = 0;
    for (let i = 0; i < this.#vocabulary; i++)
      sum += this.#weights[i] = allowed[i] === 1 ? Math.exp((logits[at + i] - top) / this.#settings.temperature) : 0;
    return sum;
  }

  /** Zeroes all but the most probable tokens that together reach `mass`. Returns the remaining mass. */
  #truncate(mass: number): number {
    const order = Array.from(this.#weights.keys()).sort((a, b) => this.#weights[b] - this.#weights[a] || a - b);
    let kept = 0;
    for (const token of order) {
      if (kept >= mass) this.#weights[token] = 0;
      else kept += this.#weights[token];
    }
    return kept;
  }

  #pick(threshold: number): number {
    let rest = threshold;
    let last = 0;
    for (let i = 0; i < this.#vocabulary; i++) {
      if (this.#weights[i] === 0) continue;
      last = i;
      rest -= this.#weights[i];
      if (rest < 0) return i;
    }
    return last;
  }
}
