/** Files that a run was made with, as the user knows them. */
import type { RunDetail } from '../../../contract/api.ts';

type Predictors = RunDetail['predictors'];

/** A shipped model is known by its folder, one of the user's own by its file. */
function modelOf(file: string): string {
  const own = /^(\/|\\\\|[A-Za-z]:)/.test(file);
  return own ? (file.split(/[/\\]/).at(-1) ?? file).replace(/\.safetensors$/, '') : file.split('/')[0];
}

/** Names of the predictors that a run asks, each once; '' where there are none. */
export function predictorNames(predictors: Predictors): string {
  if (predictors === null) return 'not recorded';
  return [...new Set(predictors.map(({ file }) => modelOf(file)))].join(', ');
}
