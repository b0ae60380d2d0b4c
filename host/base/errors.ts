/**
 * Errors that a user can act on. A `ContractError` crosses the wire with its code; an `InputError` also says where the
 * input is wrong. Exit codes of the command line are derived from the codes here, so that both agree.
 */
import { ContractError, type ErrorCode, type Problem } from '../../contract/api.ts';

/** An error in the user's input: a file, a name, a value. */
export class InputError extends ContractError {
  readonly problems: readonly Problem[];
  constructor(message: string, problems: readonly Problem[] = []) {
    super('bad-input', message, { problems });
    this.name = 'InputError';
    this.problems = problems;
  }
}

/** A problem as one line: `file.toml:12: message. Did you mean "qed"?` */
export function problemLine(problem: Problem, file?: string): string {
  const place = [file, problem.line].filter((part) => part !== undefined).join(':');
  const start = place === '' ? '' : `${place}: `;
  return `${start}${problem.message}${suggested(problem)}`;
}

/** Many messages already name the valid choice. */
function suggested({ message, suggestion }: Problem): string {
  return suggestion === undefined || message.includes(suggestion) ? '' : ` Did you mean "${suggestion}"?`;
}

/** One error for all problems of a file. */
export function problemsError(problems: readonly Problem[], file?: string): InputError {
  return new InputError(problems.map((p) => problemLine(p, file)).join('\n'), problems);
}

const INPUT_CODES: readonly ErrorCode[] = ['bad-input', 'not-found', 'bad-message', 'unknown-method', 'consent-needed'];

/** 2 for invalid input, 1 for every other failure. */
export function exitCode(error: unknown): 1 | 2 {
  return error instanceof ContractError && INPUT_CODES.includes(error.code) ? 2 : 1;
}

/** The text of any thrown value. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
