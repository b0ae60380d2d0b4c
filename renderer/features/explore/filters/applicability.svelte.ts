/**
 * @file Which candidates are within the applicability domains of the predictors of a run's goals. The host is asked
 * about visible candidates, to mark them, and about all when the user filters by it.
 */
import { bytesOf } from '../../../lib/base64.ts';
import type { Client } from '../../../link/client.ts';
import { Task } from '../../../state/task.svelte.ts';
import type { ExternalFilter } from './filters.svelte.ts';

/** Key of the filter. */
export const APPLICABILITY = 'applicability';

export interface ApplicabilitySource {
  readonly runId: number;
  readonly count: number;
  /** What a goal is called. */
  goalName(goal: number): string;
  readonly filters: {
    external(key: string): ExternalFilter | undefined;
    setExternal(key: string, filter: ExternalFilter | undefined): void;
  };
}

/** Candidates per request. */
const batch = 500;
/** Long enough for scrolling to end. */
const restMs = 250;
/** What the host answers for a candidate. */
const [OUTSIDE, INSIDE] = [0, 1];

export class SpaceApplicability {
  readonly task = new Task();
  #client: Client;
  #of: ApplicabilitySource;
  #goals: readonly number[] | undefined = $state.raw();
  #chosen: ReadonlySet<number> = $state.raw(new Set());
  #outside = $state(0);
  /** By candidate number: the host's answer per goal. */
  readonly #known = new Map<number, Uint8Array>();
  /** Grows with what is known. */
  #answers = $state(0);
  /** Candidates that each panel shows. */
  readonly #sight = new Map<string, readonly number[]>();
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Client, of: ApplicabilitySource) {
    this.#client = client;
    this.#of = of;
  }

  /** Indices of the goals whose predictor has an applicability domain; undefined until it is known. */
  get goals(): readonly number[] | undefined {
    return this.#goals;
  }

  /** Number of candidates that the filter excludes. */
  get outside(): number {
    return this.#outside;
  }

  /** Whether the filter is on, or being applied, for a goal. */
  has(goal: number): boolean {
    return this.#chosen.has(goal);
  }

  /** Names of the goals for which a candidate is outside the applicability domain. Empty if that is not known yet. */
  unlike(number: number): string[] {
    void this.#answers;
    const answers = this.#known.get(number);
    return (this.#goals ?? []).flatMap((goal, place) =>
      answers?.[place] === OUTSIDE ? [this.#of.goalName(goal)] : [],
    );
  }

  /**
   * Reads which goals have an applicability domain, without computing anything. A failure is retried at the next look.
   */
  async learn(): Promise<void> {
    if (this.#goals !== undefined) return;
    await this.task.run(async () => {
      this.task.step('Checking applicability domains', 0);
      this.#goals = (await this.#client.invoke('applicability.ofRun', { runId: this.#of.runId, numbers: [] })).goals;
    });
    await this.#mark();
  }

  /** Reports which candidates are visible. After a pause, unknown ones are requested, to mark them. */
  look(panel: string, numbers: Iterable<number>): void {
    this.#sight.set(panel, [...numbers]);
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => void this.#mark(), restMs);
  }

  async choose(goal: number, on: boolean): Promise<void> {
    const chosen = new Set(this.#chosen);
    if (on) chosen.add(goal);
    else chosen.delete(goal);
    this.#chosen = chosen;
    await this.extend();
  }

  /** Ends the filter. */
  clear(): void {
    this.task.cancel();
    this.#chosen = new Set();
    this.#of.filters.setExternal(APPLICABILITY, undefined);
  }

  /** Checks the unchecked candidates and updates the filter. */
  async extend(): Promise<void> {
    if (this.#chosen.size === 0) return this.clear();
    await this.task.run(async (signal) => {
      const { count } = this.#of;
      const missing = this.#missing(Array.from({ length: count }, (_, number) => number));
      for (let at = 0; at < missing.length; at += batch) {
        this.task.step('Checking applicability domains', (count - missing.length + at) / count);
        await this.#ask(missing.slice(at, at + batch));
        signal.throwIfAborted();
      }
      this.#filter(count);
    });
  }

  /** Marks are optional. If they fail, the connection's banner or the filter shows why, and the next look retries. */
  async #mark(): Promise<void> {
    const missing = this.#missing([...new Set([...this.#sight.values()].flat())]);
    if (missing.length > 0 && (this.#goals ?? []).length > 0 && !this.task.running)
      await this.#ask(missing).catch(() => undefined);
  }

  #missing(numbers: readonly number[]): number[] {
    return numbers.filter((number) => !this.#known.has(number));
  }

  async #ask(numbers: readonly number[]): Promise<void> {
    const { goals, inside } = await this.#client.invoke('applicability.ofRun', {
      runId: this.#of.runId,
      numbers: [...numbers],
    });
    const answers = new Uint8Array(bytesOf(inside));
    numbers.forEach((number, i) => this.#known.set(number, answers.subarray(i * goals.length, (i + 1) * goals.length)));
    this.#answers++;
  }

  #filter(count: number): void {
    const chosen = this.#chosen;
    const places = (this.#goals ?? []).flatMap((goal, place) => (chosen.has(goal) ? [place] : []));
    const mask = Uint8Array.from({ length: count }, (_, number) =>
      Number(places.every((place) => this.#known.get(number)?.[place] === INSIDE)),
    );
    this.#outside = mask.reduce((sum, bit) => sum + 1 - bit, 0);
    const resume = (): void => {
      this.#chosen = chosen;
      void this.extend();
    };
    const names = [...chosen].map((goal) => this.#of.goalName(goal)).join(' and ');
    this.#of.filters.setExternal(APPLICABILITY, { label: `In the applicability domain of ${names}`, mask, resume });
  }
}
