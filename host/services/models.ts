/** Models with their cards, and the user guide. */
import { guidePage } from '../documents.ts';
import type { Service } from '../handlers.ts';
import { installedModels, modelCard } from '../model-cards.ts';

type Methods = 'model.list' | 'model.card' | 'guide.page';

export const modelService: Service<Methods> = {
  'model.list': () => installedModels(),
  'model.card': ({ kind, name }) => modelCard(kind, name),
  'guide.page': ({ page }) => guidePage(page),
};
