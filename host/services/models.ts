/** Models with their cards, and the user guide. */
import { installedModels, modelCard } from '../models/cards.ts';
import { guidePage } from '../models/documents.ts';
import type { Service } from './handlers.ts';

type Methods = 'model.list' | 'model.card' | 'guide.page';

export const modelService: Service<Methods> = {
  'model.list': () => installedModels(),
  'model.card': ({ kind, name }) => modelCard(kind, name),
  'guide.page': ({ page }) => guidePage(page),
};
