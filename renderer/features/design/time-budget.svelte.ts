/**
 * @file The time of a design: its expected time on this computer, a trial that measures it, and steps chosen by
 * minutes.
 */
import type { Catalogue, ContractError, Estimate } from '../../../contract/api.ts';
import { asContractError, type Client } from '../../link/client.ts';
import { stepsWithin, wholeMinutes } from './budget.ts';
import type { Draft } from './draft.svelte.ts';

export type PlanBy = 'steps' | 'time' | 'scores';

/** Sequences that a plan by scores starts with. */
const USUAL_SCORES = 2000;

export class TimeBudget {
  #client: Client;
  #catalogue: Catalogue;
  #draft: Draft;
  #planBy: PlanBy = $state('steps');
  /** Requested minutes; NaN if the field is empty. */
  #minutes = $state(NaN);
  #measuring = $state(false);
  #error: ContractError | undefined = $state.raw();

  constructor(client: Client, draft: Draft, catalogue: Catalogue) {
    this.#client = client;
    this.#draft = draft;
    this.#catalogue = catalogue;
    if (this.scores > 0) this.#planBy = 'scores';
  }

  get planBy(): PlanBy {
    return this.#planBy;
  }

  get minutes(): number {
    return this.#minutes;
  }

  get measuring(): boolean {
    return this.#measuring;
  }

  /** Why the last trial did not measure a time. */
  get error(): ContractError | undefined {
    return this.#error;
  }

  get estimate(): Estimate | null {
    return this.#draft.estimate;
  }

  get steps(): number {
    return this.#setting('steps');
  }

  get rounds(): number {
    return this.steps / this.#setting('merge_every');
  }

  /** Most distinct sequences that the run scores; 0 without a plan by scores. */
  get scores(): number {
    return this.#setting('budget');
  }

  /** Whether even one round takes longer than requested. */
  get tooShort(): boolean {
    const { estimate } = this;
    return (
      this.#planBy === 'time' && estimate !== null && estimate.minutesOnce + estimate.minutesARound > this.#minutes
    );
  }

  /** Switching to minutes starts with the time of the current steps. Steps follow from a plan by scores. */
  plan(by: PlanBy): void {
    this.#planBy = by;
    if (by === 'scores') {
      this.#draft.clearSetting('steps');
      this.limitScores(USUAL_SCORES);
    } else this.#draft.clearSetting('budget');
    if (by === 'time') this.want(this.estimate === null ? NaN : wholeMinutes(this.estimate.minutes));
  }

  limitScores(scores: number): void {
    if (scores > 0) this.#draft.setSetting('budget', scores);
    else this.#draft.clearSetting('budget');
  }

  want(minutes: number): void {
    this.#minutes = minutes;
    this.follow();
  }

  /** Sets the steps that fit into the minutes. Called again when goals or settings change the estimate. */
  follow(): void {
    const { estimate } = this;
    if (this.#planBy !== 'time' || estimate === null || !(this.#minutes > 0) || estimate.minutesARound === 0) return;
    const fitting = stepsWithin(
      this.#minutes,
      estimate,
      this.#setting('merge_every'),
      this.#catalogue.settings.find(({ name }) => name === 'steps')?.max ?? Infinity,
    );
    if (fitting !== this.steps) this.#draft.setSetting('steps', fitting);
  }

  /** Runs a trial of some seconds. The draft's estimate then uses what it measured. */
  async measure(): Promise<void> {
    const { design } = this.#draft;
    this.#measuring = true;
    this.#error = undefined;
    try {
      await this.#client.invoke('design.measure', { design });
      await this.#draft.checkNow(this.#draft.design);
    } catch (error) {
      this.#error = asContractError(error);
    } finally {
      this.#measuring = false;
    }
  }

  #setting(name: string): number {
    return Number(
      this.#draft.settings[name] ?? this.#catalogue.settings.find((setting) => setting.name === name)?.default,
    );
  }
}
