/** What is seen in sequences of DNA, and the names of what can be looked for. */
import { candidateDetail, getRun, type Run, sequencesAt } from '../../db/index.ts';
import { gcContent, gcWindows } from '../../engine/dna/composition.ts';
import { findBases } from '../../engine/dna/find.ts';
import { iupacReverseComplement } from '../../engine/dna/iupac.ts';
import { sequenceLogo } from '../../engine/dna/logo.ts';
import { meltingTemperature } from '../../engine/dna/melting.ts';
import { PastedDnaError, readPastedDna, readPattern } from '../../engine/dna/pasted.ts';
import type { FindFeatures } from '../../engine/objectives/dna.ts';
import { tm } from '../../engine/objectives/families/dna/melting.ts';
import { InputError } from '../base/errors.ts';
import { translating } from '../base/workspace.ts';
import { alignmentWith, referencesOf } from '../candidates/alignment.ts';
import { featureFinder } from '../candidates/features.ts';
import { mutagenesisOf } from '../candidates/mutagenesis.ts';
import { dnaNamesLike } from '../design/names/dna.ts';
import type { HostContext } from './context.ts';
import type { Service } from './handlers.ts';

type Methods =
  | 'candidate.activities'
  | 'candidate.alignment'
  | 'candidate.features'
  | 'candidate.mutagenesis'
  | 'dna.find'
  | 'dna.gc'
  | 'dna.logo'
  | 'dna.names'
  | 'dna.stretch';

export function sequenceService({ db, activities }: HostContext): Service<Methods> {
  // Candidates of one run are looked at one after another; preparing motifs takes longer than finding them.
  let prepared: { readonly runId: number; readonly find: FindFeatures } | undefined;
  const withRun = (candidateId: number): { readonly sequence: string; readonly run: Run } =>
    translating(() => {
      const { runId, sequence } = candidateDetail(db, candidateId);
      return { sequence, run: getRun(db, runId) };
    });
  return {
    'candidate.features': ({ candidateId }) =>
      translating(() => {
        const { runId, sequence } = candidateDetail(db, candidateId);
        if (prepared?.runId !== runId) prepared = { runId, find: featureFinder(db, runId) };
        return { features: prepared.find(sequence) };
      }),
    'candidate.mutagenesis': async ({ candidateId, objective }) => {
      const { sequence, run } = withRun(candidateId);
      const { value, changes } = await mutagenesisOf(sequence, objective, run);
      return { sequence, value, changes: Buffer.from(changes.buffer).toString('base64') };
    },
    'candidate.activities': async ({ candidateId }) => {
      const { sequence, run } = withRun(candidateId);
      return { activities: await activities.of(sequence, run) };
    },
    'candidate.alignment': ({ candidateId, reference }) =>
      translating(() => {
        const { runId, sequence } = candidateDetail(db, candidateId);
        const given = reference === undefined ? null : asInput(() => readPastedDna(reference));
        const records = given?.records ?? referencesOf(db, runId).map((one) => ({ name: '', sequence: one }));
        return {
          alignment: records.length === 0 ? null : alignmentWith(sequence, { records, remarks: given?.remarks ?? [] }),
        };
      }),
    'dna.find': ({ sequence, pattern: typed }) => {
      const pattern = asInput(() => readPattern(typed));
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

/** @throws InputError where what the user typed or pasted is no DNA */
function asInput<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof PastedDnaError) throw new InputError(error.message);
    throw error;
  }
}
