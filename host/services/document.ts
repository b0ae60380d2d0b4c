/** Documents that come with the program. */
import { noticesFile } from '../base/paths.ts';
import { guidePage, readDocument } from '../models/documents.ts';
import type { Service } from './context.ts';

export function documentService(): Service<'document'> {
  return {
    'document.guidePage': ({ page }) => guidePage(page),
    'document.notices': () => readDocument(noticesFile),
  };
}
