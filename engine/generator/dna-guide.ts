/**
 * @file A guide for DNA as k-mers: sequences of given lengths with fixed ends and a pattern of IUPAC codes. It also
 * enforces the only spelling of each sequence: a token of fewer than k bases must be the last.
 *
 * Each possible length has a template with one code per position. A sequence starts with all lengths open, and each
 * token closes the lengths whose template it breaks. A token is allowed if at least one open length allows it. The
 * generator itself therefore chooses the length.
 */
import { iupacMasks } from '../dna/iupac.ts';
import type { Guide, MakeGuide } from './guide.ts';
import { kmerSize } from './kmer-tokens.ts';

/** What a DNA sequence must look like. Lengths are those of the whole sequence. */
export interface DnaTemplate {
  readonly minLength: number;
  /** At least the length of prefix, mask and suffix together. */
  readonly maxLength: number;
  /** Bases at the start of each sequence. */
  readonly prefix: string;
  /** Bases at the end of each sequence. */
  readonly suffix: string;
  /** IUPAC codes of the positions after the prefix. Positions beyond it are free. */
  readonly mask: string;
}

/** @param vocabulary from `kmerVocabulary` */
export function dnaGuide(template: DnaTemplate, vocabulary: readonly string[]): MakeGuide {
  const words = new TemplateWords(template, vocabulary);
  const lengths = Array.from({ length: template.maxLength - template.minLength + 1 }, (_, i) => template.minLength + i);
  return () => new DnaGuide(words, lengths);
}

/** Which words of the vocabulary fit where. All sequences of a template share it. */
class TemplateWords {
  readonly vocabulary: readonly string[];
  readonly #k: number;
  readonly #template: DnaTemplate;
  /** By the codes that the word must match. */
  readonly #fitting = new Map<string, Uint8Array>();

  constructor(template: DnaTemplate, vocabulary: readonly string[]) {
    this.vocabulary = vocabulary;
    this.#k = kmerSize(vocabulary);
    this.#template = template;
  }

  /**
   * Codes of the next word of a sequence that will have this length: k codes, fewer before the end, none at the end.
   */
  codes(at: number, length: number): string {
    const { prefix, mask, suffix } = this.#template;
    let codes = '';
    for (let i = at; i < Math.min(at + this.#k, length); i++) {
      if (i < prefix.length) codes += prefix[i];
      else if (i >= length - suffix.length) codes += suffix[i - length + suffix.length];
      else codes += mask[i - prefix.length] ?? 'N';
    }
    return codes;
  }

  /** 1 for each word of the codes' length that matches them. Without codes: the boundary. */
  fitting(codes: string): Uint8Array {
    const known = this.#fitting.get(codes);
    if (known !== undefined) return known;
    const bits = iupacMasks(codes);
    const fits = (word: string) =>
      word.length === codes.length && iupacMasks(word).every((base, i) => (base & bits[i]) !== 0);
    const fitting = Uint8Array.from(this.vocabulary, (word, id) => Number(id === 0 ? codes === '' : fits(word)));
    this.#fitting.set(codes, fitting);
    return fitting;
  }
}

class DnaGuide implements Guide {
  readonly #words: TemplateWords;
  readonly #union: Uint8Array;
  #open: readonly number[];
  #at = 0;

  constructor(words: TemplateWords, lengths: readonly number[]) {
    this.#words = words;
    this.#union = new Uint8Array(words.vocabulary.length);
    this.#open = lengths;
  }

  allowed(): Uint8Array {
    const choices = new Set(this.#open.map((length) => this.#words.codes(this.#at, length)));
    if (choices.size === 1) return this.#words.fitting([...choices][0]);
    this.#union.fill(0);
    for (const codes of choices) this.#words.fitting(codes).forEach((fits, id) => (this.#union[id] |= fits));
    return this.#union;
  }

  push(token: number): void {
    this.#open = this.#open.filter((length) => this.#words.fitting(this.#words.codes(this.#at, length))[token] === 1);
    if (token !== 0) this.#at += this.#words.vocabulary[token].length;
  }
}
