/**
 * The scores of a request that external scorers compute: which columns they are, and
 * how they are merged into the results of the scoring workers.
 */
import { breaksHardLimit, type Constraint } from '../../engine/objectives/constraints.ts';
import { isExternal } from '../../engine/objectives/families/external.ts';
import type {
  ObjectiveRequest,
  RawScores,
  ScoredSequence,
  ScoreSequences,
  ScoringRequest,
} from '../../engine/objectives/types.ts';
import { fingerprint, type Program, programOf, scoresKey, supervisionOf } from './program.ts';
import { ExternalScorer, type ScoreMemory } from './scorer.ts';

/** Scores of each external column, in the request's order: objectives, then constraints. */
export type ExternalScores = (sequences: readonly string[]) => Promise<RawScores[]>;

/** Positions of the external columns among objectives and constraints. */
export function externalColumns({ objectives, constraints }: ScoringRequest): number[] {
  return [...objectives, ...constraints].flatMap(({ id }, i) => (isExternal(id) ? [i] : []));
}

/** The requests of those columns, in order. */
export function externalRequests({ objectives, constraints }: ScoringRequest): ObjectiveRequest[] {
  return [...objectives, ...constraints].filter(({ id }) => isExternal(id));
}

/**
 * Scoring that also fills external columns; unchanged if there are none. Only valid sequences that keep the hard limits
 * are sent, each once: an external score may take minutes or cost money. The others' external scores stay missing.
 * @param limits of the request's constraints, in their order; none where everything valid is to be scored
 */
export function withExternalScores(
  score: ScoreSequences,
  request: ScoringRequest,
  external: ExternalScores,
  limits: readonly Constraint[] = [],
): ScoreSequences {
  const columns = externalColumns(request);
  if (columns.length === 0) return score;
  const isSent = ({ constraints }: ScoredSequence) => !breaksHardLimit(limits, constraints);
  return async (sequences) => {
    const scored = await score(sequences);
    const canonical = [
      ...new Set(scored.flatMap((one) => (one.canonical !== null && isSent(one) ? one.canonical : []))),
    ];
    const values = canonical.length === 0 ? [] : await external(canonical);
    const rows = new Map(canonical.map((sequence, row) => [sequence, values.map((column) => column[row])]));
    return scored.map((one) => {
      const row = one.canonical === null ? undefined : rows.get(one.canonical);
      return row === undefined ? one : filled(one, columns, row);
    });
  };
}

function filled(scored: ScoredSequence, columns: readonly number[], values: RawScores): ScoredSequence {
  const split = scored.raw.length;
  const all = [...scored.raw, ...scored.constraints];
  columns.forEach((column, i) => (all[column] = values[i]));
  return { ...scored, raw: all.slice(0, split), constraints: all.slice(split) };
}

export interface ExternalScorersOptions {
  /** The stored scores of an external scorer, by its key. */
  readonly memory: (key: string) => ScoreMemory;
  /** Reports trouble, in sentences. */
  readonly tell: (what: string) => void;
}

/** The external scorers of one request. Each is started at its first question. */
export class ExternalScorers {
  readonly #scorers: readonly ExternalScorer[];

  /** The caller has made sure of the user's consent. @throws ParameterError if a program cannot be started */
  constructor(request: ScoringRequest, { memory, tell }: ExternalScorersOptions) {
    const byProgram = new Map<string, ExternalScorer>();
    this.#scorers = externalRequests(request).map((one) => {
      const program: Program = programOf(one);
      const print = fingerprint(program);
      // A program that serves both a goal and a limit is asked once.
      const scorer =
        byProgram.get(print.key) ??
        new ExternalScorer({
          program,
          key: print.key,
          supervision: supervisionOf(one),
          memory: memory(scoresKey(print, request.modality)),
          tell,
        });
      byProgram.set(print.key, scorer);
      return scorer;
    });
  }

  score: ExternalScores = async (sequences) => {
    const asked = new Map([...new Set(this.#scorers)].map((scorer) => [scorer, scorer.score(sequences)]));
    return Promise.all(this.#scorers.map((scorer) => asked.get(scorer)!));
  };

  async dispose(): Promise<void> {
    await Promise.all(this.#scorers.map((scorer) => scorer.dispose()));
  }
}
