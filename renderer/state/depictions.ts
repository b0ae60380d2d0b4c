/**
 * @file 2D structures drawn by the host. They are requested in batches, kept in a bounded cache, and provided as image
 * addresses, so that no markup of the host is executed.
 */
import { Lru } from '../lib/lru.ts';
import type { Client } from '../link/client.ts';

export interface Picture {
  readonly smiles: string;
  readonly width: number;
  readonly height: number;
  readonly theme: 'light' | 'dark';
  /** SMARTS of the substructure to align on and to mark. */
  readonly highlight?: string;
  /** Atoms to mark, in groups. */
  readonly marked?: readonly (readonly number[])[];
}

/** An image address, or null if the structure cannot be drawn. */
export type Drawn = string | null;

interface Waiting {
  readonly picture: Picture;
  readonly key: string;
  readonly resolve: (drawn: Drawn) => void;
  readonly reject: (error: unknown) => void;
}

/** What the contract allows in one request. */
const batchLimit = 200;
/** About 8 kB a picture: at most some 16 MB. */
const cacheLimit = 2000;

export class Depictions {
  #client: Client;
  #cache = new Lru<string, Promise<Drawn>>(cacheLimit);
  #queue: Waiting[] = [];

  constructor(client: Client) {
    this.#client = client;
  }

  /** @throws ContractError if the host cannot be reached; the next call requests the picture again */
  get(picture: Picture): Promise<Drawn> {
    const key = JSON.stringify([
      picture.smiles,
      picture.width,
      picture.height,
      picture.theme,
      picture.highlight,
      picture.marked,
    ]);
    const known = this.#cache.get(key);
    if (known !== undefined) return known;
    const drawn = new Promise<Drawn>((resolve, reject) => this.#enqueue({ picture, key, resolve, reject }));
    this.#cache.set(key, drawn);
    return drawn;
  }

  #enqueue(waiting: Waiting): void {
    this.#queue.push(waiting);
    // Deferred by one turn, so that all cards that appear together share a request.
    if (this.#queue.length === 1) setTimeout(() => this.#flush());
  }

  #flush(): void {
    for (const group of alike(this.#queue.splice(0))) {
      for (let at = 0; at < group.length; at += batchLimit) void this.#request(group.slice(at, at + batchLimit));
    }
  }

  async #request(batch: readonly Waiting[]): Promise<void> {
    const { width, height, theme, highlight, marked } = batch[0].picture;
    const smiles = batch.map(({ picture }) => picture.smiles);
    try {
      const { svg } = await this.#client.invoke('molecule.depict', {
        smiles,
        width,
        height,
        theme,
        highlight,
        marked: marked?.map((group) => [...group]),
      });
      batch.forEach(({ resolve }, i) => resolve(imageAddress(svg[i] ?? null)));
    } catch (error) {
      for (const { key, reject } of batch) {
        this.#cache.delete(key);
        reject(error);
      }
    }
  }
}

/** Groups pictures that differ only in their structure, so that one request can draw them. */
function alike(queue: readonly Waiting[]): Waiting[][] {
  const groups = new Map<string, Waiting[]>();
  for (const waiting of queue) {
    const { width, height, theme, highlight, marked } = waiting.picture;
    const key = JSON.stringify([width, height, theme, highlight, marked]);
    groups.set(key, [...(groups.get(key) ?? []), waiting]);
  }
  return [...groups.values()];
}

function imageAddress(svg: string | null): Drawn {
  return svg === null ? null : `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}
