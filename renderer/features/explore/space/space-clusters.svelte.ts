/**
 * @file Clusters of similar candidates. They are calculated once and shared with every panel as quantities and as a
 * filter.
 */
import { Task } from '../../../state/task.svelte.ts';
import type { ExternalFilter } from '../filters/filters.svelte.ts';
import type { Quantity } from '../quantities.ts';
import { type Clustering, mostSequences } from './clusters.ts';
import type { SpaceSource, SpaceWork } from './space-work.ts';

/** What is clustered, and where the clusters are shown. */
export interface ClusterSource extends SpaceSource {
  /** By number; NaN where missing. */
  readonly totals: Float32Array;
  readonly filters: { setExternal(key: string, filter: ExternalFilter | undefined): void };
  setExtra(quantity: Quantity): void;
}

/** One cluster at the current weights. */
export interface ClusterSummary {
  readonly index: number;
  readonly size: number;
  /** Number of the member with the best total; of the centre if no total is known. */
  readonly best: number;
}

export interface MadeClusters extends Clustering {
  readonly least: number;
  /** Number of clustered candidates, of those that passed the filters. */
  readonly grouped: number;
  readonly passing: number;
}

/**
 * Default similarity to the centre, at which chemists see candidates as one series. DNA k-mers agree more often by
 * chance.
 */
const usual = { bits: 0.4, counts: 0.6 } as const;

export class SpaceClusters {
  readonly task = new Task();
  #work: SpaceWork;
  #of: ClusterSource;
  #least: number | undefined = $state();
  #made: MadeClusters | undefined = $state.raw();
  #summaries: readonly ClusterSummary[] = $derived.by(() =>
    this.#made === undefined ? [] : summariesOf(this.#made, this.#of.totals),
  );

  constructor(work: SpaceWork, of: ClusterSource) {
    this.#work = work;
    this.#of = of;
  }

  get made(): MadeClusters | undefined {
    return this.#made;
  }

  /** The largest first. */
  get summaries(): readonly ClusterSummary[] {
    return this.#summaries;
  }

  /** Minimum similarity to the centre that the user chose. */
  leastFor(modality: 'molecule' | 'dna'): number {
    return this.#least ?? usual[modality === 'dna' ? 'counts' : 'bits'];
  }

  set least(least: number) {
    this.#least = least;
  }

  /** Clusters the candidates that pass the filters, best totals first. */
  async make(modality: 'molecule' | 'dna'): Promise<void> {
    const [passing, least] = [this.#of.shown.length, this.leastFor(modality)];
    const best = byTotal(this.#of.shown, this.#of.totals);
    const numbers = modality === 'dna' ? best.subarray(0, mostSequences) : best;
    await this.task.run(async (signal) => {
      const fingerprints = await this.#work.fingerprints(
        (share) => this.task.step('Reading fingerprints', share),
        signal,
      );
      const clustering = await this.#work.runJob(
        'clusters',
        { fingerprints, numbers, least },
        (share) => this.task.step('Grouping', share),
        signal,
      );
      this.#made = {
        ...clustering,
        least,
        passing,
        grouped: clustering.of.reduce((sum, index) => sum + Number(index >= 0), 0),
      };
      this.#of.setExtra({
        key: 'cluster',
        label: 'Cluster',
        unit: '',
        whole: true,
        lowIsGood: true,
        values: Float32Array.from(clustering.of, (index) => (index < 0 ? NaN : index + 1)),
      });
      this.#of.filters.setExternal('cluster', undefined);
    });
  }

  members(index: number): Int32Array {
    const { of = new Int32Array() } = this.#made ?? {};
    return Int32Array.from(of.keys()).filter((number) => of[number] === index);
  }

  /** Lets only the members of a cluster through. */
  filter(index: number): void {
    this.#of.filters.setExternal('cluster', {
      label: `Cluster ${index + 1}`,
      mask: Uint8Array.from(this.#made?.of ?? [], (one) => Number(one === index)),
    });
  }
}

/** Best total first; candidates without a total last. */
function byTotal(numbers: Int32Array, totals: Float32Array): Int32Array {
  const worth = (number: number): number => (Number.isNaN(totals[number]) ? -Infinity : totals[number]);
  return numbers.toSorted((a, b) => worth(b) - worth(a) || a - b);
}

function summariesOf({ of, centres }: Clustering, totals: Float32Array): ClusterSummary[] {
  const sizes = new Int32Array(centres.length);
  const best = centres.slice();
  of.forEach((index, number) => {
    if (index < 0) return;
    sizes[index]++;
    // Not "less than", so that a centre without a total is replaced by any member with one.
    if (!(totals[number] <= totals[best[index]]) && !Number.isNaN(totals[number])) best[index] = number;
  });
  return Array.from(centres, (_, index) => ({ index, size: sizes[index], best: best[index] }));
}
