/** @file In-silico saturation mutagenesis: a predictor's values for every change of one base of a sequence. */
import type { Run } from '../../db/index.ts';
import { findObjective } from '../../engine/objectives/catalogue.ts';
import type { ScoringRequest } from '../../engine/objectives/types.ts';
import { InputError } from '../base/errors.ts';
import { pinnedFor } from '../models/pins.ts';
import { startScoringPool } from '../scoring/pool.ts';

const BASES = ['A', 'C', 'G', 'T'] as const;
/** Longer sequences take minutes, and their map would be unreadable. */
const LONGEST_MAPPED = 1000;

export interface MutagenesisMap {
  /** Value of the unchanged sequence; null if the predictor has none. */
  readonly value: number | null;
  /**
   * Rows for A, C, G and T, one number per position: value of the changed sequence minus that of the unchanged one. 0
   * for the present base, NaN where missing. [4 L]
   */
  readonly changes: Float32Array;
}

/**
 * @param id of a DNA objective that uses a predictor, with its defaults
 * @param run that the sequence comes from. If its goals use this predictor, the map uses the same file.
 * @throws InputError for another objective or a sequence that is too long; ContractError if the run's predictor is
 * missing or has changed
 */
export async function mutagenesisOf(
  sequence: string,
  id: string,
  run: Pick<Run, 'id' | 'predictors'>,
): Promise<MutagenesisMap> {
  const objective = findObjective(id);
  if (objective.modality !== 'dna' || objective.model === undefined)
    throw new InputError(`"${id}" does not use a predictor of DNA.`);
  if (sequence.length > LONGEST_MAPPED)
    throw new InputError(
      `A sequence of ${sequence.length} bases is too long for a mutation map; the maximum is ${LONGEST_MAPPED}.`,
    );
  const request: ScoringRequest = { modality: 'dna', objectives: [{ id, parameters: {} }], constraints: [] };
  const pool = await startScoringPool({ request, pins: pinnedFor(run, request), workers: 1 });
  try {
    const changed = BASES.flatMap((base) =>
      Array.from(sequence, (_, i) => sequence.slice(0, i) + base + sequence.slice(i + 1)),
    );
    const [
      {
        raw: [value],
      },
      ...rows
    ] = await pool.score([sequence, ...changed]);
    return {
      value,
      changes: Float32Array.from(rows, ({ raw: [of] }) => (value === null || of === null ? NaN : of - value)),
    };
  } finally {
    await pool.dispose();
  }
}
