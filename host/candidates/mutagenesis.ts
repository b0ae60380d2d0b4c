/** @file Every change of one base of a sequence, as a predictor sees it: in-silico saturation mutagenesis. */
import type { Run } from '../../db/index.ts';
import { findObjective } from '../../engine/objectives/catalogue.ts';
import type { ScoringRequest } from '../../engine/objectives/types.ts';
import { InputError } from '../base/errors.ts';
import { pinnedFor } from '../models/pins.ts';
import { startScoringPool } from '../scoring/pool.ts';

const BASES = ['A', 'C', 'G', 'T'] as const;
/** Longer sequences take minutes, and their map cannot be read. */
const LONGEST_MAPPED = 1000;

export interface MutagenesisMap {
  /** Of the sequence as it is; null where the predictor has none. */
  readonly value: number | null;
  /**
   * Row by row for A, C, G and T, one number a position: value of the changed sequence less that of the present one. 0
   * for the present base, NaN where missing. [4 L]
   */
  readonly changes: Float32Array;
}

/**
 * @param id of an objective of DNA that asks a predictor, with its defaults
 * @param run that the sequence comes from: where its goals ask this predictor, the map is of the very one that they
 * asked
 * @throws InputError for another objective, or a sequence that is too long; ContractError where the run's predictor is
 * gone or another one now
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
