/** @file Steering a run: weights under the sliders, the blends made from them, and which two are compared. */
import type { ContractError, KeptBlend, Result } from '../../contract/api.ts';
import { asContractError, type Client } from '../client.ts';
import { shares } from '../lib/goals.ts';
import { Resource } from './resource.svelte.ts';

export type Blend = Result<'steer.sample'>;

/** Two blends made anew with the same seed. */
export interface BlendPair {
  readonly blends: readonly [Blend, Blend];
  /** Under which they are kept. */
  readonly names: readonly [string, string];
  /** Candidates that both made. */
  readonly shared: number;
}

/** Sequences of each of two blends that are compared. */
const compared = 256;

export class Steering {
  readonly runId: number;
  /** Blends kept under a name, newest first. */
  readonly kept: Resource<KeptBlend[]>;
  #client: Client;
  #weights: number[] = $state([]);
  #reach: number = $state(1);
  #blends: Blend[] = $state.raw([]);
  #busy = $state(false);
  #pair: BlendPair | undefined = $state.raw();
  #error: ContractError | undefined = $state.raw();
  /** What failed last. */
  #failed: () => Promise<Blend[]> = () => Promise.resolve([]);
  #shares: number[] = $derived(shares(this.#weights));

  /**
   * @param weights the run's own, where the sliders begin
   * @param reach what suits the run's method
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

  /** How often the way from the run's end to a blend is gone. */
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

  /** The two compared last, as long as nothing was made since. */
  get pair(): BlendPair | undefined {
    return this.#pair;
  }

  get error(): ContractError | undefined {
    return this.#error;
  }

  /** Makes what could not be made last. */
  async retry(): Promise<void> {
    await this.#make(this.#failed);
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
    await this.#make(async () => [await this.#client.invoke('steer.sample', { runId: this.runId, weights: [...this.#shares], reach: this.#reach, n })]);
  }

  /** Makes two kept blends anew, with as many sequences and the same seed, the first shown as the latest. */
  async compare([one, other]: readonly [KeptBlend, KeptBlend]): Promise<void> {
    await this.#make(async () => {
      const pair = await this.#client.invoke('steer.compare', { runId: this.runId, blendIds: [one.blendId, other.blendId], n: compared, seed: 1 });
      this.#pair = { ...pair, names: [one.name, other.name] };
      return pair.blends.toReversed();
    });
  }

  /** Keeps a blend under a name, or no longer where it is null. @throws ContractError for a name that another has */
  async keep(blendId: number, name: string | null): Promise<void> {
    this.kept.set(await this.#client.invoke('blend.keep', { blendId, name }));
  }

  /** Shows a kept blend as it was, with its weights on the sliders. */
  async open(blendId: number): Promise<void> {
    const blend = await this.#client.invoke('blend.open', { blendId });
    this.setAll(blend.weights);
    this.setReach(blend.reach);
    this.#add([blend]);
  }

  async #make(work: () => Promise<Blend[]>): Promise<void> {
    this.#busy = true;
    this.#pair = undefined;
    try {
      this.#add(await work());
      this.#error = undefined;
    } catch (error) {
      this.#error = asContractError(error);
      this.#failed = work;
    } finally {
      this.#busy = false;
    }
  }

  /** The last of them is the latest; one that is shown already moves there. */
  #add(blends: readonly Blend[]): void {
    const ids = new Set(blends.map(({ blendId }) => blendId));
    this.#blends = [...this.#blends.filter(({ blendId }) => !ids.has(blendId)), ...blends.map(bestFirst)];
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
