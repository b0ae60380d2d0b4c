/** The [generate] table with its structures read: a scaffold may be given by name, SMILES or file. */
import type { Modality } from '../../engine/base/modality.ts';
import { ParameterError } from '../../engine/base/parameter-error.ts';
import { StructureError } from '../../engine/chem/errors.ts';
import { scaffoldTemplate } from '../../engine/chem/scaffold-template.ts';
import type { GeneratorConfig } from '../../engine/generator/checkpoint.ts';
import { type ResolvedGenerate, resolveGenerate } from '../../engine/generator/generate.ts';
import { resolveStructure, type StructureContext } from './structures.ts';

/** @param config of the generator; null if it is unknown or has the other modality, which is reported elsewhere */
export function resolveGeneration(
  modality: Modality,
  input: Readonly<Record<string, unknown>>,
  config: GeneratorConfig | null,
  context: StructureContext,
): ResolvedGenerate {
  return resolveGenerate(modality, input, {
    writes: config?.modality === modality ? config : null,
    readScaffold: (text) => readScaffold(text, context),
  });
}

function readScaffold(text: string, context: StructureContext): { scaffold: string; template: string } {
  const { smiles } = resolveStructure(text, 'scaffold', context);
  try {
    return { scaffold: smiles, template: scaffoldTemplate(smiles, context.chemistry.rdkit) };
  } catch (error) {
    if (error instanceof StructureError) throw new ParameterError('scaffold', `${error.message}.`);
    throw error;
  }
}
