/** The shortlist across designs: equal candidates are one entry. */
import type { ShortlistEntry, ShortlistOrigin } from '../../contract/api.ts';
import {
  arrangeStars,
  candidatesById,
  getRun,
  type ReadableWorkspace,
  remarkAll,
  shortlist,
  type ShortlistRow,
} from '../../db/index.ts';
import { iupacReverseComplement } from '../../engine/dna/iupac.ts';
import { translating } from '../base/workspace.ts';
import { objectivesOf } from '../runs/setup.ts';
import type { HostContext, Service } from './context.ts';

/** The scores of a candidate in its run. */
type Worth = Pick<ShortlistOrigin, 'total' | 'values'>;

export function shortlistService({ db }: HostContext): Service<'shortlist'> {
  return {
    'shortlist.list': () => {
      const rows = shortlist(db);
      const worths = worthsOf(db, rows);
      return { entries: entriesOf(rows, ({ candidateId }) => worths.get(candidateId)!) };
    },
    'shortlist.remark': ({ candidateIds, ...change }) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      translating(() => remarkAll(db, candidateIds, given));
      return {};
    },
    'shortlist.arrange': ({ candidateIds }) => {
      translating(() => arrangeStars(db, candidateIds));
      return {};
    },
  };
}

/** By the candidates' ids. */
function worthsOf(db: ReadableWorkspace, rows: readonly ShortlistRow[]): Map<number, Worth> {
  const candidates = candidatesById(
    db,
    rows.map(({ candidateId }) => candidateId),
  );
  const goals = new Map(
    [...new Set(rows.map(({ runId }) => runId))].map((runId) => [runId, objectivesOf(getRun(db, runId))]),
  );
  return new Map(
    rows.map(({ candidateId, runId }, i) => {
      const { total, raw } = candidates[i];
      return [
        candidateId,
        { total, values: goals.get(runId)!.map(({ label, unit }, goal) => ({ label, unit, value: raw[goal] })) },
      ];
    }),
  );
}

/** @param rows newest first */
export function entriesOf(rows: readonly ShortlistRow[], worthOf: (row: ShortlistRow) => Worth): ShortlistEntry[] {
  const groups = new Map<string, ShortlistRow[]>();
  for (const row of rows) {
    const key = identity(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((same) => entryOf(same, worthOf));
}

/** Molecules are canonical SMILES. A DNA sequence equals its reverse complement. */
function identity({ modality, sequence }: ShortlistRow): string {
  if (modality === 'molecule') return `molecule ${sequence}`;
  const other = iupacReverseComplement(sequence);
  return `dna ${sequence < other ? sequence : other}`;
}

function entryOf(rows: readonly ShortlistRow[], worthOf: (row: ShortlistRow) => Worth): ShortlistEntry {
  const [{ modality, sequence }] = rows;
  const notes = new Set(rows.map(({ note }) => note).filter((note) => note !== ''));
  const places = rows.flatMap(({ place }) => place ?? []);
  const ratings = rows.flatMap(({ rating }) => rating ?? []);
  return {
    modality,
    sequence,
    origins: rows.map((row) => ({
      candidateId: row.candidateId,
      runId: row.runId,
      design: row.design,
      created: row.created,
      ...worthOf(row),
    })),
    note: [...notes].join('\n'),
    rating: ratings.length === 0 ? null : Math.max(...ratings),
    tags: [...new Set(rows.flatMap(({ tags }) => tags))],
    place: places.length === 0 ? null : Math.min(...places),
  };
}
