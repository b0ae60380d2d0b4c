/**
 * @file Training text as tokens: read line by line twice (once to count tokens, once to encode), stored as one or two
 * bytes per token, drawn in a seeded order.
 */
import { kmerVocabulary } from '../generator/kmer-tokens.ts';
import { hashPath, permutation, Purpose, randomStream } from '../generator/random.ts';
import { buildVocabulary, splitSmiles } from '../generator/smiles.ts';
import { tokenizerFor } from '../generator/tokenizer.ts';
import { UnknownTokenError } from '../generator/tokens.ts';
import { type DnaReading, spellings } from './strands.ts';

/** Opens the text again; one sequence per line. */
export type OpenLines = () => AsyncIterable<string>;

export interface Corpus {
  readonly vocabulary: readonly string[];
  /** Tokens of all sequences without boundaries, one after another. */
  readonly tokens: Uint8Array | Uint16Array;
  /** Start of each sequence in `tokens`, and the end of the last. */
  readonly offsets: Uint32Array;
  /**
   * First sequence of each kept line, and the number of sequences: a line of DNA may be present in several spellings.
   */
  readonly lines: Uint32Array;
  readonly report: CorpusReport;
}

/** What was read and what was left out, for the user and the model card. */
export interface CorpusReport {
  readonly lines: number;
  /** Lines with at least one spelling that is learnt. */
  readonly kept: number;
  readonly duplicates: number;
  readonly tooLong: number;
  readonly unknownToken: number;
  /** Describes the first sequence that was left out for an unknown token. */
  readonly firstUnknown: string | null;
}

/** What the lines are. */
export type CorpusLanguage =
  /**
   * SMILES. Tokens seen less often than `leastCount` get no entry in the vocabulary, unless they are in `base`, which
   * comes first.
   */
  | { readonly modality: 'molecule'; readonly leastCount: number; readonly base?: readonly string[] }
  /** DNA as k-mers. */
  | ({ readonly modality: 'dna'; readonly k: number } & DnaReading);

export interface CorpusOptions {
  /** Longest sequence in tokens, including boundaries. */
  readonly context: number;
  readonly language: CorpusLanguage;
}

/** @throws Error if fewer than two different lines can be learnt from */
export async function readCorpus(open: OpenLines, options: CorpusOptions): Promise<Corpus> {
  const { language, context } = options;
  const vocabulary =
    language.modality === 'dna'
      ? kmerVocabulary(language.k)
      : await countVocabulary(open, language.leastCount, language.base);
  const builder = new CorpusBuilder(vocabulary, context, language);
  for await (const line of open()) builder.add(line);
  return builder.finish();
}

async function countVocabulary(open: OpenLines, least: number, base: readonly string[] = []): Promise<string[]> {
  const counts = new Map<string, number>();
  for await (const line of open()) {
    for (const token of tokensOrNothing(line)) counts.set(token, (counts.get(token) ?? 0) + 1);
  }
  const known = new Set(base);
  return [...base, ...buildVocabulary(counts, least).filter((token) => !known.has(token))];
}

function tokensOrNothing(line: string): string[] {
  try {
    return splitSmiles(line);
  } catch (error) {
    if (error instanceof UnknownTokenError) return [];
    throw error;
  }
}

class CorpusBuilder {
  readonly #vocabulary: readonly string[];
  readonly #encode: (text: string) => Int32Array;
  readonly #longest: number;
  readonly #spell: (line: string) => readonly string[];
  readonly #seen = new Set<number>();
  readonly #offsets: number[] = [0];
  readonly #starts: number[] = [];
  #tokens: Uint8Array | Uint16Array;
  #end = 0;
  #lines = 0;
  #duplicates = 0;
  #tooLong = 0;
  #unknown = 0;
  #firstUnknown: string | null = null;

  constructor(vocabulary: readonly string[], context: number, language: CorpusLanguage) {
    this.#vocabulary = vocabulary;
    this.#encode = tokenizerFor({ modality: language.modality, vocabulary }).encode;
    this.#spell = language.modality === 'dna' ? (line) => spellings(line, language) : (line) => [line];
    this.#longest = context - 1;
    this.#tokens = vocabulary.length <= 256 ? new Uint8Array(1 << 20) : new Uint16Array(1 << 20);
  }

  add(line: string): void {
    this.#lines++;
    const texts = this.#spell(line);
    if (this.#isDuplicate(texts[0])) return void this.#duplicates++;
    const encoded = this.#encodeOrCount(texts);
    if (encoded === undefined) return;
    const bodies = encoded
      .map((tokens) => tokens.subarray(1, -1))
      .filter(({ length }) => length > 0 && length <= this.#longest);
    if (bodies.length === 0) return void this.#tooLong++;
    this.#starts.push(this.#offsets.length - 1);
    for (const body of bodies) this.#append(body);
  }

  finish(): Corpus {
    const kept = this.#starts.length;
    if (kept < 2)
      throw new Error(
        `${kept === 0 ? `None of the ${this.#lines} lines can be learnt from.` : `Only one of the ${this.#lines} lines can be learnt from; at least two are needed, since one is held out to measure the loss.`}${this.#firstUnknown === null ? '' : ` The first: ${this.#firstUnknown}`}`,
      );
    const report = {
      lines: this.#lines,
      kept,
      duplicates: this.#duplicates,
      tooLong: this.#tooLong,
      unknownToken: this.#unknown,
      firstUnknown: this.#firstUnknown,
    };
    return {
      vocabulary: this.#vocabulary,
      tokens: this.#tokens.slice(0, this.#end),
      offsets: Uint32Array.from(this.#offsets),
      lines: Uint32Array.from([...this.#starts, this.#offsets.length - 1]),
      report,
    };
  }

  /** By a 53-bit hash: ten million lines have one false match in about 200 corpora. */
  #isDuplicate(line: string): boolean {
    const codes = Array.from(line, (character) => character.charCodeAt(0));
    const key = (hashPath(1, ...codes) >>> 0) * 2 ** 21 + (hashPath(2, ...codes) >>> 11);
    if (this.#seen.has(key)) return true;
    this.#seen.add(key);
    return false;
  }

  #encodeOrCount(texts: readonly string[]): Int32Array[] | undefined {
    try {
      return texts.map(this.#encode);
    } catch (error) {
      if (!(error instanceof UnknownTokenError)) throw error;
      this.#unknown++;
      this.#firstUnknown ??= error.message;
      return undefined;
    }
  }

  #append(body: Int32Array): void {
    if (this.#end + body.length > this.#tokens.length) {
      const larger =
        this.#vocabulary.length <= 256
          ? new Uint8Array(this.#tokens.length * 2)
          : new Uint16Array(this.#tokens.length * 2);
      larger.set(this.#tokens);
      this.#tokens = larger;
    }
    this.#tokens.set(body, this.#end);
    this.#end += body.length;
    this.#offsets.push(this.#end);
  }
}

/** Sequence `i` with its boundaries. */
export function corpusSequence(corpus: Corpus, i: number): Int32Array {
  const [from, to] = [corpus.offsets[i], corpus.offsets[i + 1]];
  const sequence = new Int32Array(to - from + 2);
  sequence.set(corpus.tokens.subarray(from, to), 1);
  return sequence;
}

/**
 * Which sequences are held out for measurements; the rest trains. Seeded and disjoint, with all spellings of a line on
 * one side.
 */
export function splitCorpus(
  { lines }: Corpus,
  share: number,
  seed: number,
): { training: number[]; validation: number[] } {
  const order = permutation(lines.length - 1, randomStream(seed, Purpose.shuffle, 0));
  const held = Math.max(1, Math.min(Math.floor(order.length * share), order.length - 1));
  const sequences = (chosen: readonly number[]) =>
    chosen.flatMap((line) => Array.from({ length: lines[line + 1] - lines[line] }, (_, i) => lines[line] + i));
  return { validation: sequences(order.slice(0, held)), training: sequences(order.slice(held)) };
}

/** Position of a reader of the corpus; enough to continue exactly. */
export interface ReaderState {
  readonly epoch: number;
  readonly cursor: number;
  /** Sequences that did not fit into the last batch. */
  readonly carried: readonly number[];
}

/** Draws batches of whole sequences, in a new seeded order each epoch. */
export class CorpusReader {
  readonly #indices: readonly number[];
  readonly #length: (index: number) => number;
  readonly #seed: number;
  #epoch: number;
  #cursor: number;
  #carried: number[];
  #order: number[];

  constructor(
    corpus: Corpus,
    indices: readonly number[],
    seed: number,
    state: ReaderState = { epoch: 0, cursor: 0, carried: [] },
  ) {
    this.#indices = indices;
    this.#length = (i) => corpus.offsets[i + 1] - corpus.offsets[i] + 1;
    this.#seed = seed;
    this.#epoch = state.epoch;
    this.#cursor = state.cursor;
    this.#carried = [...state.carried];
    this.#order = this.#orderOf(state.epoch);
  }

  get state(): ReaderState {
    return { epoch: this.#epoch, cursor: this.#cursor, carried: [...this.#carried] };
  }

  /** Indices of sequences that nearly fill `rows` rows of `length` tokens. */
  next(rows: number, length: number): number[][] {
    const free = new Array<number>(rows).fill(length);
    const members: number[][] = Array.from({ length: rows }, () => []);
    const waiting = this.#carried;
    this.#carried = [];
    while (this.#carried.length < rows) {
      const index = waiting.shift() ?? this.#take();
      const row = tightest(free, this.#length(index));
      if (row < 0) this.#carried.push(index);
      else {
        members[row].push(index);
        free[row] -= this.#length(index);
      }
    }
    this.#carried.push(...waiting);
    return members;
  }

  #take(): number {
    if (this.#cursor === this.#order.length) {
      this.#epoch++;
      this.#cursor = 0;
      this.#order = this.#orderOf(this.#epoch);
    }
    return this.#indices[this.#order[this.#cursor++]];
  }

  #orderOf(epoch: number): number[] {
    return permutation(this.#indices.length, randomStream(this.#seed, Purpose.shuffle, 1, epoch));
  }
}

/** The fullest row that has room; -1 if none has. */
function tightest(free: readonly number[], need: number): number {
  let best = -1;
  for (let row = 0; row < free.length; row++) if (free[row] >= need && (best < 0 || free[row] < free[best])) best = row;
  return best;
}
