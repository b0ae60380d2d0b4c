/** @file Steering a run: weights under the sliders, the blends made from them, and which two are compared. */
import type { ContractError, Result } from '../../contract/api.ts';
import { asContractError, type Client } from '../client.ts';
import { shares } from '../lib/goals.ts';

export type Blend = Result<'steer.sample'>;

export class Steering {
  readonly runId: number;
  #client: Client;
  #weights: number[] = $state([]);
  #blends: Blend[] = $state.raw([]);
  #busy = $state(false);
  #error: ContractError | undefined = $state.raw();
  #shares: number[] = $derived(shares(this.#weights));

  /** @param weights the run's own, where the sliders begin */
  constructor(client: Client, runId: number, weights: readonly number[]) {
    this.#client = client;
    this.runId = runId;
    this.#weights = shares(weights);
  }

  get weights(): readonly number[] {
    return this.#weights;
  }

  /** What each slider means once the weights are divided by their sum. */
  get shares(): readonly number[] {
    return this.#shares;
  }

  get possible(): boolean {
    return this.#weights.some((weight) => weight > 0);
  }

  /** Oldest first. */
  get blends(): readonly Blend[] {
    return this.#blends;
  }

  get latest(): Blend | undefined {
    return this.#blends.at(-1);
  }

  get previous(): Blend | undefined {
    return this.#blends.at(-2);
  }

  get busy(): boolean {
    return this.#busy;
  }

  get error(): ContractError | undefined {
    return this.#error;
  }

  setWeight(index: number, weight: number): void {
    this.#weights[index] = weight;
  }

  setAll(weights: readonly number[]): void {
    this.#weights = shares(weights);
  }

  async sample(n: number): Promise<void> {
    this.#busy = true;
    try {
      const blend = await this.#client.invoke('steer.sample', { runId: this.runId, weights: [...this.#shares], n });
      this.#blends = [...this.#blends, bestFirst(blend)];
      this.#error = undefined;
    } catch (error) {
      this.#error = asContractError(error);
    } finally {
      this.#busy = false;
    }
  }

  async star(candidateId: number, starred: boolean): Promise<void> {
    await this.#client.invoke('candidate.star', { candidateId, starred });
    this.#blends = this.#blends.map((blend) => ({
      ...blend,
      candidates: blend.candidates.map((candidate) => (candidate.id === candidateId ? { ...candidate, starred } : candidate)),
    }));
  }
}

function bestFirst(blend: Blend): Blend {
  return { ...blend, candidates: blend.candidates.toSorted((a, b) => (b.total ?? -1) - (a.total ?? -1)) };
}
