/**
 * @file How the generator's own sequences score on a goal that is being written, asked anew as its parameters change.
 */
import type { ContractError, Params, Preview } from '../../../../contract/api.ts';
import { asContractError, type Client } from '../../../link/client.ts';

export type PreviewQuestion = Params<'design.preview'>;

/** Long enough for typing to end. */
const debounceMs = 400;

export class GoalPreview {
  #client: Client;
  #value: Preview | undefined = $state.raw();
  #error: ContractError | undefined = $state.raw();
  #loading = $state(false);
  #asked = '';

  constructor(client: Client) {
    this.#client = client;
  }

  /** Of the last question that was answered; undefined before, and where it could not be. */
  get value(): Preview | undefined {
    return this.#value;
  }

  get error(): ContractError | undefined {
    return this.#error;
  }

  get loading(): boolean {
    return this.#loading;
  }

  /**
   * @param question null while it cannot be asked
   * @returns a function that calls it off
   */
  askSoon(question: PreviewQuestion | null): (() => void) | undefined {
    const place = JSON.stringify(question);
    if (place === this.#asked) return undefined;
    if (question === null) return this.#settle(place, undefined, undefined);
    this.#loading = true;
    // The first question of a card has nothing to wait for.
    const timer = setTimeout(() => void this.ask(question), this.#asked === '' ? 0 : debounceMs);
    return () => clearTimeout(timer);
  }

  async ask(question: PreviewQuestion): Promise<void> {
    const place = JSON.stringify(question);
    this.#asked = place;
    this.#loading = true;
    try {
      const value = await this.#client.invoke('design.preview', question);
      if (this.#asked === place) this.#settle(place, value, undefined);
    } catch (error) {
      // Not settled as asked: once a lost host answers, the same is asked again.
      if (this.#asked === place) this.#settle('', undefined, asContractError(error));
    }
  }

  #settle(place: string, value: Preview | undefined, error: ContractError | undefined): undefined {
    this.#asked = place;
    this.#value = value;
    this.#error = error;
    this.#loading = false;
  }
}
