/** @file The design being edited in the form. The host checks it as it changes. */
import type { Catalogue, Estimate, ObjectiveInfo, ParameterInfo, Problem, Result } from '../../../contract/api.ts';
import type { ConstraintEntry, Design, ObjectiveEntry } from '../../../contract/design-shape.ts';
import { shares } from '../../lib/goals.ts';
import { asContractError, type Client } from '../../link/client.ts';
import { DraftGoal, DraftLimit } from './goals/draft-goal.svelte.ts';

export type Check = Result<'design.check'>;
type Settings = Design['run'];
type Modality = Design['modality'];

/** Long enough for a pause in typing, short enough to feel immediate. */
const debounceMs = 350;

const blankDesign: Omit<Design, 'objective'> = {
  name: '',
  modality: 'molecule',
  prior: 'druglike',
  generate: {},
  run: {},
  constraint: [],
};

/** Keys of the [generate] table that stand among the expert settings. */
const expertGenerate: readonly string[] = ['realism'];

export class Draft {
  #client: Client;
  #catalogue: Catalogue;
  #name = $state('');
  #modality: Modality = $state('molecule');
  // Settings of one modality are kept while the user looks at the other.
  #priors: Record<Modality, string> = $state.raw({ molecule: '', dna: '' });
  #generates: Record<Modality, Settings> = $state.raw({ molecule: {}, dna: {} });
  #settings: Settings = $state.raw({});
  #allGoals: DraftGoal[] = $state.raw([]);
  #allLimits: DraftLimit[] = $state.raw([]);
  #goals: DraftGoal[] = $derived(this.#allGoals.filter(({ objective }) => this.#fits(objective)));
  #limits: DraftLimit[] = $derived(this.#allLimits.filter(({ objective }) => this.#fits(objective)));
  #check: Check | undefined = $state.raw();
  #checking = $state(false);
  #turn = 0;
  #shares: number[] = $derived(shares(this.#goals.map(({ weight }) => weight || 0)));
  #design: Design = $derived.by(() => this.#toDesign());
  #ownProblems: Problem[] = $derived.by(() => this.#findOwnProblems());
  #problems: Problem[] = $derived([
    ...this.#ownProblems,
    ...(this.#ownProblems.length > 0 ? [] : (this.#check?.problems ?? [])),
  ]);

  constructor(client: Client, catalogue: Catalogue) {
    this.#client = client;
    this.#catalogue = catalogue;
    this.#priors = { molecule: this.#firstPrior('molecule'), dna: this.#firstPrior('dna') };
    this.load(this.blank);
  }

  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    this.#name = name;
  }

  get modality(): Modality {
    return this.#modality;
  }

  /** Restores the other modality's goals, limits, generator and shape. */
  set modality(modality: Modality) {
    this.#modality = modality;
  }

  /** Generators of the design's modality. */
  get priors(): Catalogue['priors'] {
    return this.#catalogue.priors.filter(({ modality }) => modality === this.#modality);
  }

  get prior(): string {
    return this.#priors[this.#modality];
  }

  /** Limits that the user has not changed become those of the new generator. */
  set prior(name: string) {
    const unchanged = sameEntries(this.#toDesign().constraint, this.usualLimits(this.prior));
    if (unchanged) this.#allLimits = [...this.#otherLimits(), ...this.#limitsOf(this.usualLimits(name))];
    this.#priors = { ...this.#priors, [this.#modality]: name };
  }

  /** Limits with which a new design for a generator starts. */
  usualLimits(prior: string): ConstraintEntry[] {
    return this.#catalogue.priors.find(({ name }) => name === prior)?.limits ?? [];
  }

  /** A new design with the generator of the form. */
  get blank(): Design {
    const { prior } = this;
    const constraint = this.usualLimits(prior);
    return { ...blankDesign, prior, modality: this.#modality, objective: [], constraint };
  }

  /** Parameters that a user can set for the generated sequences. */
  get generateParameters(): readonly ParameterInfo[] {
    return this.#catalogue.generate[this.#modality].filter(({ name }) => !expertGenerate.includes(name));
  }

  /** Those that few users change. Their default depends on the generator. */
  get expertGenerateParameters(): readonly ParameterInfo[] {
    const realism = this.priors.find(({ name }) => name === this.prior)?.realism ?? false;
    return this.#catalogue.generate[this.#modality]
      .filter(({ name }) => expertGenerate.includes(name))
      .map((parameter) => ({ ...parameter, default: realism }));
  }

  get generate(): Settings {
    return this.#generates[this.#modality];
  }

  get goals(): readonly DraftGoal[] {
    return this.#goals;
  }

  get limits(): readonly DraftLimit[] {
    return this.#limits;
  }

  get settings(): Settings {
    return this.#settings;
  }

  get shares(): readonly number[] {
    return this.#shares;
  }

  get design(): Design {
    return this.#design;
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Messages about pasted or typed input that was left out, by field. */
  get notes(): readonly Problem[] {
    return this.#check?.notes ?? [];
  }

  get checking(): boolean {
    return this.#checking;
  }

  /** How long a run will take on this computer; null while unknown. */
  get estimate(): Estimate | null {
    return this.#check?.estimate ?? null;
  }

  get ready(): boolean {
    return this.#check?.ok === true && !this.#checking && this.#problems.length === 0;
  }

  /** Objectives of the design's modality. */
  get objectives(): ObjectiveInfo[] {
    return this.#catalogue.objectives.filter((objective) => this.#fits(objective));
  }

  /** @returns ids that are missing from this version's catalogue; they are left out */
  load(design: Omit<Design, 'objective'> & { objective: ObjectiveEntry[] }): string[] {
    this.#name = design.name;
    this.#modality = design.modality;
    this.#priors = { ...this.#priors, [design.modality]: design.prior };
    this.#generates = { molecule: {}, dna: {}, [design.modality]: { ...design.generate } };
    this.#settings = { ...design.run };
    this.#allGoals = design.objective.flatMap((entry) =>
      this.#known(entry.id).map((objective) => new DraftGoal(objective, entry)),
    );
    this.#allLimits = this.#limitsOf(design.constraint);
    this.#check = undefined;
    return [...design.objective, ...design.constraint].map(({ id }) => id).filter((id) => this.#known(id).length === 0);
  }

  addGoal(objective: ObjectiveInfo): void {
    const weights = this.#goals.map(({ weight }) => weight);
    const mean = weights.length === 0 ? 1 : weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
    this.#allGoals = [
      ...this.#allGoals,
      new DraftGoal(objective, { id: objective.id, weight: Number(mean.toFixed(2)) }),
    ];
  }

  /** @returns a function that puts the goal back in its place, with all its values */
  removeGoal(goal: DraftGoal): () => void {
    const at = this.#allGoals.indexOf(goal);
    this.#allGoals = this.#allGoals.filter((one) => one !== goal);
    return () => (this.#allGoals = withAt(this.#allGoals, at, goal));
  }

  addLimit(objective: ObjectiveInfo): void {
    this.#allLimits = [...this.#allLimits, new DraftLimit(objective, { id: objective.id, max: objective.typical[1] })];
  }

  /** @returns a function that puts the limit back in its place */
  removeLimit(limit: DraftLimit): () => void {
    const at = this.#allLimits.indexOf(limit);
    this.#allLimits = this.#allLimits.filter((one) => one !== limit);
    return () => (this.#allLimits = withAt(this.#allLimits, at, limit));
  }

  setGenerate(name: string, value: Settings[string]): void {
    this.#generates = { ...this.#generates, [this.#modality]: { ...this.generate, [name]: value } };
  }

  /** Removes a setting, so that the generator decides. */
  clearGenerate(name: string): void {
    this.#generates = { ...this.#generates, [this.#modality]: without(this.generate, name) };
  }

  setSetting(name: string, value: Settings[string]): void {
    this.#settings = { ...this.#settings, [name]: value };
  }

  /** Removes a setting, so that its documented default applies. */
  clearSetting(name: string): void {
    this.#settings = without(this.#settings, name);
  }

  /**
   * Checks the design after a pause in editing.
   * @returns a function that cancels the check
   */
  checkSoon(design: Design): () => void {
    this.#checking = true;
    const timer = setTimeout(() => void this.checkNow(design), debounceMs);
    return () => clearTimeout(timer);
  }

  async checkNow(design: Design): Promise<void> {
    const turn = ++this.#turn;
    const check = await this.#ask(design);
    if (turn !== this.#turn) return;
    this.#check = check;
    this.#checking = false;
  }

  /** @returns the id of the stored design */
  async create(): Promise<number> {
    const { designId } = await this.#client.invoke('design.create', { design: this.#design });
    return designId;
  }

  async #ask(design: Design): Promise<Check> {
    if (this.#ownProblems.length > 0) return { ok: false, problems: [], notes: [], estimate: null };
    try {
      return await this.#client.invoke('design.check', { design });
    } catch (error) {
      return {
        ok: false,
        problems: [{ path: '', message: asContractError(error).message }],
        notes: [],
        estimate: null,
      };
    }
  }

  #firstPrior(modality: Modality): string {
    return this.#catalogue.priors.find((prior) => prior.modality === modality)?.name ?? '';
  }

  #fits({ modality }: ObjectiveInfo): boolean {
    return modality === this.#modality || modality === 'any';
  }

  #limitsOf(entries: readonly ConstraintEntry[]): DraftLimit[] {
    return entries.flatMap((entry) => this.#known(entry.id).map((objective) => new DraftLimit(objective, entry)));
  }

  /** Limits of the other modality. */
  #otherLimits(): DraftLimit[] {
    return this.#allLimits.filter(({ objective }) => !this.#fits(objective));
  }

  #known(id: string): ObjectiveInfo[] {
    return this.#catalogue.objectives.filter((objective) => objective.id === id);
  }

  #toDesign(): Design {
    return {
      name: this.#name.trim(),
      modality: this.#modality,
      prior: this.prior,
      generate: this.generate,
      run: this.#settings,
      objective: this.#goals.map(({ entry }) => entry),
      constraint: this.#limits.map(({ entry }) => entry),
    };
  }

  /** Problems that the form finds without the host. The host is not called until they are solved. */
  #findOwnProblems(): Problem[] {
    const named = this.#name.trim() === '' ? [{ path: 'name', message: 'Give the design a name.' }] : [];
    const some = this.#goals.length === 0 ? [{ path: 'objective', message: 'Add at least one goal.' }] : [];
    const filled = this.#goals.flatMap((goal, i) =>
      goal.complete ? [] : [{ path: `objective.${i}`, message: 'Enter every number.' }],
    );
    return [...named, ...some, ...filled];
  }
}

/** The list with an item at an index; unchanged if the list already contains the item. */
function withAt<T>(list: readonly T[], at: number, one: T): T[] {
  return list.includes(one) ? [...list] : list.toSpliced(Math.min(at, list.length), 0, one);
}

function without(settings: Settings, name: string): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([known]) => known !== name));
}

/** Whether two lists of limits bound the same properties alike. Parameters at their defaults do not count. */
function sameEntries(now: readonly ConstraintEntry[], usual: readonly ConstraintEntry[]): boolean {
  const bounds = ({ id, enforce, min, max, tolerance }: ConstraintEntry) => [id, enforce, min, max, tolerance];
  return JSON.stringify(now.map(bounds)) === JSON.stringify(usual.map(bounds));
}
