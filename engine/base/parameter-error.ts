/** @file The error for a parameter that cannot be used. */

/** A parameter of an objective, a constraint or a scaffold that cannot be used as given. */
export class ParameterError extends Error {
  readonly parameter: string;
  constructor(parameter: string, message: string) {
    super(message);
    this.name = 'ParameterError';
    this.parameter = parameter;
  }
}
