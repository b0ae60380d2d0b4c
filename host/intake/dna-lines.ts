/** @file DNA with one sequence per line, of which a numbered line may continue the one before (as in ORIGIN lines). */
import { continues, type DnaLine, lettersOf, splitDnaLine } from '../../engine/dna/pasted.ts';
import type { IntakeRecord } from './types.ts';

export class DnaLines {
  #open: { readonly text: string; readonly name: string; readonly place: number } | null = null;

  push(line: string, place: number): IntakeRecord | null {
    const next = splitDnaLine(line);
    if (this.#open !== null && continues(next, lettersOf(this.#open.text).length)) {
      this.#open = { ...this.#open, text: `${this.#open.text} ${next.text}` };
      return null;
    }
    const ended = this.end();
    this.#open = opened(next, place);
    return ended;
  }

  end(): IntakeRecord | null {
    const ended = this.#open;
    this.#open = null;
    return ended;
  }
}

const opened = ({ text, name }: DnaLine, place: number) => ({ text: text ?? '', name, place });
