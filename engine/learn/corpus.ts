/**
 * Training text as tokens: read line by line twice (once to count tokens, once
 * to encode), kept as one byte or two a token, drawn in a seeded order.
 */
import { hashPath, permutation, Purpose, randomStream } from '../generator/random.ts';
import { buildVocabulary, smilesTokenizer, splitSmiles, UnknownTokenError } from '../generator/smiles.ts';

/** Opens the text anew; one sequence a line. */
export type OpenLines = () => AsyncIterable<string>;

export interface Corpus {
  readonly vocabulary: readonly string[];
  /** Tokens of all sequences without boundaries, one after another. */
  readonly tokens: Uint8Array | Uint16Array;
  /** Start of each sequence in `tokens`, and the end of the last. */
  readonly offsets: Uint32Array;
  readonly report: CorpusReport;
}

/** What was read and what was left out, for the user and the model card. */
export interface CorpusReport {
  readonly lines: number;
  readonly kept: number;
  readonly duplicates: number;
  readonly tooLong: number;
  readonly unknownToken: number;
  /** The first sequence left out for an unknown token, in words. */
  readonly firstUnknown: string | null;
}

export interface CorpusOptions {
  /** Longest sequence in tokens, boundaries included. */
  readonly context: number;
  /** Tokens seen less often get no entry in the vocabulary. */
  readonly leastCount: number;
  /** Use this vocabulary instead of counting one. */
  readonly vocabulary?: readonly string[];
}

/** @throws Error where nothing can be learnt from the text */
export async function readCorpus(open: OpenLines, options: CorpusOptions): Promise<Corpus> {
  const vocabulary = options.vocabulary ?? (await countVocabulary(open, options.leastCount));
  const builder = new CorpusBuilder(vocabulary, options.context);
  for await (const line of open()) builder.add(line);
  return builder.finish();
}

async function countVocabulary(open: OpenLines, least: number): Promise<string[]> {
  const counts = new Map<string, number>();
  for await (const line of open()) {
    for (const token of tokensOrNothing(line)) counts.set(token, (counts.get(token) ?? 0) + 1);
  }
  return buildVocabulary(counts, least);
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
  readonly #seen = new Set<number>();
  readonly #offsets: number[] = [0];
  #tokens: Uint8Array | Uint16Array;
  #end = 0;
  #lines = 0;
  #duplicates = 0;
  #tooLong = 0;
  #unknown = 0;
  #firstUnknown: string | null = null;

  constructor(vocabulary: readonly string[], context: number) {
    this.#vocabulary = vocabulary;
    this.#encode = smilesTokenizer(vocabulary).encode;
    this.#longest = context - 1;
    this.#tokens = vocabulary.length <= 256 ? new Uint8Array(1 << 20) : new Uint16Array(1 << 20);
  }

  add(line: string): void {
    this.#lines++;
    if (this.#isDuplicate(line)) return void this.#duplicates++;
    const encoded = this.#encodeOrCount(line);
    if (encoded === undefined) return;
    const body = encoded.subarray(1, -1);
    if (body.length === 0 || body.length > this.#longest) return void this.#tooLong++;
    this.#append(body);
  }

  finish(): Corpus {
    const kept = this.#offsets.length - 1;
    if (kept === 0) throw new Error(`None of the ${this.#lines} lines can be learnt from.${this.#firstUnknown === null ? '' : ` The first: ${this.#firstUnknown}`}`);
    const report = { lines: this.#lines, kept, duplicates: this.#duplicates, tooLong: this.#tooLong, unknownToken: this.#unknown, firstUnknown: this.#firstUnknown };
    return { vocabulary: this.#vocabulary, tokens: this.#tokens.slice(0, this.#end), offsets: Uint32Array.from(this.#offsets), report };
  }

  /** By a 53-bit hash: among ten million lines, one false match in about 200 corpora. */
  #isDuplicate(line: string): boolean {
    const codes = Array.from(line, (character) => character.charCodeAt(0));
    const key = (hashPath(1, ...codes) >>> 0) * 2 ** 21 + (hashPath(2, ...codes) >>> 11);
    if (this.#seen.has(key)) return true;
    this.#seen.add(key);
    return false;
  }

  #encodeOrCount(line: string): Int32Array | undefined {
    try {
      return this.#encode(line);
    } catch (error) {
      if (!(error instanceof UnknownTokenError)) throw error;
      this.#unknown++;
      this.#firstUnknown ??= error.message;
      return undefined;
    }
  }

  #append(body: Int32Array): void {
    if (this.#end + body.length > this.#tokens.length) {
      const larger = this.#vocabulary.length <= 256 ? new Uint8Array(this.#tokens.length * 2) : new Uint16Array(this.#tokens.length * 2);
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

/** Which sequences are kept aside to measure with; the rest trains. Seeded, disjoint. */
export function splitCorpus(corpus: Corpus, share: number, seed: number): { training: number[]; validation: number[] } {
  const order = permutation(corpus.offsets.length - 1, randomStream(seed, Purpose.shuffle, 0));
  const held = Math.max(1, Math.min(Math.floor(order.length * share), order.length - 1));
  return { validation: order.slice(0, held), training: order.slice(held) };
}

/** Where a reader of the corpus stands; enough to go on exactly. */
export interface ReaderState {
  readonly epoch: number;
  readonly cursor: number;
  /** Sequences that found no room in the last batch. */
  readonly carried: readonly number[];
}

/** Draws batches of whole sequences in a new seeded order each epoch. */
export class CorpusReader {
  readonly #indices: readonly number[];
  readonly #length: (index: number) => number;
  readonly #seed: number;
  #epoch: number;
  #cursor: number;
  #carried: number[];
  #order: number[];

  constructor(corpus: Corpus, indices: readonly number[], seed: number, state: ReaderState = { epoch: 0, cursor: 0, carried: [] }) {
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

  /** Indices of sequences that fit into `rows` rows of `length` tokens, nearly full. */
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

/** The fullest row that still has room; -1 where none has. */
function tightest(free: readonly number[], need: number): number {
  let best = -1;
  for (let row = 0; row < free.length; row++) if (free[row] >= need && (best < 0 || free[row] < free[best])) best = row;
  return best;
}
