/** How alike all candidates of a run are: the fingerprints that the window maps and groups them by. */
import { candidateCount } from '../../db/index.ts';
import type { HostContext } from '../context.ts';
import type { Service } from '../handlers.ts';

export function spaceService({ db, fingerprints }: Pick<HostContext, 'db' | 'fingerprints'>): Service<'space.fingerprints'> {
  return {
    'space.fingerprints': async ({ runId, from, limit }) => {
      const count = candidateCount(db, runId);
      const { kind, rows } = await fingerprints.rows(runId, from, Math.min(count, from + limit));
      return { count, from, kind, rows: Buffer.from(rows.buffer, rows.byteOffset, rows.length).toString('base64') };
    },
  };
}
