/** @file Steering a run: weights under the sliders, the blends made from them, and which two are compared. */
import type { ContractError, KeptBlend, Result } from '../../contract/api.ts';
import { shares } from '../lib/goals.ts';
import { asContractError, type Client } from '../link/client.ts';
import { Resource } from './resource.svelte.ts';

export type Blend = Result<'steering.sample'>;

/** Two blends made anew with the same seed. */
export interface BlendPair {
  readonly blends: readonly [Blend, Blend];
  /** Under which they are kept. */
  readonly names: readonly [string, string];
  /** Candidates that both made. */
  readonly shared: number;
}

/** What was asked for and could not be made. */
export interface SteeringFailure {
  readonly what: 'blend' | 'comparison';
  readonly error: ContractError;
}

/** What was asked for, once it is made. */
interface Made {
  /** The last is the latest. */
  readonly blends: readonly Blend[];
  readonly pair?: BlendPair;
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
  #failure: (SteeringFailure & { readonly again: () => Promise<void> }) | undefined = $state.raw();
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

  /** Until something is made. */
  get failure(): SteeringFailure | undefined {
    return this.#failure;
  }

  /** Makes what could not be made last. */
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

  /** Makes two kept blends anew, with as many sequences and the same seed, the first shown as the latest. */
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

  /** What is shown stays until it is made. */
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

  /** The last of them is the latest; one that is shown already moves there. */
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
