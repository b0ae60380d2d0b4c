/** @file Figures of a model card beside repeated measurements. */
import { readFileSync } from 'node:fs';
import type { ReliabilityCurve } from './reliability.ts';

export interface Figure {
  readonly name: string;
  /** The value in the card. */
  readonly stated: number;
  readonly measured: number;
  /** The allowed difference: two standard errors for a random figure, otherwise half a unit of the last digit. */
  readonly noise: number;
}

interface Measured {
  readonly figures: readonly Figure[];
  /** For a predictor with error bars. */
  readonly reliability?: readonly ReliabilityCurve[];
  /** Further pictures of the card: SVG by path under models/. */
  readonly pictures?: Readonly<Record<string, string>>;
}

/** The figures of a model, computed from data outside the program. */
export interface Check {
  /** The name in `amalgam models`. */
  readonly model: string;
  /** @param data folder of the data sets that docs/results.md lists */
  figures(data: string): Promise<Measured>;
}

/** Numbers as a card writes them. */
export class Card {
  readonly #file: string;
  readonly #text: string;

  constructor(file: string) {
    this.#file = file;
    this.#text = readFileSync(file, 'utf8');
  }

  /**
   * The numbers in a row of a table, without thousands separators and percent signs. @throws Error if there is no such
   * row
   */
  row(label: string): number[] {
    const line = this.#text.split('\n').find((one) => one.startsWith(`| ${label} |`));
    if (line === undefined) throw new Error(`${this.#file} has no row "${label}"`);
    return line
      .slice(label.length + 3)
      .match(/-?\d[\d,]*(\.\d+)?/g)!
      .map(numberOf);
  }

  /** The match of a pattern's first group. @throws Error if there is none */
  number(pattern: RegExp): number {
    const found = pattern.exec(this.#text)?.[1];
    if (found === undefined) throw new Error(`${this.#file} has nothing like ${pattern}`);
    return numberOf(found);
  }
}

/** Two standard errors of a share among n draws. */
export const twoErrors = (share: number, n: number): number => 2 * Math.sqrt((share * (1 - share)) / n);

const numberOf = (text: string): number => Number(text.replaceAll(',', ''));
