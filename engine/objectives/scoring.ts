/**
 * Scores batches of SMILES or DNA with a request's objectives and constraints.
 * One molecule is parsed once, all objectives read it, then it is freed. Runs in
 * a worker; knows nothing of threads.
 */
import { type Modality, modalityWords } from '../base/modality.ts';
import { ParameterError } from '../base/parameter-error.ts';
import { MoleculeError } from '../chem/errors.ts';
import type { Molecule } from '../chem/molecule.ts';
import { scaffoldKey } from '../chem/scaffold.ts';
import { explainDna, parseDna } from '../dna/sequence.ts';
import { familyKey } from '../dna/sketch.ts';
import { type AnyObjective, findObjective } from './catalogue.ts';
import type { DnaBatch, DnaContext, DnaObjective } from './dna.ts';
import type { MoleculeBatch, MoleculeContext, MoleculeObjective } from './molecules.ts';
import { checkParameters } from './parameters.ts';
import type { Objective, ObjectiveRequest, RawScores, ScoredSequence, Scorer, ScoringRequest } from './types.ts';

/** Molecules in WASM memory at a time; 64 drug-like ones take about 1 MB. */
const CHUNK = 64;

/** @throws ParameterError where the objective scores sequences of another modality */
export function refuseForeign(objective: AnyObjective, modality: Modality): void {
  const scope = objective.modality;
  if (scope !== 'any' && scope !== modality)
    throw new ParameterError(
      'id',
      `"${objective.id}" scores ${modalityWords[scope].kind}, not ${modalityWords[modality].kind}`,
    );
}

function find(request: ObjectiveRequest, modality: Modality): AnyObjective {
  const objective = findObjective(request.id);
  refuseForeign(objective, modality);
  return objective;
}

/** @throws ParameterError, also where an objective is asked what it can't tell */
function bound<Context, Batch>(
  objective: Objective<Context, Batch>,
  given: Record<string, unknown>,
  asks: ObjectiveRequest['asks'],
  context: Context,
): Scorer<Batch> {
  if (asks === undefined) return objective.prepare(given, context);
  const answer = asks === 'applicability' ? objective.knows : objective.errs;
  if (answer === undefined)
    throw new ParameterError(
      'id',
      `"${objective.id}" can't tell ${asks === 'applicability' ? 'what it knows' : 'how far it may err'}`,
    );
  return answer(given, context);
}

/** Binds the parameters of one requested objective. @throws UnknownObjectiveError, ParameterError */
export function prepareMoleculeObjective(request: ObjectiveRequest, context: MoleculeContext): Scorer<MoleculeBatch> {
  const objective = find(request, 'molecule') as MoleculeObjective;
  return bound(objective, checkParameters(objective, request.parameters), request.asks, context);
}

/** Binds the parameters of one requested objective. @throws UnknownObjectiveError, ParameterError */
export function prepareDnaObjective(request: ObjectiveRequest, context: DnaContext): Scorer<DnaBatch> {
  const objective = find(request, 'dna') as DnaObjective;
  return bound(objective, checkParameters(objective, request.parameters), request.asks, context);
}

/**
 * Prepares all of a request's objectives, then its constraints.
 * @throws what one throws; nothing stays allocated then
 */
function prepareAll<Batch>(
  { objectives, constraints }: ScoringRequest,
  prepare: (request: ObjectiveRequest) => Scorer<Batch>,
): Scorer<Batch>[] {
  const scorers: Scorer<Batch>[] = [];
  try {
    for (const one of [...objectives, ...constraints]) scorers.push(prepare(one));
    return scorers;
  } catch (error) {
    for (const scorer of scorers) scorer.dispose();
    throw error;
  }
}

/** Raw scores of each scorer, computed one after another: a thread gains nothing from asking for all at once. */
async function columnsOf<Batch>(scorers: readonly Scorer<Batch>[], batch: Batch): Promise<RawScores[]> {
  const columns: RawScores[] = [];
  for (const scorer of scorers) columns.push(await scorer.score(batch));
  return columns;
}

/** Scores batches, one at a time; made once a worker and run. */
export interface SequenceScoring {
  /**
   * @returns one entry a sequence, in order
   * @throws RdkitCrash where RDKit's memory is lost; the worker must then be replaced
   */
  score(sequences: readonly string[]): Promise<ScoredSequence[]>;
  dispose(): void;
}

/**
 * Sequences whose scores are remembered, at one or two kilobytes each in pool and
 * worker together; beyond that the oldest are forgotten, and would be computed
 * again. A generator repeats what it wrote lately, so more would save little.
 */
export const REMEMBERED = 50_000;

/** What an invalid sequence gives. */
export function missingSequence(request: ScoringRequest): ScoredSequence {
  return {
    canonical: null,
    scaffold: null,
    raw: request.objectives.map(() => null),
    constraints: request.constraints.map(() => null),
  };
}

/** Adds an entry, and forgets the oldest where there are more than `most`. */
export function remember<Value>(memory: Map<string, Value>, key: string, value: Value, most: number): void {
  memory.set(key, value);
  if (memory.size <= most) return;
  for (const oldest of memory.keys()) {
    memory.delete(oldest);
    return;
  }
}

/** A molecule is scored once, however it is spelled. */
export class MoleculeScoring implements SequenceScoring {
  readonly #context: MoleculeContext;
  readonly #request: ScoringRequest;
  /** The objectives' scorers, then the constraints'. */
  readonly #scorers: Scorer<MoleculeBatch>[];
  /** By canonical SMILES. */
  readonly #memory = new Map<string, ScoredSequence>();
  readonly #remembered: number;

  /**
   * @param remembered most molecules whose scores are kept
   * @throws UnknownObjectiveError, ParameterError; nothing stays allocated then
   */
  constructor(request: ScoringRequest, context: MoleculeContext, remembered = REMEMBERED) {
    this.#context = context;
    this.#request = request;
    this.#remembered = remembered;
    this.#scorers = prepareAll(request, (one) => prepareMoleculeObjective(one, context));
  }

  async score(sequences: readonly string[]): Promise<ScoredSequence[]> {
    const scored: ScoredSequence[] = [];
    for (let start = 0; start < sequences.length; start += CHUNK)
      scored.push(...(await this.#scoreChunk(sequences.slice(start, start + CHUNK))));
    return scored;
  }

  async #scoreChunk(sequences: readonly string[]): Promise<ScoredSequence[]> {
    const molecules: (Molecule | null)[] = [];
    try {
      for (const sequence of sequences) molecules.push(this.#parse(sequence));
      const scored = await this.#scoresOf(molecules.filter((molecule) => molecule !== null));
      return molecules.map((molecule, i) => (molecule ? scored.get(molecule.canonical)! : this.#missing(sequences[i])));
    } finally {
      for (const molecule of molecules) molecule?.dispose();
    }
  }

  /** A molecule that RDKit parses but can neither write nor read out counts as invalid. */
  #parse(sequence: string): Molecule | null {
    const molecule = this.#context.rdkit.parse(sequence);
    if (!molecule) return null;
    try {
      return molecule.canonical !== '' && molecule.graph.atoms > 0 ? molecule : discard(molecule);
    } catch (error) {
      discard(molecule);
      if (error instanceof MoleculeError) return null;
      throw error;
    }
  }

  async #compute(molecules: readonly Molecule[]): Promise<(ScoredSequence & { canonical: string })[]> {
    const columns = await columnsOf(this.#scorers, molecules);
    const split = this.#request.objectives.length;
    return molecules.map((molecule, row) => {
      const scores: RawScores = columns.map((column) => column[row]);
      return {
        canonical: molecule.canonical,
        scaffold: scaffoldKey(molecule.graph),
        raw: scores.slice(0, split),
        constraints: scores.slice(split),
      };
    });
  }

  /** Remembered or computed, by canonical SMILES; what is new is remembered. */
  async #scoresOf(molecules: readonly Molecule[]): Promise<Map<string, ScoredSequence>> {
    const scored = new Map<string, ScoredSequence>();
    const fresh = new Map<string, Molecule>();
    for (const molecule of molecules) {
      const known = this.#memory.get(molecule.canonical);
      if (known) scored.set(molecule.canonical, known);
      else fresh.set(molecule.canonical, molecule);
    }
    for (const one of await this.#compute([...fresh.values()])) {
      scored.set(one.canonical, one);
      remember(this.#memory, one.canonical, one, this.#remembered);
    }
    return scored;
  }

  #missing(sequence: string): ScoredSequence {
    const missing = missingSequence(this.#request);
    return this.#request.explain ? { ...missing, reason: this.#context.rdkit.explain(sequence) } : missing;
  }

  dispose(): void {
    for (const scorer of this.#scorers.splice(0)) scorer.dispose();
  }
}

/** DNA as it is written is what it is, but for the letters' case: there is nothing to free. */
export class DnaScoring implements SequenceScoring {
  readonly #request: ScoringRequest;
  readonly #scorers: Scorer<DnaBatch>[];

  /** @throws UnknownObjectiveError, ParameterError; nothing stays allocated then */
  constructor(request: ScoringRequest, context: DnaContext) {
    this.#request = request;
    this.#scorers = prepareAll(request, (one) => prepareDnaObjective(one, context));
  }

  async score(sequences: readonly string[]): Promise<ScoredSequence[]> {
    const parsed = sequences.map(parseDna);
    const columns = await columnsOf(this.#scorers, parsed);
    const split = this.#request.objectives.length;
    return parsed.map((sequence, row) => {
      if (sequence === null)
        return {
          ...missingSequence(this.#request),
          ...(this.#request.explain && { reason: explainDna(sequences[row]) }),
        };
      const scores = columns.map((column) => column[row]);
      return {
        canonical: sequence,
        scaffold: familyKey(sequence),
        raw: scores.slice(0, split),
        constraints: scores.slice(split),
      };
    });
  }

  dispose(): void {
    for (const scorer of this.#scorers.splice(0)) scorer.dispose();
  }
}

function discard(molecule: Molecule): null {
  molecule.dispose();
  return null;
}
