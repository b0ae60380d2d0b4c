/** Generators and predictors of this machine, with their cards. */
import { installedModels, modelCard } from '../models/cards.ts';
import type { Service } from './context.ts';

export function modelService(): Service<'model'> {
  return {
    'model.list': () => installedModels(),
    'model.card': ({ kind, name }) => modelCard(kind, name),
  };
}
