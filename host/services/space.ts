/**
 * Structures of all candidates of a run: the fingerprints by which the window maps and clusters them, scaffolds,
 * substructures and similarities.
 */
import { candidateCount, sequencesAt, sequencesBetween } from '../../db/index.ts';
import { oneStructure, readPattern } from '../design/structures.ts';
import type { HostContext, Service } from './context.ts';

export function spaceService({
  db,
  chemistry,
  fingerprints,
  threads,
}: Pick<HostContext, 'db' | 'chemistry' | 'fingerprints' | 'threads'>): Service<'space'> {
  return {
    'space.fingerprints': async ({ runId, from, limit }) => {
      const count = candidateCount(db, runId);
      const { kind, rows } = await fingerprints.rows(runId, from, Math.min(count, from + limit));
      return { count, from, kind, rows: base64(rows) };
    },
    'space.scaffolds': async ({ runId, numbers }) => {
      const answers = await threads.ask('scaffolds', 'molecule', sequencesAt(db, runId, numbers));
      return { scaffolds: answers.flatMap(({ scaffolds }) => [...scaffolds]) };
    },
    'space.matches': async ({ runId, smarts, from, limit }) => {
      await chemistry.use(({ rdkit }) => readPattern(smarts, rdkit).dispose());
      const answers = await threads.ask('matches', 'molecule', sequencesBetween(db, runId, from, from + limit), smarts);
      return {
        count: candidateCount(db, runId),
        from,
        matches: Buffer.concat(answers.map(({ matches }) => matches)).toString('base64'),
      };
    },
    'space.similarity': async ({ runId, reference, from, limit }) => {
      const structure = await chemistry.use(({ rdkit }) => oneStructure(reference, rdkit));
      const answers = await threads.ask(
        'similarities',
        'molecule',
        sequencesBetween(db, runId, from, from + limit),
        structure.smiles,
      );
      return {
        count: candidateCount(db, runId),
        from,
        reference: structure.smiles,
        values: base64(joined(answers.map(({ similarities }) => similarities))),
      };
    },
  };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Little-endian, as on every machine that can open workspaces. */
function base64({ buffer, byteOffset, byteLength }: Uint8Array | Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}
