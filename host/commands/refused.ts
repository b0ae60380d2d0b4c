/** Engine errors about what the user asked for, as input errors of the command line. */
import { ParameterError } from '../../engine/base/parameter-error.ts';
import { UnknownObjectiveError } from '../../engine/objectives/catalogue.ts';
import { InputError } from '../base/errors.ts';

/** @throws InputError for an unknown objective or a bad parameter; anything else as it came */
export function refused(error: unknown): never {
  if (error instanceof UnknownObjectiveError || error instanceof ParameterError) throw new InputError(error.message);
  throw error;
}
