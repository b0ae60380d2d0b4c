/** How alike all candidates of a run are: the fingerprints that the window maps and groups them by, and their scaffolds. */
import { candidateCount, sequencesAt } from '../../db/index.ts';
import type { HostContext } from '../context.ts';
import type { Service } from '../handlers.ts';

export function spaceService({ db, fingerprints, threads }: Pick<HostContext, 'db' | 'fingerprints' | 'threads'>): Service<'space.fingerprints' | 'space.scaffolds'> {
  return {
    'space.fingerprints': async ({ runId, from, limit }) => {
      const count = candidateCount(db, runId);
      const { kind, rows } = await fingerprints.rows(runId, from, Math.min(count, from + limit));
      return { count, from, kind, rows: Buffer.from(rows.buffer, rows.byteOffset, rows.length).toString('base64') };
    },
    'space.scaffolds': async ({ runId, numbers }) => {
      const answers = await threads.ask('scaffolds', 'molecule', sequencesAt(db, runId, numbers));
      return { scaffolds: answers.flatMap(({ scaffolds }) => [...scaffolds]) };
    },
  };
}
