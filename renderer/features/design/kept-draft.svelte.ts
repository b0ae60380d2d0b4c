/** @file Stores the unfinished design of the form in the workspace, so that nothing is lost when the window closes. */
import type { DraftDesign } from '../../../contract/api.ts';
import type { Design } from '../../../contract/design-shape.ts';
import type { Client } from '../../link/client.ts';

/** Long enough to store a whole word at once, short enough that little is lost with the window. */
const delayMs = 250;

export class KeptDraft {
  #client: Client;
  /** The form's initial design as JSON, which is not worth storing; '' once the user has changed it. */
  #first = '';
  /** Whether this form stored the design or took it over. */
  #isMine = false;
  /** Waiting to be stored; undefined for nothing. */
  #waiting: DraftDesign | null | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #kept: string | null = $state(null);

  constructor(client: Client) {
    this.#client = client;
  }

  /** When the unfinished design that the form started from was stored: ISO 8601, UTC; null if it started otherwise. */
  get kept(): string | null {
    return this.#kept;
  }

  /** The last unfinished design; null if there is none. */
  async take(): Promise<DraftDesign | null> {
    const draft = await this.#client.invoke('draft.get', {});
    this.#kept = draft?.kept ?? null;
    this.#isMine = draft !== null;
    return draft?.design ?? null;
  }

  /** Records content that the form got without a user's change. */
  begin(design: Design): void {
    this.#first = JSON.stringify(withoutEmpty(design));
  }

  /** Stores a design after a pause in editing if it differs from the form's initial content. */
  keepSoon(design: Design): void {
    const draft = withoutEmpty(design);
    clearTimeout(this.#timer);
    this.#waiting = undefined;
    if (JSON.stringify(draft) === this.#first && this.#kept === null) return;
    this.#first = '';
    this.#isMine = true;
    this.#waiting = isBlank(draft) ? null : draft;
    this.#timer = setTimeout(() => this.keepNow(), delayMs);
  }

  /** Called when the user leaves the form: stores pending changes before another form can read them. */
  keepNow(): void {
    clearTimeout(this.#timer);
    if (this.#waiting !== undefined) void this.#keep(this.#waiting);
  }

  /** Discards the stored design when it is finished or abandoned. An unfinished design of another form stays. */
  async clear(): Promise<void> {
    clearTimeout(this.#timer);
    this.#waiting = undefined;
    if (!this.#isMine) return;
    this.#isMine = false;
    this.#first = '';
    this.#kept = null;
    await this.#keep(null);
  }

  /** A lost connection is reported elsewhere. The next change is stored again. */
  async #keep(design: DraftDesign | null): Promise<void> {
    this.#waiting = undefined;
    await this.#client.invoke('draft.keep', { design }).catch(() => undefined);
  }
}

/** Leaves out unfinished numbers, because JSON has no NaN. */
export function withoutEmpty({ objective, constraint, ...rest }: Design): DraftDesign {
  const filled = <Entry extends { id: string }>(entry: Entry): Entry =>
    Object.fromEntries(Object.entries(entry).filter(([, value]) => !isEmpty(value))) as Entry;
  return { ...rest, objective: objective.map(filled), constraint: constraint.map(filled) };
}

const isBlank = ({ name, objective, constraint }: DraftDesign): boolean =>
  name === '' && objective.length === 0 && constraint.length === 0;

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.some(isEmpty) : value === undefined || Number.isNaN(value);
}
