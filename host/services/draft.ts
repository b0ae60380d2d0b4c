/** The draft of the design form, one per workspace. */
import { z } from 'zod';
import { draftDesign } from '../../contract/api.ts';
import { readSetting, writeSetting } from '../../db/index.ts';
import type { HostContext, Service } from './context.ts';

const KEY = 'draft';
const storedSchema = z.object({ design: draftDesign, kept: z.string() });

export function draftService({ db }: HostContext): Service<'draft'> {
  return {
    'draft.get': () => {
      const stored = storedSchema.safeParse(readSetting(db, KEY));
      return stored.success ? stored.data : null;
    },
    'draft.keep': ({ design }) => {
      writeSetting(db, KEY, design && { design, kept: new Date().toISOString() });
      return {};
    },
  };
}
