/** @file The design that the form is writing, checked by the host as it changes. */
import type { Catalogue, Estimate, ObjectiveInfo, ParameterInfo, Problem, Result } from '../../../contract/api.ts';
import type { Design, ObjectiveEntry } from '../../../contract/design-shape.ts';
import { shares } from '../../lib/goals.ts';
import { asContractError, type Client } from '../../link/client.ts';
import { DraftGoal, DraftLimit } from './goals/draft-goal.svelte.ts';

export type Check = Result<'design.check'>;
type Settings = Design['run'];
type Modality = Design['modality'];

/** Long enough for typing to end, short enough to feel immediate. */
const debounceMs = 350;

export const blankDesign: Omit<Design, 'objective'> = {
  name: '',
  modality: 'molecule',
  prior: 'druglike',
  generate: {},
  run: {},
  constraint: [],
};

export class Draft {
  #client: Client;
  #catalogue: Catalogue;
  #name = $state('');
  #modality: Modality = $state('molecule');
  // What belongs to a modality is kept while the other one is looked at.
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
    this.load({ ...blankDesign, prior: this.#priors.molecule, objective: [] });
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

  /** Goals, limits, generator and shape of the other modality come back with it. */
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

  set prior(name: string) {
    this.#priors = { ...this.#priors, [this.#modality]: name };
  }

  /** What of the generated sequences can be asked for. */
  get generateParameters(): readonly ParameterInfo[] {
    return this.#catalogue.generate[this.#modality];
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

  /** What was left out of what was pasted or typed, by its place. */
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

  /** @returns ids that this version's catalogue doesn't know; they are left out */
  load(design: Omit<Design, 'objective'> & { objective: ObjectiveEntry[] }): string[] {
    this.#name = design.name;
    this.#modality = design.modality;
    this.#priors = { ...this.#priors, [design.modality]: design.prior };
    this.#generates = { molecule: {}, dna: {}, [design.modality]: { ...design.generate } };
    this.#settings = { ...design.run };
    this.#allGoals = design.objective.flatMap((entry) =>
      this.#known(entry.id).map((objective) => new DraftGoal(objective, entry)),
    );
    this.#allLimits = design.constraint.flatMap((entry) =>
      this.#known(entry.id).map((objective) => new DraftLimit(objective, entry)),
    );
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

  /** @returns puts it back where it stood, with all that was filled in */
  removeGoal(goal: DraftGoal): () => void {
    const at = this.#allGoals.indexOf(goal);
    this.#allGoals = this.#allGoals.filter((one) => one !== goal);
    return () => (this.#allGoals = withAt(this.#allGoals, at, goal));
  }

  addLimit(objective: ObjectiveInfo): void {
    this.#allLimits = [...this.#allLimits, new DraftLimit(objective, { id: objective.id, max: objective.typical[1] })];
  }

  /** @returns puts it back where it stood */
  removeLimit(limit: DraftLimit): () => void {
    const at = this.#allLimits.indexOf(limit);
    this.#allLimits = this.#allLimits.filter((one) => one !== limit);
    return () => (this.#allLimits = withAt(this.#allLimits, at, limit));
  }

  setGenerate(name: string, value: Settings[string]): void {
    this.#generates = { ...this.#generates, [this.#modality]: { ...this.generate, [name]: value } };
  }

  /** What the design doesn't ask for is the generator's choice. */
  clearGenerate(name: string): void {
    this.#generates = { ...this.#generates, [this.#modality]: without(this.generate, name) };
  }

  setSetting(name: string, value: Settings[string]): void {
    this.#settings = { ...this.#settings, [name]: value };
  }

  /** A setting that the design doesn't name has its documented default. */
  clearSetting(name: string): void {
    this.#settings = without(this.#settings, name);
  }

  /** Checks the design once it has been left alone for a moment. @returns a function that calls it off */
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

  /** What the form knows by itself to be unfinished; the host is not asked until it is mended. */
  #findOwnProblems(): Problem[] {
    const named = this.#name.trim() === '' ? [{ path: 'name', message: 'Give the design a name.' }] : [];
    const some = this.#goals.length === 0 ? [{ path: 'objective', message: 'Add at least one goal.' }] : [];
    const filled = this.#goals.flatMap((goal, i) =>
      goal.complete ? [] : [{ path: `objective.${i}`, message: 'Enter every number.' }],
    );
    return [...named, ...some, ...filled];
  }
}

/** The list with one at a place; unchanged where it is there already. */
function withAt<T>(list: readonly T[], at: number, one: T): T[] {
  return list.includes(one) ? [...list] : list.toSpliced(Math.min(at, list.length), 0, one);
}

function without(settings: Settings, name: string): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([known]) => known !== name));
}
