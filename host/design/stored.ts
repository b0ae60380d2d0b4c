/** Reads a resolved design from the workspace and checks every part. */
import { z } from 'zod';
import { type Generate, generateSchema } from '../../engine/generator/generate.ts';
import { resolveSettings } from '../../engine/soup/settings.ts';
import { resolvedConstraint, type ResolvedDesign, resolvedObjectives } from './resolved.ts';

/** Absent in designs of earlier versions. */
const storedGenerate = generateSchema.nullable().default(null);

const storedDesign = z.object({
  name: z.string(),
  modality: z.enum(['molecule', 'dna']),
  prior: z.string(),
  generate: storedGenerate,
  settings: z.record(z.string(), z.unknown()),
  objectives: resolvedObjectives,
  constraints: z.array(resolvedConstraint),
});

/** What runs did before a setting existed. */
const BEFORE = {
  budget: 0,
  replay_memory: 'own',
  updates: 1,
  own_share: 1,
  trust_region: 0,
  warm_start: 0,
  outer_step: 'mean',
  edit_share: 0,
  replay_draw: 'uniform',
  merge: 'linear',
  merge_keep: 0.2,
  merge_scale: 1,
} as const;

/** Settings as a former version stored them, with what it did where it had no setting. Their order stays. */
export function withFormerSettings<Stored extends Readonly<Record<string, unknown>>>(stored: Stored) {
  const missing = Object.fromEntries(Object.entries(BEFORE).filter(([name]) => !Object.hasOwn(stored, name)));
  return { ...stored, ...(missing as typeof BEFORE) };
}

/** @throws Error if the workspace holds something else */
export function resolvedDesign(stored: unknown): ResolvedDesign {
  const { settings: given, ...rest } = storedDesign.parse(stored);
  const { settings, problems } = resolveSettings(withFormerSettings(given), rest.objectives.length);
  if (settings === null)
    throw new Error(
      `The stored design "${rest.name}" has settings that this version does not accept: ${problems.map(({ message }) => message).join(' ')}`,
    );
  return { ...rest, settings };
}

/** The conditions of a stored design on its sequences. @throws Error if the workspace holds something else */
export function generateOf(stored: unknown): Generate | null {
  return z.object({ generate: storedGenerate }).parse(stored).generate;
}
