/** @file A goal and a limit being edited in the form. An empty number field is NaN. */
import type { GoalInfo, ObjectiveInfo, ParameterInfo, Preview } from '../../../../contract/api.ts';
import type { ConstraintEntry, ObjectiveEntry, ParameterValue } from '../../../../contract/design-shape.ts';
import { entryOfGoal, fittedGoal, type GoalKind, goalOfEntry, goalOfKind, numbersOf } from '../../../lib/goals.ts';
import type { LimitKind } from '../../../lib/limits.ts';

export type Values = Record<string, ParameterValue>;
export type LimitNumber = 'min' | 'max' | 'tolerance' | 'start' | 'rate' | 'allowed';
const limitNumbers: readonly LimitNumber[] = ['min', 'max', 'tolerance', 'start', 'rate', 'allowed'];
/** Numbers that each kind of limit has. */
const numbersOfKind: Record<LimitKind, readonly LimitNumber[]> = {
  hard: ['min', 'max'],
  soft: ['min', 'max', 'tolerance'],
  learned: limitNumbers,
};

let nextKey = 1;

/** Parameters of an entry, or their defaults. Parameters without either are left out. */
export function valuesOf(parameters: readonly ParameterInfo[], entry: Record<string, unknown>): Values {
  const given = ({ name, alias }: ParameterInfo) => entry[name] ?? (alias === undefined ? undefined : entry[alias]);
  const values = parameters.map((parameter) => [parameter.name, given(parameter) ?? parameter.default] as const);
  return Object.fromEntries(
    values.filter((pair): pair is [string, ParameterValue] => pair[1] !== null && pair[1] !== undefined),
  );
}

/** Removes an optional parameter if its field is empty. */
function withParameter(values: Values, { parameters }: ObjectiveInfo, name: string, value: ParameterValue): Values {
  const optional = parameters.some((parameter) => parameter.name === name && parameter.optional === true);
  const empty = Number.isNaN(value) || value === '' || (Array.isArray(value) && value.length === 0);
  const others = Object.fromEntries(Object.entries(values).filter(([known]) => known !== name));
  return optional && empty ? others : { ...others, [name]: value };
}

/** A design can contain an objective several times (for two references), so goals have their own key. */
export class DraftGoal {
  readonly key = nextKey++;
  readonly objective: ObjectiveInfo;
  #goal: GoalInfo = $state.raw({ kind: 'higher', from: 0, to: 1 });
  #weight = $state(1);
  #label: string | undefined = $state();
  #parameters: Values = $state.raw({});
  #entry: ObjectiveEntry = $derived.by(() => this.#toEntry());
  #complete: boolean = $derived.by(
    () => numbersOf(this.#goal).every((value) => !Number.isNaN(value)) && !Number.isNaN(this.#weight),
  );

  constructor(objective: ObjectiveInfo, entry: ObjectiveEntry) {
    this.objective = objective;
    this.#goal = goalOfEntry(entry, objective);
    this.#weight = entry.weight ?? 1;
    this.#label = entry.label;
    this.#parameters = valuesOf(objective.parameters, entry);
  }

  get goal(): GoalInfo {
    return this.#goal;
  }

  get weight(): number {
    return this.#weight;
  }

  get label(): string {
    return this.#label ?? this.objective.label;
  }

  get parameters(): Values {
    return this.#parameters;
  }

  get entry(): ObjectiveEntry {
    return this.#entry;
  }

  /** False while a number is empty. */
  get complete(): boolean {
    return this.#complete;
  }

  setKind(kind: GoalKind): void {
    if (kind !== this.#goal.kind) this.#goal = goalOfKind(kind, this.objective);
  }

  /** Sets the numbers that fit samples of the generator. Only the user asks for it. */
  fit(fitted: Preview['fitted']): void {
    this.#goal = fittedGoal(this.#goal, fitted);
  }

  /** Replaces the values of the goal, without changing its kind. */
  setGoal(goal: GoalInfo): void {
    this.#goal = goal;
  }

  setWeight(weight: number): void {
    this.#weight = weight;
  }

  setParameter(name: string, value: ParameterValue): void {
    this.#parameters = withParameter(this.#parameters, this.objective, name, value);
  }

  #toEntry(): ObjectiveEntry {
    const entry = { ...this.#parameters, id: this.objective.id, ...entryOfGoal(this.#goal), weight: this.#weight };
    return this.#label === undefined ? entry : { ...entry, label: this.#label };
  }
}

export class DraftLimit {
  readonly key = nextKey++;
  readonly objective: ObjectiveInfo;
  #kind: LimitKind = $state('hard');
  #numbers: Partial<Record<LimitNumber, number>> = $state.raw({});
  #parameters: Values = $state.raw({});
  #entry: ConstraintEntry = $derived.by(() => ({
    ...this.#parameters,
    id: this.objective.id,
    ...(this.#kind !== 'hard' && { enforce: this.#kind }),
    ...this.#numbers,
  }));

  constructor(objective: ObjectiveInfo, entry: ConstraintEntry) {
    this.objective = objective;
    this.#numbers = Object.fromEntries(
      limitNumbers.flatMap((name) => (entry[name] === undefined ? [] : [[name, entry[name]]])),
    );
    this.#kind = kindOfLimit(entry);
    this.#parameters = valuesOf(objective.parameters, entry);
  }

  get kind(): LimitKind {
    return this.#kind;
  }

  /** Keyed by the names in a design file. Omitted numbers have their defaults there. */
  get numbers(): Partial<Record<LimitNumber, number>> {
    return this.#numbers;
  }

  get parameters(): Values {
    return this.#parameters;
  }

  get entry(): ConstraintEntry {
    return this.#entry;
  }

  /**
   * Discards numbers that the new kind does not use. A soft limit starts with a tolerance of a tenth of the typical
   * range.
   */
  setKind(kind: LimitKind): void {
    const [low, high] = this.objective.typical;
    const kept = Object.fromEntries(
      Object.entries(this.#numbers).filter(([name]) => numbersOfKind[kind].includes(name as LimitNumber)),
    );
    this.#numbers = kind === 'soft' && kept.tolerance === undefined ? { ...kept, tolerance: (high - low) / 10 } : kept;
    this.#kind = kind;
  }

  /** An empty number is removed. */
  setNumber(name: LimitNumber, value: number): void {
    const others = Object.fromEntries(Object.entries(this.#numbers).filter(([known]) => known !== name));
    this.#numbers = Number.isNaN(value) ? others : { ...others, [name]: value };
  }

  setParameter(name: string, value: ParameterValue): void {
    this.#parameters = withParameter(this.#parameters, this.objective, name, value);
  }
}

/** Same rule as in the host: soft with a tolerance, hard without. */
function kindOfLimit({ enforce, tolerance = 0 }: ConstraintEntry): LimitKind {
  const known = (Object.keys(numbersOfKind) as LimitKind[]).find((one) => one === enforce);
  return known ?? (tolerance > 0 ? 'soft' : 'hard');
}
