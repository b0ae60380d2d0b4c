/** User predictors: tables, trainings, stored predictors. */
import { predictorInfos } from '../models/predictors.ts';
import type { HostContext, Service } from './context.ts';

export function predictorService({ trainings }: Pick<HostContext, 'trainings'>): Service<'predictor'> {
  return {
    'predictor.list': () => predictorInfos(),
    'predictor.openTable': (table) => trainings.open(table),
    'predictor.addSequences': (file) => trainings.addSequences(file),
    'predictor.inspect': (options) => trainings.inspect(options),
    'predictor.train': (options) => trainings.train(options),
    'predictor.training': () => trainings.state,
    'predictor.cancel': () => trainings.cancel(),
    'predictor.keep': (request) => trainings.keep(request),
  };
}
