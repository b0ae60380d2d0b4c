/** Turns engine errors about the user's input into input errors of the command line. */
import { ParameterError } from '../../engine/base/parameter-error.ts';
import { UnknownObjectiveError } from '../../engine/objectives/catalogue.ts';
import { InputError } from '../base/errors.ts';

/** @throws InputError for an unknown objective or a bad parameter; other errors unchanged */
export function refused(error: unknown): never {
  if (error instanceof UnknownObjectiveError || error instanceof ParameterError) throw new InputError(error.message);
  throw error;
}
