/**
 * @file A structure that is typed and drawn at the same time: typed text appears on the board, and a drawing appears as
 * text.
 */
import type { ContractError, Drawable, Result } from '../../../contract/api.ts';
import { capital, plural } from '../../lib/format.ts';
import { asContractError, type Client } from '../../link/client.ts';
import type { Board } from './board.ts';
import { moleculesOf } from './structure-file.ts';

/** Long enough for a pause in typing. */
const debounceMs = 300;
const unlike = 'This pattern has alternatives that one drawing can’t show. It works as text; drawing replaces it.';

export class Drawing {
  readonly as: Drawable;
  #client: Client;
  #board: Board | undefined;
  /** On the board, or to be shown once the board is ready. */
  #molfile: string | null = null;
  #text = $state('');
  #problem: string | undefined = $state();
  #note: string | undefined = $state();
  #reading = $state(false);
  #turn = 0;
  /** Repeats the request that failed because the connection to the host was lost; undefined if there is none. */
  #again: (() => Promise<void>) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Client, as: Drawable) {
    this.#client = client;
    this.as = as;
  }

  get text(): string {
    return this.#text;
  }

  /** Why the text or the drawing is not a valid structure. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** A remark about a valid structure. */
  get note(): string | undefined {
    return this.#note;
  }

  /** Whether the text can be used as it is. */
  get ready(): boolean {
    return this.#text.trim() !== '' && !this.#reading && this.#problem === undefined;
  }

  /** Called when the board is ready, and with undefined when it is removed. */
  on(board: Board | undefined): void {
    this.#board = board;
    board?.show(this.#molfile);
  }

  /** Takes typed or pasted text, which is read after a pause in typing. */
  type(text: string): void {
    this.#begin(text);
    this.#timer = setTimeout(() => void this.read(text), debounceMs);
  }

  /** Reads a text immediately and shows it. */
  async read(text: string, note?: string): Promise<void> {
    this.#begin(text);
    if (text.trim() === '') return this.#show(null, undefined);
    await this.#ask(text, (read) => this.#show(read.molfile, read.molfile === null ? unlike : note));
  }

  /** Takes what the user drew; null for an empty board. */
  async draw(molfile: string | null): Promise<void> {
    this.#begin(molfile === null ? '' : this.#text);
    this.#molfile = molfile;
    if (molfile === null) this.#reading = false;
    else await this.#ask(molfile, () => undefined);
  }

  /** Called when the host responds again; repeats the failed request. */
  async resume(): Promise<void> {
    await this.#again?.();
  }

  async open(file: File): Promise<void> {
    this.#begin(this.#text);
    const turn = this.#turn;
    try {
      const found = await moleculesOf(file, file.name, 1, this.#client);
      if (turn === this.#turn) await this.#take(found, file.name);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#fail(asContractError(error), () => this.open(file));
      this.#reading = false;
    }
  }

  async #take({ molecules: [first], count }: Result<'molecule.file'>, file: string): Promise<void> {
    if (first === undefined || first.problem !== null) {
      this.#problem =
        first === undefined
          ? `${file} contains no structure.`
          : `${capital(first.place)} of ${file} is ${first.problem}.`;
      this.#reading = false;
    } else
      await this.read(first.text, count === 1 ? undefined : `The first of ${plural(count, 'structure')} in ${file}.`);
  }

  #begin(text: string): void {
    clearTimeout(this.#timer);
    this.#turn++;
    this.#again = undefined;
    [this.#text, this.#problem, this.#note, this.#reading] = [text, undefined, undefined, true];
  }

  async #ask(text: string, then: (read: { molfile: string | null }) => void): Promise<void> {
    const turn = this.#turn;
    try {
      const read = await this.#client.invoke('molecule.read', { text, as: this.as });
      if (turn !== this.#turn) return;
      this.#text = read.text;
      then(read);
    } catch (error) {
      if (turn === this.#turn) this.#fail(asContractError(error), () => this.#ask(text, then));
    }
    if (turn === this.#turn) this.#reading = false;
  }

  #fail({ code, message }: ContractError, again: () => Promise<void>): void {
    const isLost = code === 'host-lost';
    this.#problem = isLost
      ? 'The engine isn’t responding. The text will be read when it does. Nothing is lost.'
      : message;
    if (!isLost) return;
    this.#again = async () => {
      [this.#problem, this.#reading, this.#again] = [undefined, true, undefined];
      await again();
    };
  }

  #show(molfile: string | null, note: string | undefined): void {
    this.#molfile = molfile;
    this.#board?.show(molfile);
    [this.#note, this.#reading] = [note, false];
  }
}
