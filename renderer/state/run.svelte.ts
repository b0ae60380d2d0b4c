/** @file A run in progress: its goals, rounds and state, updated by the host's events. */
import type { ResolvedObjective, RoundMetrics, RunDetail, RunSummary, TopicEvent } from '../../contract/api.ts';
import type { Client } from '../link/client.ts';
import { Resource } from './resource.svelte.ts';

export interface Progress {
  readonly step: number;
  readonly steps: number;
  readonly message: string;
}

/** A goal with its first and latest value; null while unknown. */
export interface GoalNow {
  readonly goal: ResolvedObjective;
  readonly began: number | null;
  readonly now: number | null;
  readonly raw: number | null;
}

type Verb = 'run.pause' | 'run.resume' | 'run.stop';

export class RunFollower {
  readonly runId: number;
  #client: Client;
  #detail: Resource<RunDetail>;
  #progress: Progress | undefined = $state.raw();
  #acting = $state(false);
  #goals: GoalNow[] = $derived.by(() => goalsNow(this.#detail.value));
  #weights: number[] = $derived.by(() => (this.#detail.value?.objectives ?? []).map(({ weight }) => weight));

  constructor(client: Client, runId: number) {
    this.runId = runId;
    this.#client = client;
    this.#detail = new Resource(() => client.invoke('run.get', { runId }));
  }

  get resource(): Resource<RunDetail> {
    return this.#detail;
  }

  get detail(): RunDetail | undefined {
    return this.#detail.value;
  }

  get summary(): RunSummary | undefined {
    return this.#detail.value?.summary;
  }

  get progress(): Progress | undefined {
    return this.#progress;
  }

  /** True while a pause, resume or stop is being requested. */
  get acting(): boolean {
    return this.#acting;
  }

  get goals(): readonly GoalNow[] {
    return this.#goals;
  }

  get weights(): readonly number[] {
    return this.#weights;
  }

  get lastRound(): RoundMetrics | undefined {
    return this.#detail.value?.rounds.at(-1);
  }

  /** @returns a function that stops following */
  follow(): () => void {
    const end = this.#client.subscribe('run', { runId: this.runId }, (event) => this.#take(event));
    void this.#detail.refresh();
    return end;
  }

  pause(): Promise<void> {
    return this.#act('run.pause');
  }

  resume(): Promise<void> {
    return this.#act('run.resume');
  }

  stop(): Promise<void> {
    return this.#act('run.stop');
  }

  /** Continues for more rounds after the last one, and reads the settings again. */
  async extend(rounds: number): Promise<void> {
    await this.#acted(() => this.#client.invoke('run.extend', { runId: this.runId, rounds }));
    await this.#detail.refresh();
  }

  #act(verb: Verb): Promise<void> {
    return this.#acted(() => this.#client.invoke(verb, { runId: this.runId }));
  }

  async #acted(work: () => Promise<RunSummary>): Promise<void> {
    this.#acting = true;
    try {
      this.#patch({ summary: await work() });
    } finally {
      this.#acting = false;
    }
  }

  #take(event: TopicEvent<'run'>): void {
    if (event.type === 'progress') {
      this.#progress = event;
      return;
    }
    if (event.summary.state !== 'running') this.#progress = undefined;
    if (event.type === 'state') this.#patch({ summary: event.summary });
    else
      this.#patch({
        summary: event.summary,
        advice: event.advice,
        alarm: event.alarm,
        rounds: withRound(this.detail?.rounds ?? [], event.round),
      });
  }

  /** Before the first read there is nothing to update; the read brings everything. */
  #patch(change: Partial<RunDetail>): void {
    const detail = this.#detail.value;
    if (detail !== undefined) this.#detail.set({ ...detail, ...change });
  }
}

function withRound(rounds: readonly RoundMetrics[], round: RoundMetrics): RoundMetrics[] {
  return [...rounds.filter((known) => known.round !== round.round), round].sort((a, b) => a.round - b.round);
}

function goalsNow(detail: RunDetail | undefined): GoalNow[] {
  const first = detail?.rounds[0];
  const last = detail?.rounds.at(-1);
  return (detail?.objectives ?? []).map((goal, i) => ({
    goal,
    began: first?.objectives[i]?.mean ?? null,
    now: last?.objectives[i]?.mean ?? null,
    raw: last?.objectives[i]?.raw ?? null,
  }));
}
