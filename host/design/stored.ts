/** A resolved design as the workspace keeps it, read back with every part checked. */
import { z } from 'zod';
import { type Generate, generateSchema } from '../../engine/generator/generate.ts';
import { resolveSettings } from '../../engine/soup/settings.ts';
import { resolvedConstraint, type ResolvedDesign, resolvedObjectives } from './resolved.ts';

/** Designs of former versions have none. */
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

/** @throws Error where the workspace holds something else */
export function resolvedDesign(stored: unknown): ResolvedDesign {
  const { settings: given, ...rest } = storedDesign.parse(stored);
  const { settings, problems } = resolveSettings(given, rest.objectives.length);
  if (settings === null)
    throw new Error(
      `The stored design "${rest.name}" has settings that this version does not accept: ${problems.map(({ message }) => message).join(' ')}`,
    );
  return { ...rest, settings };
}

/** What a stored design generates. @throws Error where the workspace holds something else */
export function generateOf(stored: unknown): Generate | null {
  return z.object({ generate: storedGenerate }).parse(stored).generate;
}
