/** @file Figures of a model card beside what is measured anew. */
import { readFileSync } from 'node:fs';
import type { ReliabilityCurve } from './reliability.ts';

export interface Figure {
  readonly name: string;
  /** As the card has it. */
  readonly stated: number;
  readonly measured: number;
  /**
   * How far they may differ: two standard errors of what is drawn by chance, half a unit of the last digit of what is
   * not.
   */
  readonly noise: number;
}

interface Measured {
  readonly figures: readonly Figure[];
  /** Of a predictor with error bars. */
  readonly reliability?: readonly ReliabilityCurve[];
  /** Further pictures of the card: SVG by its place under models/. */
  readonly pictures?: Readonly<Record<string, string>>;
}

/** A model's figures, computed from data outside the program. */
export interface Check {
  /** As `amalgam models` names it. */
  readonly model: string;
  /** @param data folder of the data sets, as docs/results.md lists them */
  figures(data: string): Promise<Measured>;
}

/** Numbers as they stand in a card. */
export class Card {
  readonly #file: string;
  readonly #text: string;

  constructor(file: string) {
    this.#file = file;
    this.#text = readFileSync(file, 'utf8');
  }

  /**
   * The numbers of a table's row, without thousands' commas and percent signs.
   * @throws Error where there is no such row
   */
  row(label: string): number[] {
    const line = this.#text.split('\n').find((one) => one.startsWith(`| ${label} |`));
    if (line === undefined) throw new Error(`${this.#file} has no row "${label}"`);
    return line
      .slice(label.length + 3)
      .match(/-?\d[\d,]*(\.\d+)?/g)!
      .map(numberOf);
  }

  /** What the first group of a pattern finds. @throws Error where it finds nothing */
  number(pattern: RegExp): number {
    const found = pattern.exec(this.#text)?.[1];
    if (found === undefined) throw new Error(`${this.#file} has nothing like ${pattern}`);
    return numberOf(found);
  }
}

/** Two standard errors of a share among n draws. */
export const twoErrors = (share: number, n: number): number => 2 * Math.sqrt((share * (1 - share)) / n);

const numberOf = (text: string): number => Number(text.replaceAll(',', ''));
