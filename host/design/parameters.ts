/**
 * Parameters as a form needs them, derived from the zod declarations of the engine's
 * objectives.
 */
import { z } from 'zod';
import type { NameKind, ParameterInfo } from '../../contract/api.ts';
import type { ParameterValue } from '../../contract/design-shape.ts';
import type { InputKind } from '../../engine/objectives/types.ts';

interface Declared {
  readonly type?: string;
  readonly input?: InputKind;
  readonly alias?: string;
  readonly suggest?: NameKind;
  readonly description?: string;
  readonly default?: ParameterValue;
  readonly enum?: string[];
  readonly items?: { readonly enum?: string[] };
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Every parameter of a declaration, in the order of the declaration. */
export function describeParameters(parameters: z.ZodObject): ParameterInfo[] {
  return Object.entries(parameters.shape).map(([name, type]) =>
    describe(name, z.toJSONSchema(type, { io: 'input' }) as Declared, type instanceof z.ZodOptional),
  );
}

function describe(name: string, declared: Declared, optional: boolean): ParameterInfo {
  const choices = declared.enum ?? declared.items?.enum;
  return {
    name,
    ...(declared.alias !== undefined && { alias: declared.alias }),
    type: typeOf(declared),
    help: declared.description ?? '',
    default: declared.default ?? null,
    ...(optional && { optional }),
    ...(choices && { choices }),
    ...(declared.suggest && { suggest: declared.suggest }),
    ...(declared.minimum !== undefined && { min: declared.minimum }),
    ...(declared.maximum !== undefined && { max: declared.maximum }),
  };
}

function typeOf(declared: Declared): ParameterInfo['type'] {
  if (declared.input) return declared.input;
  if (declared.enum) return 'choice';
  switch (declared.type) {
    case 'array':
      return declared.items?.enum ? 'choices' : 'list';
    case 'integer':
    case 'number':
    case 'boolean':
      return declared.type;
    default:
      return 'text';
  }
}
