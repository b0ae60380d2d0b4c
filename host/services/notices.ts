/** The third-party notices, which ship beside the program's licence. */
import { noticesFile } from '../base/paths.ts';
import { readDocument } from '../models/documents.ts';
import type { Service } from './handlers.ts';

export const noticesService: Service<'notices.read'> = {
  'notices.read': () => readDocument(noticesFile),
};
