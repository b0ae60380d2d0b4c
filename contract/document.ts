/** @file Documents that come with the program, in Markdown. */
import { z } from 'zod';
import { nothing } from './common.ts';

/** A document in Markdown, with its pictures as data URIs. */
export const documentText = z.object({ title: z.string(), markdown: z.string() });

export const documentMethods = {
  /** A page of the user guide. `README` is the table of contents. */
  'document.guidePage': { params: z.object({ page: z.string() }), result: documentText },
  /** Software, data and weights of others in the program, with their licences. */
  'document.notices': { params: nothing, result: documentText },
} as const;

export type DocumentText = z.output<typeof documentText>;
