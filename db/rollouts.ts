/** @file Writes rollouts with their samples and new candidates, within the transaction of a round or a blend. */
import { appendRanking, candidateCount, type RankingEntry, scaffoldCount } from './columns.ts';
import type { WritableWorkspace } from './handle.ts';
import type { NewCandidate, NewRollout, NewSample, Scores } from './records.ts';
import { get, prepare, rowsInsert, run, sql } from './sql.ts';

/** What rollouts belong to: a round of the run, or a blend of its experts. */
export type Place = { readonly round: number } | { readonly blendId: number };

/** Samples of a blend have no step. */
export type PlacedRollout = Omit<NewRollout, 'step'> & { readonly step: number | null };

export interface RunShape {
  readonly runId: number;
  readonly objectives: number;
  readonly constraints: number;
}

export interface Inserted {
  /** Candidates that are new to the run, in order. */
  readonly discovered: number;
  /** Id of the candidate of each valid sample, in order. */
  readonly candidateIds: readonly number[];
}

export function insertRollouts(
  db: WritableWorkspace,
  shape: RunShape,
  place: Place,
  rollouts: readonly PlacedRollout[],
  candidates: readonly NewCandidate[],
): Inserted {
  const registry = new CandidateRegistry(db, shape, candidates);
  const candidateIds = rollouts.flatMap((rollout) => insertRollout(db, shape.runId, place, rollout, registry));
  return { discovered: registry.finish(), candidateIds };
}

function insertRollout(
  db: WritableWorkspace,
  runId: number,
  place: Place,
  rollout: PlacedRollout,
  registry: CandidateRegistry,
): number[] {
  const before = registry.discovered;
  const ids = rollout.samples.map(({ canonical }) => (canonical === null ? null : registry.idOf(canonical)));
  const found = ids.filter((id) => id !== null);
  const { id } = run(
    db,
    sql`INSERT INTO rollout (run_id, round, blend_id, step, source, draw, expert, sampler, sampled, valid, discovered)
    VALUES (${runId}, ${'round' in place ? place.round : null}, ${'blendId' in place ? place.blendId : null},
      ${rollout.step}, ${rollout.source ?? (rollout.expert === null ? 'merge' : 'expert')}, ${rollout.draw ?? 0}, ${rollout.expert}, ${JSON.stringify(rollout.sampler)},
      ${ids.length}, ${found.length}, ${registry.discovered - before})`,
  );
  insertSamples(db, id, rollout.samples, ids);
  return found;
}

function insertSamples(
  db: WritableWorkspace,
  rolloutId: number,
  samples: readonly NewSample[],
  ids: readonly (number | null)[],
): void {
  const insert = prepare(
    db,
    `INSERT INTO sample (rollout_id, slot, text, candidate_id, parents, log_likelihood, prior_log_likelihood, reward)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  samples.forEach(({ text, parents, logLikelihood, priorLogLikelihood, reward }, slot) => {
    finiteOrMissing([logLikelihood, priorLogLikelihood, reward], () => `sample ${slot + 1} (${text})`);
    const parentsText = parents === null ? null : JSON.stringify(parents);
    insert.run(rolloutId, slot, text, ids[slot], parentsText, logLikelihood, priorLogLikelihood, reward);
  });
}

/** Ids of a run's candidates by sequence. New candidates get a number and a row. */
class CandidateRegistry {
  readonly #db: WritableWorkspace;
  readonly #shape: RunShape;
  readonly #offered = new Map<string, NewCandidate>();
  readonly #ids = new Map<string, number>();
  readonly #writeScores: (id: number, candidate: NewCandidate) => void;
  readonly #scaffolds = new Map<string, number>();
  readonly #first: number;
  #nextScaffold: number;
  readonly #entries: RankingEntry[] = [];

  constructor(db: WritableWorkspace, shape: RunShape, candidates: readonly NewCandidate[]) {
    this.#db = db;
    this.#shape = shape;
    this.#writeScores = scoreWriter(db, shape);
    this.#first = candidateCount(db, shape.runId);
    this.#nextScaffold = scaffoldCount(db, shape.runId);
    for (const candidate of candidates) {
      if (this.#offered.has(candidate.sequence))
        throw new RangeError(`Candidate ${candidate.sequence} is given twice.`);
      this.#offered.set(candidate.sequence, candidate);
    }
  }

  get discovered(): number {
    return this.#entries.length;
  }

  idOf(sequence: string): number {
    const id = this.#ids.get(sequence) ?? this.#storedId(sequence) ?? this.#insert(sequence);
    this.#ids.set(sequence, id);
    return id;
  }

  /** @returns the number of new candidates */
  finish(): number {
    const unseen = [...this.#offered.keys()].find((sequence) => !this.#ids.has(sequence));
    if (unseen !== undefined) throw new RangeError(`Candidate ${unseen} has no sample; every candidate needs one.`);
    appendRanking(this.#db, this.#shape.runId, this.#first, this.#entries, this.#shape.objectives);
    return this.discovered;
  }

  #storedId(sequence: string): number | undefined {
    return get<{ id: number }>(
      this.#db,
      sql`SELECT id FROM candidate WHERE run_id = ${this.#shape.runId} AND sequence = ${sequence}`,
    )?.id;
  }

  #insert(sequence: string): number {
    const candidate = this.#offered.get(sequence);
    if (!candidate)
      throw new RangeError(`A sample names the candidate ${sequence}, which is neither given nor stored.`);
    checkScores(candidate, this.#shape);
    const scaffold = candidate.scaffold === null ? null : this.#scaffoldNumber(candidate.scaffold);
    const { id } = run(
      this.#db,
      sql`INSERT INTO candidate (run_id, number, sequence, scaffold, feasible)
      VALUES (${this.#shape.runId}, ${this.#first + this.discovered}, ${sequence}, ${scaffold}, ${Number(candidate.feasible)})`,
    );
    this.#writeScores(id, candidate);
    this.#entries.push({ scores: candidate.scores, scaffold: scaffold ?? -1, feasible: candidate.feasible });
    return id;
  }

  /** Scaffolds of a run are numbered in the order in which they are found. */
  #scaffoldNumber(key: string): number {
    const known = this.#scaffolds.get(key) ?? this.#storedScaffold(key);
    const number = known ?? this.#nextScaffold++;
    this.#scaffolds.set(key, number);
    if (known === undefined)
      run(this.#db, sql`INSERT INTO scaffold (run_id, number, key) VALUES (${this.#shape.runId}, ${number}, ${key})`);
    return number;
  }

  #storedScaffold(key: string): number | undefined {
    return get<{ number: number }>(
      this.#db,
      sql`SELECT number FROM scaffold WHERE run_id = ${this.#shape.runId} AND key = ${key}`,
    )?.number;
  }
}

/** Makes a function that writes the scores and constraint values of a candidate. */
function scoreWriter(
  db: WritableWorkspace,
  { objectives, constraints }: RunShape,
): (id: number, candidate: NewCandidate) => void {
  const insertScores =
    objectives > 0 && rowsInsert(db, 'score (candidate_id, objective, raw, transformed)', objectives);
  const insertValues =
    constraints > 0 && rowsInsert(db, 'constraint_value (candidate_id, position, value)', constraints);
  return (id, candidate) => {
    if (insertScores)
      insertScores.run(
        candidate.raw.flatMap((value, objective) => [id, objective, value, candidate.scores[objective]]),
      );
    if (insertValues) insertValues.run(candidate.constraints.flatMap((value, position) => [id, position, value]));
  };
}

function checkScores({ sequence, raw, scores, constraints }: NewCandidate, shape: RunShape): void {
  const counts = [
    raw.length - shape.objectives,
    scores.length - shape.objectives,
    constraints.length - shape.constraints,
  ];
  if (counts.some((difference) => difference !== 0)) {
    throw new RangeError(
      `Candidate ${sequence} has ${raw.length} raw scores, ${scores.length} transformed scores and ${constraints.length} constraint values; ` +
        `run ${shape.runId} has ${shape.objectives} objectives and ${shape.constraints} constraints.`,
    );
  }
  finiteOrMissing([...raw, ...scores, ...constraints], () => `candidate ${sequence}`);
}

/** SQLite silently turns NaN into NULL. NaN must not pass for a missing value. */
function finiteOrMissing(values: Scores, where: () => string): void {
  for (const value of values) {
    if (value !== null && !Number.isFinite(value))
      throw new RangeError(`${value} in ${where()}: use null for a missing value.`);
  }
}
