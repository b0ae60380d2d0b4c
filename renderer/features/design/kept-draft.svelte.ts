/** @file Keeps what the form of a new design holds in the workspace, so that closing the window loses nothing. */
import type { DraftDesign } from '../../../contract/api.ts';
import type { Design } from '../../../contract/design-shape.ts';
import type { Client } from '../../link/client.ts';

/** Long enough that a word is written once, short enough that little is lost with the window. */
const delayMs = 250;

export class KeptDraft {
  #client: Client;
  /** The design that the form began with, until it is changed: what nobody changed is not worth keeping. */
  #first = '';
  /** What is kept came from this form, or was taken up by it. */
  #isMine = false;
  /** Not kept yet; undefined for nothing. */
  #waiting: DraftDesign | null | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #kept: string | null = $state(null);

  constructor(client: Client) {
    this.#client = client;
  }

  /** When the unfinished design that the form began with was kept: ISO 8601, UTC; null where it began otherwise. */
  get kept(): string | null {
    return this.#kept;
  }

  /** The design left unfinished last; null where there is none. */
  async take(): Promise<DraftDesign | null> {
    const draft = await this.#client.invoke('draft.get', {});
    this.#kept = draft?.kept ?? null;
    this.#isMine = draft !== null;
    return draft?.design ?? null;
  }

  /** The form holds this without anybody's doing. */
  begin(design: Design): void {
    this.#first = JSON.stringify(withoutEmpty(design));
  }

  /** Keeps a design once it has been left alone for a moment, where it differs from what the form began with. */
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

  /** The form is left: what still waits to be kept is kept before anybody asks for it. */
  keepNow(): void {
    clearTimeout(this.#timer);
    if (this.#waiting !== undefined) void this.#keep(this.#waiting);
  }

  /** It is finished or given up. Another design that was left unfinished stays kept. */
  async clear(): Promise<void> {
    clearTimeout(this.#timer);
    this.#waiting = undefined;
    if (!this.#isMine) return;
    this.#isMine = false;
    this.#first = '';
    this.#kept = null;
    await this.#keep(null);
  }

  /** A host that is lost is told of elsewhere; the next change is kept again. */
  async #keep(design: DraftDesign | null): Promise<void> {
    this.#waiting = undefined;
    await this.#client.invoke('draft.keep', { design }).catch(() => undefined);
  }
}

/** A number that is being written is left out: JSON has no word for it. */
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
