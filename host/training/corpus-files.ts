/**
 * @file Files from which a generator learns: molecules that are none are left out and named, and a file of which more
 * than a fifth is invalid is taken for the wrong file.
 */
import type { Modality } from '../../engine/base/modality.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { dnaLetters } from '../../engine/dna/pasted.ts';
import type { StructureProblem } from '../../engine/learn/user-predictor/structures.ts';
import { InputError } from '../base/errors.ts';
import { openFile, readingRdkit } from '../intake/lines.ts';
import { problemText } from '../intake/report.ts';
import type { IntakeRecord } from '../intake/types.ts';

/** Share of invalid molecules above which a file is refused. */
const MOST_INVALID = 0.2;
const SHORTEST_NOTE = 60;

export interface CorpusFilesOptions {
  readonly modality: Modality;
  readonly structure?: string;
  readonly sheet?: string;
}

interface FileNotes {
  /** What was assumed, and what was left out. */
  readonly notes: readonly string[];
  /** Places of the records that are left out. */
  readonly invalid: ReadonlySet<number>;
}

/** Reads the files more than once; what is valid is found out the first time. */
export class CorpusFiles {
  readonly #files: readonly string[];
  readonly #options: CorpusFilesOptions;
  readonly #known = new Map<string, FileNotes>();

  constructor(files: readonly string[], options: CorpusFilesOptions) {
    this.#files = files;
    this.#options = options;
  }

  /** What the user is told, complete after the first reading. */
  get notes(): readonly string[] {
    return [...this.#known.values()].flatMap(({ notes }) => notes);
  }

  /** SMILES, or DNA as letters. @throws InputError for a file that cannot be read or is the wrong one */
  async *texts(): AsyncGenerator<string> {
    for (const file of this.#files) {
      const known = this.#known.get(file);
      yield* known === undefined ? this.#checked(file) : this.#again(file, known);
    }
  }

  async *#again(file: string, { invalid }: FileNotes): AsyncGenerator<string> {
    const { records } = await openFile(file, this.#options);
    for await (const record of records) if (isFilled(record) && !invalid.has(record.place)) yield this.#textOf(record);
  }

  async *#checked(file: string): AsyncGenerator<string> {
    const input = await openFile(file, this.#options);
    const rdkit = this.#options.modality === 'molecule' ? await readingRdkit() : null;
    const problems: StructureProblem[] = [];
    const invalid = new Set<number>();
    let count = 0;
    for await (const record of input.records) {
      if (!isFilled(record)) continue;
      count++;
      const reason = rdkit === null ? null : reasonOf(record, rdkit);
      if (reason === null) yield this.#textOf(record);
      else if (invalid.add(record.place).size <= SHORTEST_NOTE)
        problems.push({ line: record.place, text: record.text.slice(0, 40), reason });
    }
    const left = invalid.size === 0 ? [] : [leftOut(file, invalid.size, count, problems, input.place)];
    if (invalid.size > MOST_INVALID * count)
      throw new InputError(
        `${left.join('')} At most ${100 * MOST_INVALID}% may be invalid. Is it the right file, and the right column (--structure)?`,
      );
    this.#known.set(file, { notes: [...input.notes(), ...left], invalid });
  }

  #textOf({ text }: IntakeRecord): string {
    return this.#options.modality === 'dna' ? dnaLetters(text) : text;
  }
}

const isFilled = ({ text, problem }: IntakeRecord): boolean => text !== '' || problem !== undefined;

function reasonOf({ text, problem }: IntakeRecord, rdkit: Rdkit): string | null {
  if (problem !== undefined) return problem;
  return rdkit.withMolecule<string | null>(
    text,
    () => null,
    () => rdkit.explain(text),
  );
}

function leftOut(
  file: string,
  invalid: number,
  count: number,
  problems: readonly StructureProblem[],
  place: string,
): string {
  return `${file}: ${invalid} of ${count} are not molecules and are left out: ${problemText(problems, place)}.`;
}
