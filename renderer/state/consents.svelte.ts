/** @file Asks for consent to run external scorers, whenever the host refuses to run them without it. */
import {
  consentNeeded,
  ContractError,
  type Method,
  type Params,
  type ProgramInfo,
  type Result,
} from '../../contract/api.ts';
import type { Client } from '../link/client.ts';

interface Question {
  readonly programs: readonly ProgramInfo[];
  readonly answer: (allowed: boolean) => void;
}

export class ConsentDesk {
  #questions: readonly Question[] = $state.raw([]);
  #programs: readonly ProgramInfo[] = $derived(this.#questions[0]?.programs ?? []);

  /** The external scorers of the open question; empty if there is none. */
  get programs(): readonly ProgramInfo[] {
    return this.#programs;
  }

  /** Questions are asked one after another. */
  ask(programs: readonly ProgramInfo[]): Promise<boolean> {
    return new Promise((answer) => (this.#questions = [...this.#questions, { programs, answer }]));
  }

  answer(allowed: boolean): void {
    const [question, ...rest] = this.#questions;
    this.#questions = rest;
    question?.answer(allowed);
  }
}

/** Wraps a client: if a call lacks consent, it asks for it and repeats the call once it is given. */
export function askingConsent(client: Client, desk: ConsentDesk): Client {
  return {
    subscribe: client.subscribe,
    async invoke<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
      try {
        return await client.invoke(method, params);
      } catch (error) {
        const programs = programsIn(error);
        if (programs === null) throw error;
        if (!(await desk.ask(programs)))
          throw new ContractError('consent-needed', 'The external scorer was not allowed, so nothing was started.');
        for (const { key } of programs) await client.invoke('consent.allow', { key });
        return client.invoke(method, params);
      }
    },
  };
}

function programsIn(error: unknown): readonly ProgramInfo[] | null {
  return error instanceof ContractError && error.code === 'consent-needed'
    ? (consentNeeded.safeParse(error.details).data?.programs ?? null)
    : null;
}
