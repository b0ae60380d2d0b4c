/** DNA: what can be computed for any sequence, and the names of known enzymes and motifs. */
import { sequencesAt } from '../../db/index.ts';
import { gcContent, gcWindows } from '../../engine/dna/composition.ts';
import { findBases } from '../../engine/dna/find.ts';
import { iupacReverseComplement } from '../../engine/dna/iupac.ts';
import { sequenceLogo } from '../../engine/dna/logo.ts';
import { meltingTemperature } from '../../engine/dna/melting.ts';
import { readPattern } from '../../engine/dna/pasted.ts';
import { tm } from '../../engine/objectives/families/dna/melting.ts';
import { translating } from '../base/workspace.ts';
import { readingDna } from '../design/dna-references.ts';
import { dnaNamesLike } from '../design/names/dna.ts';
import type { HostContext, Service } from './context.ts';

export function dnaService({ db }: Pick<HostContext, 'db'>): Service<'dna'> {
  return {
    'dna.find': ({ sequence, pattern: typed }) => {
      const pattern = readingDna(() => readPattern(typed));
      return { pattern, found: pattern === '' ? [] : findBases(sequence, pattern) };
    },
    'dna.stretch': ({ sequence }) => {
      const conditions = tm.parameters.parse({});
      return {
        gc: gcContent(sequence),
        tm: meltingTemperature(sequence, conditions),
        conditions,
        reverseComplement: iupacReverseComplement(sequence),
      };
    },
    'dna.gc': ({ sequence, window }) => ({ whole: gcContent(sequence), windows: gcWindows(sequence, window) }),
    'dna.logo': ({ runId, numbers, from }) => {
      const sequences = translating(() => sequencesAt(db, runId, numbers));
      const positions = sequenceLogo(sequences, from);
      return { count: sequences.length, shortest: Math.min(...sequences.map(({ length }) => length)), positions };
    },
    'dna.names': ({ kind, text, limit }) => ({ names: dnaNamesLike(kind, text, limit) }),
  };
}
