/** @file The shortlist across designs: filtered, sorted, annotated. Removed entries can be restored. */
import type { ShortlistEntry, Star } from '../../../contract/api.ts';
import type { Client } from '../../link/client.ts';
import { Resource } from '../../state/resource.svelte.ts';

export type ShortlistOrder = 'newest' | 'rating' | 'design' | 'own';

export interface Remarks {
  readonly note?: string;
  readonly rating?: number | null;
  readonly tags?: string[];
}

export class Shortlist {
  #client: Client;
  readonly resource: Resource<ShortlistEntry[]>;
  text = $state('');
  /** '' for all. */
  tag = $state('');
  order: ShortlistOrder = $state('newest');
  /** Remarks on their way to the host, by the entry's first candidate. The next remark is compared with them. */
  #pending = new Map<number, Remarks>();
  #shown: ShortlistEntry[] = $derived.by(() =>
    (this.resource.value ?? []).filter((entry) => matches(entry, this.text, this.tag)).sort(comparers[this.order]),
  );
  #tags: string[] = $derived.by(() =>
    [...new Set((this.resource.value ?? []).flatMap(({ tags }) => tags))].sort((a, b) => a.localeCompare(b)),
  );

  constructor(client: Client) {
    this.#client = client;
    this.resource = new Resource(async () => (await client.invoke('shortlist.list', {})).entries);
  }

  get shown(): readonly ShortlistEntry[] {
    return this.#shown;
  }

  /** All tags in use. */
  get tags(): readonly string[] {
    return this.#tags;
  }

  /**
   * Stores remarks about the entry in every design that contains it.
   * @returns a function that restores the previous remarks if a part of them was lost
   */
  async remark(entry: ShortlistEntry, change: Remarks): Promise<(() => Promise<void>) | undefined> {
    const [key] = idsOf(entry);
    const known = { ...entry, ...this.#pending.get(key) };
    const pending = { ...this.#pending.get(key), ...change };
    this.#pending.set(key, pending);
    try {
      await this.#client.invoke('shortlist.remark', { candidateIds: idsOf(entry), ...change });
      await this.resource.refresh();
    } finally {
      if (this.#pending.get(key) === pending) this.#pending.delete(key);
    }
    return loses(known, change) ? async () => void (await this.remark(entry, before(known, change))) : undefined;
  }

  /** @returns a function that restores the entry with all its remarks */
  async remove(entry: ShortlistEntry): Promise<() => Promise<void>> {
    const { removed } = await this.#client.invoke('explore.unstar', { candidateIds: idsOf(entry) });
    await this.resource.refresh();
    return () => this.#restore(removed);
  }

  /** Moves an entry past its visible neighbour in the user's own order. */
  async move(entry: ShortlistEntry, by: -1 | 1): Promise<void> {
    const neighbour = this.#shown[this.#shown.indexOf(entry) + by];
    if (neighbour === undefined) return;
    const others = [...(this.resource.value ?? [])].sort(byPlace).filter((one) => one !== entry);
    others.splice(others.indexOf(neighbour) + (by === 1 ? 1 : 0), 0, entry);
    await this.#client.invoke('shortlist.arrange', { candidateIds: others.flatMap(idsOf) });
    await this.resource.refresh();
  }

  async #restore(stars: Star[]): Promise<void> {
    await this.#client.invoke('explore.star', { stars });
    await this.resource.refresh();
  }
}

/** Whether the change loses information: a rewritten note, a removed tag or rating. */
function loses({ note, tags, rating }: ShortlistEntry, change: Remarks): boolean {
  const noteLost = change.note !== undefined && !change.note.startsWith(note);
  const tagLost = change.tags !== undefined && tags.some((tag) => !change.tags?.includes(tag));
  return noteLost || tagLost || (change.rating === null && rating !== null);
}

/** The entry's values of everything that the change replaces. */
function before({ note, tags, rating }: ShortlistEntry, change: Remarks): Remarks {
  return {
    ...(change.note !== undefined && { note }),
    ...(change.tags !== undefined && { tags }),
    ...(change.rating !== undefined && { rating }),
  };
}

/** Entries without a position come last, newest star first. */
const byPlace = (a: ShortlistEntry, b: ShortlistEntry): number =>
  (a.place ?? Infinity) === (b.place ?? Infinity) ? 0 : (a.place ?? Infinity) - (b.place ?? Infinity);

const idsOf = ({ origins }: ShortlistEntry): number[] => origins.map(({ candidateId }) => candidateId);

/** @param text searched in sequence, notes, tags and designs, ignoring case */
function matches({ sequence, note, tags, origins }: ShortlistEntry, text: string, tag: string): boolean {
  if (tag !== '' && !tags.includes(tag)) return false;
  const wanted = text.trim().toLowerCase();
  return [sequence, note, ...tags, ...origins.map(({ design }) => design)].some((field) =>
    field.toLowerCase().includes(wanted),
  );
}

/** Ties keep the order of the newest star. */
const comparers: Readonly<Record<ShortlistOrder, (a: ShortlistEntry, b: ShortlistEntry) => number>> = {
  newest: () => 0,
  rating: (a, b) => (b.rating ?? 0) - (a.rating ?? 0),
  own: byPlace,
  design: (a, b) => a.origins[0].design.localeCompare(b.origins[0].design),
};

/** "soluble, ask Maria" as tags: trimmed, without duplicates. */
export function parseTags(text: string): string[] {
  return [
    ...new Set(
      text
        .split(',')
        .map((word) => word.trim().slice(0, 60))
        .filter((word) => word !== ''),
    ),
  ];
}
