/**
 * Declared parameters as a form asks for them: read off the zod declarations of
 * the engine's objectives, which are their one place.
 */
import { z } from 'zod';
import type { ParameterInfo } from '../contract/api.ts';
import type { ParameterValue } from '../contract/design.ts';

/** Parameters that hold a structure: a SMILES, the name of a compound, or a file with either. */
const STRUCTURES: ReadonlySet<string> = new Set(['reference']);

export function isStructure(parameter: string): boolean {
  return STRUCTURES.has(parameter);
}

interface Declared {
  readonly type?: string;
  readonly description?: string;
  readonly default?: ParameterValue;
  readonly enum?: string[];
  readonly items?: { readonly enum?: string[] };
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Every parameter of a declaration, in its order. */
export function describeParameters(parameters: z.ZodObject): ParameterInfo[] {
  return Object.entries(parameters.shape).map(([name, type]) => describe(name, z.toJSONSchema(type, { io: 'input' }) as Declared));
}

function describe(name: string, declared: Declared): ParameterInfo {
  const choices = declared.enum ?? declared.items?.enum;
  return {
    name,
    type: typeOf(name, declared),
    help: declared.description ?? '',
    default: declared.default ?? null,
    ...(choices && { choices }),
    ...(declared.minimum !== undefined && { min: declared.minimum }),
    ...(declared.maximum !== undefined && { max: declared.maximum }),
  };
}

function typeOf(name: string, declared: Declared): ParameterInfo['type'] {
  if (isStructure(name)) return 'structure';
  if (declared.enum) return 'choice';
  switch (declared.type) {
    case 'array':
      return 'choices';
    case 'integer':
    case 'number':
    case 'boolean':
      return declared.type;
    default:
      return 'text';
  }
}
