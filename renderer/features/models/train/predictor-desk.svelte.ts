/** @file The user's table during the training of a predictor: chosen, inspected, trained on, stored. */
import type {
  PredictorInfo,
  TableInfo,
  TableReport,
  TaskInfo,
  TaskOptionsInfo,
  TrainingState,
} from '../../../../contract/api.ts';
import { base64 } from '../../../lib/base64.ts';
import type { Client } from '../../../link/client.ts';
import { Resource } from '../../../state/resource.svelte.ts';
import { expectSendable, TrainingDesk } from '../training-desk.svelte.ts';

/** Files that contain only sequences. */
const fasta = /\.(fa|fasta|fna|fas)(\.gz)?$/i;

/** Corrections of what was detected. */
export type TaskChoice = Omit<TaskOptionsInfo, 'column' | 'structure'>;
export type Wanted = TaskInfo['wanted'];

export class PredictorDesk extends TrainingDesk<TrainingState> {
  readonly predictors: Resource<PredictorInfo[]>;
  #table: TableInfo | null = $state.raw(null);
  #column: string | null = $state(null);
  #structure: string | null = $state(null);
  #choice: TaskChoice = $state.raw({});
  #wanted: Wanted | null = $state(null);
  #report: Resource<TableReport | null>;
  /** The table, and its sequences in a separate file. They must be sent again to a restarted host. */
  #files: readonly File[] = [];

  constructor(client: Client) {
    super(client, {
      read: () => client.invoke('predictor.training', {}),
      watch: (listener) => client.subscribe('predictor.training', {}, listener),
      cancel: () => client.invoke('predictor.cancel', {}),
    });
    this.predictors = new Resource(() => client.invoke('predictor.list', {}));
    this.#report = new Resource(async () =>
      this.options === null ? null : client.invoke('predictor.inspect', this.options),
    );
  }

  get table(): TableInfo | null {
    return this.#table;
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

  /** Which values the user wants; null for the default. */
  get wanted(): Wanted | null {
    return this.#wanted;
  }

  set wanted(wanted: Wanted | null) {
    this.#wanted = wanted;
  }

  /** What would be learnt from the chosen column. */
  get report(): Resource<TableReport | null> {
    return this.#report;
  }

  /** Null until both columns are known. */
  get options(): TaskOptionsInfo | null {
    if (this.#column === null || this.#structure === null) return null;
    return { column: this.#column, structure: this.#structure, ...this.#choice };
  }

  override follow(): () => void {
    void this.predictors.refresh();
    return super.follow();
  }

  /**
   * Opens a table, or a FASTA file for the open table.
   * @throws ContractError if it is neither; Error if it is too large to send, or if a FASTA file comes before its table
   */
  async open(file: File): Promise<void> {
    expectSendable(file, 'Train on it with “amalgam train-predictor” on the command line.');
    const isFasta = fasta.test(file.name);
    if (isFasta && this.#table === null)
      throw new Error(`“${file.name}” has only sequences. Choose the table of measurements first, then this file.`);
    await this.whileOpening(async () => {
      this.#show(await this.#send(file));
      this.#files = isFasta ? [...this.#files.slice(0, 1), file] : [file];
      await this.#report.refresh();
    });
  }

  #show(table: TableInfo): void {
    [this.#table, this.#column, this.#structure] = [table, table.column, table.structure];
    [this.#choice, this.#wanted] = [{}, null];
    this.#report.set(null);
  }

  /** Another column is another quantity, so corrections of the previous one are discarded. */
  async chooseColumn(column: string): Promise<void> {
    [this.#column, this.#choice, this.#wanted] = [column, {}, null];
    await this.#report.refresh();
  }

  async chooseStructure(structure: string): Promise<void> {
    this.#structure = structure;
    await this.#report.refresh();
  }

  /** @param change undefined values remove a correction */
  async say(change: Partial<TaskChoice>): Promise<void> {
    this.#choice = Object.fromEntries(
      Object.entries({ ...this.#choice, ...change }).filter(([, value]) => value !== undefined && value !== ''),
    );
    await this.#report.refresh();
  }

  async start(): Promise<void> {
    const { options, wanted } = this;
    if (options === null) return;
    this.state.set(await this.client.invoke('predictor.train', { ...options, ...(wanted !== null && { wanted }) }));
  }

  /** @param evenSo stores it although the verdict advises against it */
  async keep(name: string, evenSo: boolean): Promise<void> {
    this.state.set(await this.client.invoke('predictor.keep', { name, evenSo }));
    await this.predictors.refresh();
  }

  async #send(file: File): Promise<TableInfo> {
    return this.client.invoke(fasta.test(file.name) ? 'predictor.addSequences' : 'predictor.openTable', {
      name: file.name,
      content: await base64(file),
    });
  }

  /** Corrections are kept. If the files cannot be sent, the report shows the error. */
  protected async remind(): Promise<void> {
    if (this.#table === null) return;
    await this.#report.refresh();
    if (this.options !== null && this.#report.error?.code !== 'conflict') return;
    await this.whileOpening(async () => {
      for (const file of this.#files) this.#table = await this.#send(file);
    }).catch(() => undefined);
    await this.#report.refresh();
  }
}
