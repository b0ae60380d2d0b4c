/** @file A table of the user's while a predictor is made of it: chosen, looked into, trained on, kept. */
import {
  LARGEST_TABLE,
  type PredictorInfo,
  type TableInfo,
  type TableReport,
  type TaskInfo,
  type TaskOptionsInfo,
  type TrainingState,
} from '../../../../contract/api.ts';
import { base64 } from '../../../lib/base64.ts';
import type { Client } from '../../../link/client.ts';
import { Resource } from '../../../state/resource.svelte.ts';

/** Files with sequences alone. */
const fasta = /\.(fa|fasta|fna|fas)(\.gz)?$/i;

/** What the user may say instead of what is found. */
export type TaskChoice = Omit<TaskOptionsInfo, 'column' | 'structure'>;
export type Wanted = TaskInfo['wanted'];

export class TrainingDesk {
  #client: Client;
  readonly training: Resource<TrainingState>;
  readonly predictors: Resource<PredictorInfo[]>;
  #table: TableInfo | null = $state.raw(null);
  #column: string | null = $state(null);
  #structure: string | null = $state(null);
  #choice: TaskChoice = $state.raw({});
  #wanted: Wanted | null = $state(null);
  #report: Resource<TableReport | null>;
  #opening = $state(false);
  /** The table, and the sequences chosen for it: a host that was started again has to be sent them again. */
  #files: readonly File[] = [];

  constructor(client: Client) {
    this.#client = client;
    this.training = new Resource(() => client.invoke('predictor.training', {}));
    this.predictors = new Resource(() => client.invoke('predictor.list', {}));
    this.#report = new Resource(async () =>
      this.options === null ? null : client.invoke('predictor.inspect', this.options),
    );
  }

  get table(): TableInfo | null {
    return this.#table;
  }

  /** While a file is sent and read. */
  get opening(): boolean {
    return this.#opening;
  }

  get column(): string | null {
    return this.#column;
  }

  get structure(): string | null {
    return this.#structure;
  }

  get choice(): TaskChoice {
    return this.#choice;
  }

  /** Which values the user says are wanted; null for what is usual. */
  get wanted(): Wanted | null {
    return this.#wanted;
  }

  set wanted(wanted: Wanted | null) {
    this.#wanted = wanted;
  }

  /** What would be learnt of the chosen column. */
  get report(): Resource<TableReport | null> {
    return this.#report;
  }

  /** Null until both columns are known. */
  get options(): TaskOptionsInfo | null {
    if (this.#column === null || this.#structure === null) return null;
    return { column: this.#column, structure: this.#structure, ...this.#choice };
  }

  /** Called again once a lost host answers. @returns a function that stops following */
  follow(): () => void {
    const end = this.#client.subscribe('training', {}, (event) => this.#take(event));
    void this.training.refresh().then(() => this.#remind());
    void this.predictors.refresh();
    return end;
  }

  /**
   * A table; or a FASTA file, for the table that is open.
   * @throws ContractError for what is neither; Error where it is too large to be sent, or too early
   */
  async open(file: File): Promise<void> {
    if (file.size > LARGEST_TABLE)
      throw new Error(
        `“${file.name}” is larger than ${LARGEST_TABLE / 1e6} MB. Train on it with “amalgam train-predictor” on the command line.`,
      );
    const isFasta = fasta.test(file.name);
    if (isFasta && this.#table === null)
      throw new Error(
        `“${file.name}” has sequences alone. Choose the table of what was measured first, then this file.`,
      );
    this.#opening = true;
    try {
      const table = await this.#send(file);
      this.#files = isFasta ? [...this.#files.slice(0, 1), file] : [file];
      [this.#table, this.#column, this.#structure, this.#choice, this.#wanted] = [
        table,
        table.column,
        table.structure,
        {},
        null,
      ];
      this.#report.set(null);
      await this.#report.refresh();
    } finally {
      this.#opening = false;
    }
  }

  /** Another column is another quantity: what was said of the former does not hold for it. */
  async chooseColumn(column: string): Promise<void> {
    [this.#column, this.#choice, this.#wanted] = [column, {}, null];
    await this.#report.refresh();
  }

  async chooseStructure(structure: string): Promise<void> {
    this.#structure = structure;
    await this.#report.refresh();
  }

  /** @param change undefined takes back what was said */
  async say(change: Partial<TaskChoice>): Promise<void> {
    this.#choice = Object.fromEntries(
      Object.entries({ ...this.#choice, ...change }).filter(([, value]) => value !== undefined && value !== ''),
    );
    await this.#report.refresh();
  }

  async train(): Promise<void> {
    const { options, wanted } = this;
    if (options === null) return;
    this.training.set(await this.#client.invoke('predictor.train', { ...options, ...(wanted !== null && { wanted }) }));
  }

  async cancel(): Promise<void> {
    this.training.set(await this.#client.invoke('predictor.cancel', {}));
  }

  /** @param evenSo though the verdict refuses it */
  async keep(name: string, evenSo: boolean): Promise<void> {
    this.training.set(await this.#client.invoke('predictor.keep', { name, evenSo }));
    await this.predictors.refresh();
  }

  async #send(file: File): Promise<TableInfo> {
    return this.#client.invoke(fasta.test(file.name) ? 'predictor.addSequences' : 'predictor.openTable', {
      name: file.name,
      content: await base64(file),
    });
  }

  /**
   * Sends the files again to a host that no longer has them; what was said of them stays. Where that fails, the report
   * says so.
   */
  async #remind(): Promise<void> {
    if (this.#table === null || this.training.value?.state === 'running') return;
    await this.#report.refresh();
    if (this.options !== null && this.#report.error?.code !== 'conflict') return;
    this.#opening = true;
    try {
      for (const file of this.#files) this.#table = await this.#send(file);
    } catch {
      // The report tells what is missing.
    }
    this.#opening = false;
    await this.#report.refresh();
  }

  #take(state: TrainingState): void {
    this.training.set(state);
  }
}
