/**
 * @file All candidates of a run in the window, with one selection, one set of filters and one order, shared by every
 * panel of the Explore view. Candidates are identified by their number, which is the index into every column.
 */
import type { Aggregate, Candidate, CandidateColumns, ContractError, RunDetail } from '../../../contract/api.ts';
import { bytesOf } from '../../lib/base64.ts';
import { shares, shortName } from '../../lib/goals.ts';
import { asContractError, type Client } from '../../link/client.ts';
import { Filters } from './filters/filters.svelte.ts';
import { FilterHistory } from './filters/history.svelte.ts';
import { SimilaritySearch, SUBSTRUCTURE, SubstructureSearch } from './filters/structure-search.svelte.ts';
import { LowerBounds } from './lower-bounds.svelte.ts';
import { nearestByScores, orderBy, reaching, through, totalsOf } from './order.ts';
import { quantitiesOf, type Quantity } from './quantities.ts';
import { Rows } from './rows.svelte.ts';
import { Selection } from './selection.svelte.ts';
import { Space } from './space/space.svelte.ts';
import { Stars } from './stars.svelte.ts';
import { appended, emptyTable, type Table } from './table.ts';

export interface Sorting {
  /** Of a quantity. */
  readonly key: string;
  readonly ascending: boolean;
}

export class Explorer {
  readonly runId: number;
  readonly filters: Filters;
  readonly history: FilterHistory;
  readonly selection: Selection;
  readonly stars: Stars;
  readonly space: Space;
  readonly lowerBounds: LowerBounds;
  readonly substructure: SubstructureSearch;
  readonly similarity: SimilaritySearch;
  #client: Client;
  #rows: Rows;
  #detail: RunDetail | undefined = $state.raw();
  #table: Table = $state.raw(emptyTable);
  #hostCount = $state(0);
  #aggregate: Aggregate = $state('arithmetic');
  #weights: readonly number[] = $state.raw([]);
  #sorting: Sorting = $state.raw({ key: 'total', ascending: false });
  #extras: ReadonlyMap<string, Quantity> = $state.raw(new Map());
  #open: number | undefined = $state();
  #read = $state(0);
  #ready = $state(false);
  #reading = $state(false);
  #error: ContractError | undefined = $state.raw();
  #totals: Float32Array = $derived.by(() =>
    totalsOf(this.#table.scores, shares(this.#weights), this.#aggregate, this.#table.count),
  );
  #quantities: readonly Quantity[] = $derived.by(() =>
    this.#detail === undefined
      ? []
      : [...quantitiesOf(this.#detail, this.#table, this.#totals), ...this.#extras.values()],
  );
  #order: Int32Array = $derived.by(() =>
    orderBy(
      reaching(this.quantity(this.#sorting.key)?.values ?? this.#totals, this.#table.count),
      this.#sorting.ascending,
    ),
  );
  #shown: Int32Array = $derived.by(() => through(this.#order, this.filters.mask));

  constructor(client: Client, runId: number) {
    this.runId = runId;
    this.#client = client;
    this.#rows = new Rows(client);
    this.stars = new Stars(client, (number) => this.#table.ids[number]);
    this.filters = new Filters(this);
    this.history = new FilterHistory(this.filters);
    this.selection = new Selection(this);
    this.space = new Space(client, this);
    this.lowerBounds = new LowerBounds(client, this);
    this.substructure = new SubstructureSearch(client, this);
    this.similarity = new SimilaritySearch(client, this);
  }

  /** Every candidate read so far, by number. */
  get table(): Table {
    return this.#table;
  }

  get count(): number {
    return this.#table.count;
  }

  /** Number of the run's candidates that are not loaded yet. */
  get news(): number {
    return Math.max(0, this.#hostCount - this.#table.count);
  }

  /** Share of the candidates that is read, between 0 and 1. */
  get progress(): number {
    return this.#hostCount === 0 ? 0 : this.#read / this.#hostCount;
  }

  /** False until all candidates of the first reading are here. */
  get ready(): boolean {
    return this.#ready;
  }

  get reading(): boolean {
    return this.#reading;
  }

  get error(): ContractError | undefined {
    return this.#error;
  }

  get weights(): readonly number[] {
    return this.#weights;
  }

  /** By candidate number, with the current weights; NaN if missing. */
  get totals(): Float32Array {
    return this.#totals;
  }

  get quantities(): readonly Quantity[] {
    return this.#quantities;
  }

  get sorting(): Sorting {
    return this.#sorting;
  }

  /** Numbers of the candidates that pass the filters, in the current order. */
  get shown(): Int32Array {
    return this.#shown;
  }

  /** Number of the candidate that the detail panel shows. */
  get open(): number | undefined {
    return this.#open;
  }

  quantity(key: string): Quantity | undefined {
    return this.#quantities.find((quantity) => quantity.key === key);
  }

  goalName(goal: number): string {
    return shortName(this.#detail?.objectives[goal]?.label ?? '');
  }

  /** Sets the goals and their names. Sets the weights only the first time, since the user may have changed them. */
  describe(detail: RunDetail): void {
    this.#detail = detail;
    if (this.#weights.length === 0) this.#weights = detail.objectives.map(({ weight }) => weight);
  }

  setWeight(goal: number, weight: number): void {
    this.#weights = this.#weights.map((known, i) => (i === goal ? weight : known));
    this.lowerBounds.forget();
  }

  resetWeights(): void {
    this.#weights = (this.#detail?.objectives ?? []).map(({ weight }) => weight);
    this.lowerBounds.forget();
  }

  /** Sorts by a quantity, best values first. Reverses the order if it is sorted by it already. */
  sortBy(key: string): void {
    const turned = this.#sorting.key === key && !this.#sorting.ascending;
    const first = this.quantity(key)?.lowIsGood === true;
    this.#sorting = { key, ascending: this.#sorting.key === key ? turned : first };
  }

  /** SMARTS of the substructure filter, to be highlighted; undefined if there is none. */
  get highlight(): string | undefined {
    return this.filters.external(SUBSTRUCTURE) === undefined ? undefined : this.substructure.wanted;
  }

  /**
   * Adds or replaces a quantity that a panel supplies, such as a similarity. Candidates beyond the end of its values
   * have none.
   */
  setExtra(quantity: Quantity): void {
    this.#extras = new Map(this.#extras).set(quantity.key, quantity);
  }

  removeExtra(key: string): void {
    this.#extras = new Map([...this.#extras].filter(([known]) => known !== key));
    if (this.#sorting.key === key) this.#sorting = { key: 'total', ascending: false };
    this.filters.setRange(key, undefined);
  }

  show(number: number | undefined): void {
    this.#open = number;
    if (number !== undefined) this.look([number]);
  }

  /** Opens the neighbour of the open candidate in the current order. */
  step(by: -1 | 1): void {
    const at = this.#open === undefined ? -1 : this.#shown.indexOf(this.#open);
    const next = this.#shown[at + by];
    if (at >= 0 && next !== undefined) this.show(next);
  }

  /** Rank in the current order, from 1; undefined if a filter hides the candidate. */
  rankOf(number: number): number | undefined {
    const at = this.#shown.indexOf(number);
    return at < 0 ? undefined : at + 1;
  }

  /** Reports which candidates are visible or soon will be, so that their sequences are read. */
  look(numbers: Iterable<number>): void {
    this.#rows.look(numbers, (number) => this.#table.ids[number]);
  }

  /** The candidate as far as it is loaded; its sequence is '' until it is read. */
  at(number: number): Candidate | undefined {
    if (number === undefined || number >= this.#table.count) return undefined;
    const { ids, round, raw, scores, limits } = this.#table;
    const row = this.#rows.get(number);
    return {
      id: ids[number],
      sequence: row?.sequence ?? '',
      total: present(this.#totals[number]),
      raw: row?.raw ?? valuesAt(raw, number),
      scores: row?.scores ?? valuesAt(scores, number),
      constraints: row?.constraints ?? valuesAt(limits, number),
      starred: this.stars.has(number),
      round: round[number],
    };
  }

  /** Sequences of candidates in the given order. Missing ones are read. */
  async sequences(numbers: readonly number[]): Promise<string[]> {
    return (await this.#rows.all(numbers, (number) => this.#table.ids[number])).map(({ sequence }) => sequence);
  }

  /** Selects the shown candidates whose scores are most similar to those of one candidate. */
  selectSimilar(number: number, howMany = 50): void {
    this.selection.replace(nearestByScores(this.#table.scores, number, this.#shown, howMany));
  }

  /** Reads new candidates in batches, and the stars. A read in progress continues. */
  async extend(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    try {
      await this.#readAll();
      this.stars.set(
        new Int32Array(bytesOf((await this.#client.invoke('explore.starred', { runId: this.runId })).numbers)),
      );
      this.#error = undefined;
      this.#ready = true;
    } catch (error) {
      this.#error = asContractError(error);
    }
    this.#reading = false;
  }

  /** Reads how many candidates there are now, without loading them. */
  async peek(): Promise<void> {
    if (this.#reading || !this.#ready) return;
    try {
      this.#hostCount = (
        await this.#client.invoke('explore.columns', { runId: this.runId, from: this.#table.count, limit: 1 })
      ).count;
    } catch (error) {
      this.#error = asContractError(error);
    }
  }

  async #readAll(): Promise<void> {
    let table = this.#table;
    let stretch: CandidateColumns;
    do {
      stretch = await this.#client.invoke('explore.columns', { runId: this.runId, from: table.count });
      table = appended(table, stretch);
      this.#hostCount = stretch.count;
      this.#aggregate = stretch.aggregate;
      // The first batch is shown at once, the rest together: cards that move with every batch cannot be read.
      if (this.#table.count === 0) this.#table = table;
      this.#read = table.count;
    } while (table.count < stretch.count);
    this.#table = table;
  }
}

const present = (value: number): number | null => (Number.isNaN(value) ? null : value);

function valuesAt(columns: readonly Float32Array[], number: number): (number | null)[] {
  return columns.map((column) => present(column[number]));
}
