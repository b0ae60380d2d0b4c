/** @file Previews how samples of the generator score on the goal being edited, and updates as its parameters change. */
import type { ContractError, Params, Preview } from '../../../../contract/api.ts';
import { asContractError, type Client } from '../../../link/client.ts';

export type PreviewQuestion = Params<'design.preview'>;

/** Long enough for a pause in typing. */
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

  /** The last answer; undefined before the first one, and after a failure. */
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
   * @param question null if the goal is incomplete
   * @returns a function that cancels the request
   */
  askSoon(question: PreviewQuestion | null): (() => void) | undefined {
    const place = JSON.stringify(question);
    if (place === this.#asked) return undefined;
    if (question === null) return this.#settle(place, undefined, undefined);
    this.#loading = true;
    // The first request of a card needs no delay.
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
      // The question is not recorded as answered, so that it is asked again once the host responds.
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
