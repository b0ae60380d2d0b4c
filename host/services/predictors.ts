/** Predictors of the user's own: tables, trainings, what is kept. */
import { predictorInfos } from '../models/predictors.ts';
import type { HostContext } from './context.ts';
import type { Service } from './handlers.ts';

type Methods =
  | 'predictor.list'
  | 'predictor.openTable'
  | 'predictor.addSequences'
  | 'predictor.inspect'
  | 'predictor.train'
  | 'predictor.training'
  | 'predictor.cancel'
  | 'predictor.keep';

export function predictorService({ trainings }: HostContext): Service<Methods> {
  return {
    'predictor.list': () => predictorInfos(),
    'predictor.openTable': (table) => trainings.open(table),
    'predictor.addSequences': (given) => trainings.addSequences(given),
    'predictor.inspect': (options) => trainings.inspect(options),
    'predictor.train': (options) => trainings.train(options),
    'predictor.training': () => trainings.state,
    'predictor.cancel': () => trainings.cancel(),
    'predictor.keep': (wanted) => trainings.keep(wanted),
  };
}
