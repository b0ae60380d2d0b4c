/** Files that a run depends on, under the names that the user knows. */
import type { RunDetail } from '../../../contract/api.ts';

type Predictors = RunDetail['predictors'];

/** A shipped model is named after its folder, a user's model after its file. */
function modelOf(file: string): string {
  const own = /^(\/|\\\\|[A-Za-z]:)/.test(file);
  return own ? (file.split(/[/\\]/).at(-1) ?? file).replace(/\.safetensors$/, '') : file.split('/')[0];
}

/** Names of the predictors that a run uses, without duplicates; '' if there are none. */
export function predictorNames(predictors: Predictors): string {
  if (predictors === null) return 'not recorded';
  return [...new Set(predictors.map(({ file }) => modelOf(file)))].join(', ');
}
