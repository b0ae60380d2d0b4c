/** @file Steering a run: the weights of the sliders, the blends sampled, and the two that are compared. */
import type { ContractError, KeptBlend, Result } from '../../contract/api.ts';
import { shares } from '../lib/goals.ts';
import { asContractError, type Client } from '../link/client.ts';
import { Resource } from './resource.svelte.ts';

export type Blend = Result<'steering.sample'>;

/** Two blends reproduced with the same seed. */
export interface BlendPair {
  readonly blends: readonly [Blend, Blend];
  /** The names under which they are stored. */
  readonly names: readonly [string, string];
  /** Number of candidates that both found. */
  readonly shared: number;
}

/** A request that failed. */
export interface SteeringFailure {
  readonly what: 'blend' | 'comparison';
  readonly error: ContractError;
}

/** The result of a request. */
interface Made {
  /** The last one becomes the latest blend. */
  readonly blends: readonly Blend[];
  readonly pair?: BlendPair;
}

/** Number of sequences of each of two compared blends. */
const compared = 256;

export class Steering {
  readonly runId: number;
  /** Blends stored under a name, newest first. */
  readonly kept: Resource<KeptBlend[]>;
  #client: Client;
  #weights: number[] = $state([]);
  #reach: number = $state(1);
  #blends: Blend[] = $state.raw([]);
  #busy = $state(false);
  #pair: BlendPair | undefined = $state.raw();
  #failure: (SteeringFailure & { readonly again: () => Promise<void> }) | undefined = $state.raw();
  #shares: number[] = $derived(shares(this.#weights));

  /**
   * @param weights initial weights, those of the run
   * @param reach default of the run's method
   */
  constructor(client: Client, runId: number, weights: readonly number[], reach: number) {
    this.#client = client;
    this.runId = runId;
    this.#weights = shares(weights);
    this.#reach = reach;
    this.kept = new Resource(() => client.invoke('blend.list', { runId }));
  }

  get weights(): readonly number[] {
    return this.#weights;
  }

  /** What each slider means once the weights are divided by their sum. */
  get shares(): readonly number[] {
    return this.#shares;
  }

  /** The extrapolation factor from the run's merge towards the blend. */
  get reach(): number {
    return this.#reach;
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

  /** The last compared pair, until another blend is sampled. */
  get pair(): BlendPair | undefined {
    return this.#pair;
  }

  /** Cleared by the next success. */
  get failure(): SteeringFailure | undefined {
    return this.#failure;
  }

  /** Repeats the last failed request. */
  async retry(): Promise<void> {
    await this.#failure?.again();
  }

  setWeight(index: number, weight: number): void {
    this.#weights[index] = weight;
  }

  setAll(weights: readonly number[]): void {
    this.#weights = shares(weights);
  }

  setReach(reach: number): void {
    this.#reach = reach;
  }

  async sample(n: number): Promise<void> {
    const asked = { runId: this.runId, weights: [...this.#shares], reach: this.#reach, n };
    await this.#make('blend', async () => ({ blends: [await this.#client.invoke('steering.sample', asked)] }));
  }

  /**
   * Reproduces two stored blends with the same number of sequences and the same seed. The first becomes the latest
   * blend.
   */
  async compare([one, other]: readonly [KeptBlend, KeptBlend]): Promise<void> {
    await this.#make('comparison', async () => {
      const pair = await this.#client.invoke('steering.compare', {
        runId: this.runId,
        blendIds: [one.blendId, other.blendId],
        n: compared,
        seed: 1,
      });
      return { blends: pair.blends.toReversed(), pair: { ...pair, names: [one.name, other.name] } };
    });
  }

  /**
   * Stores a blend under a name; null discards it.
   * @throws ContractError if another blend has the name
   */
  async keep(blendId: number, name: string | null): Promise<void> {
    this.kept.set(await this.#client.invoke('blend.keep', { blendId, name }));
  }

  /** Shows a stored blend again, with its weights on the sliders. */
  async open(blendId: number): Promise<void> {
    const blend = await this.#client.invoke('blend.open', { blendId });
    this.setAll(blend.weights);
    this.setReach(blend.reach);
    this.#add([blend]);
  }

  /** Keeps showing the current blends until the request succeeds. */
  async #make(what: SteeringFailure['what'], work: () => Promise<Made>): Promise<void> {
    this.#busy = true;
    try {
      const { blends, pair } = await work();
      this.#add(blends);
      this.#pair = pair;
      this.#failure = undefined;
    } catch (error) {
      this.#failure = { what, error: asContractError(error), again: () => this.#make(what, work) };
    } finally {
      this.#busy = false;
    }
  }

  /** Appends blends; the last becomes the latest. A blend that is already shown moves to the end. */
  #add(blends: readonly Blend[]): void {
    const ids = new Set(blends.map(({ blendId }) => blendId));
    this.#blends = [...this.#blends.filter(({ blendId }) => !ids.has(blendId)), ...blends.map(bestFirst)];
  }

  async star(candidateId: number, starred: boolean): Promise<void> {
    await this.#client.invoke('candidate.star', { candidateId, starred });
    this.#blends = this.#blends.map((blend) => ({
      ...blend,
      candidates: blend.candidates.map((candidate) =>
        candidate.id === candidateId ? { ...candidate, starred } : candidate,
      ),
    }));
  }
}

function bestFirst(blend: Blend): Blend {
  return { ...blend, candidates: blend.candidates.toSorted((a, b) => (b.total ?? -1) - (a.total ?? -1)) };
}
