/**
 * @file Scores batches of SMILES or DNA with the objectives and constraints of a request. Each molecule is parsed once,
 * read by all objectives, and freed. The code runs in a worker but does not depend on threads.
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

/** @throws ParameterError if the objective scores sequences of another modality */
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

/** @throws ParameterError, also if the objective cannot answer what is asked */
function bound<Context, Batch>(
  objective: Objective<Context, Batch>,
  given: Record<string, unknown>,
  asks: ObjectiveRequest['asks'],
  context: Context,
): Scorer<Batch> {
  if (asks === undefined) return objective.prepare(given, context);
  const answer = asks === 'applicability' ? objective.applicability : objective.standardError;
  if (answer === undefined)
    throw new ParameterError(
      'id',
      `"${objective.id}" has no ${asks === 'applicability' ? 'applicability domain' : 'standard error'}`,
    );
  return answer(given, context);
}

/** Binds the parameters of one requested objective. @throws UnknownObjectiveError, ParameterError */
function prepareMoleculeObjective(request: ObjectiveRequest, context: MoleculeContext): Scorer<MoleculeBatch> {
  const objective = find(request, 'molecule') as MoleculeObjective;
  return bound(objective, checkParameters(objective, request.parameters), request.asks, context);
}

/** Binds the parameters of one requested objective. @throws UnknownObjectiveError, ParameterError */
export function prepareDnaObjective(request: ObjectiveRequest, context: DnaContext): Scorer<DnaBatch> {
  const objective = find(request, 'dna') as DnaObjective;
  return bound(objective, checkParameters(objective, request.parameters), request.asks, context);
}

/**
 * Prepares all objectives of a request, then its constraints.
 * @throws what one of them throws; nothing stays allocated then
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

/**
 * Raw scores of each scorer. Scorers run one after another because a thread gains nothing from starting all at once.
 */
async function columnsOf<Batch>(scorers: readonly Scorer<Batch>[], batch: Batch): Promise<RawScores[]> {
  const columns: RawScores[] = [];
  for (const scorer of scorers) columns.push(await scorer.score(batch));
  return columns;
}

/** Scores batches, one at a time. There is one per worker and run. */
export interface SequenceScoring {
  /**
   * Scores sequences in order.
   * @throws RdkitCrash if RDKit's memory is lost; the worker must then be replaced
   */
  score(sequences: readonly string[]): Promise<ScoredSequence[]>;
  dispose(): void;
}

/**
 * Sequences whose scores are remembered, at one or two kilobytes each in pool and worker together. Beyond this the
 * oldest are forgotten. Generators mostly repeat recent sequences, so a larger cache would save little.
 */
export const REMEMBERED = 50_000;

/** Result of an invalid sequence. */
export function missingSequence(request: ScoringRequest): ScoredSequence {
  return {
    canonical: null,
    scaffold: null,
    raw: request.objectives.map(() => null),
    constraints: request.constraints.map(() => null),
  };
}

/** Adds an entry and drops the oldest if there are more than `most`. */
export function remember<Value>(memory: Map<string, Value>, key: string, value: Value, most: number): void {
  memory.set(key, value);
  if (memory.size <= most) return;
  for (const oldest of memory.keys()) {
    memory.delete(oldest);
    return;
  }
}

/** Scores molecules. Each is scored once, whatever its spelling. */
export class MoleculeScoring implements SequenceScoring {
  readonly #context: MoleculeContext;
  readonly #request: ScoringRequest;
  /** Scorers of the objectives, followed by those of the constraints. */
  readonly #scorers: Scorer<MoleculeBatch>[];
  /** Scores by canonical SMILES. */
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

  /** A molecule that RDKit parses but cannot write or read out is invalid. */
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
    const forms = this.#request.explain ? this.#formsOf(molecules) : [];
    return molecules.map((molecule, row) => {
      const scores: RawScores = columns.map((column) => column[row]);
      const form = forms[row] ?? null;
      return {
        canonical: molecule.canonical,
        scaffold: scaffoldKey(molecule.graph),
        raw: scores.slice(0, split),
        constraints: scores.slice(split),
        ...(form !== null && { form }),
      };
    });
  }

  /** Of the objectives that take another form, the first; all take the same. */
  #formsOf(molecules: readonly Molecule[]): (string | null)[] {
    const said = this.#scorers.flatMap((scorer) => (scorer.formsOf === undefined ? [] : [scorer.formsOf(molecules)]));
    return molecules.map((_, row) => said.map((forms) => forms[row]).find((form) => form !== null) ?? null);
  }

  /** Scores by canonical SMILES, remembered or computed. New scores are remembered. */
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

/**
 * Scores DNA. Sequences differ only in the case of their letters from their canonical form, and nothing has to be
 * freed.
 */
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
