/** The shortlist across designs: what is the same is one entry. */
import type { ShortlistEntry } from '../../contract/api.ts';
import { arrangeStars, remarkAll, shortlist, type ShortlistRow } from '../../db/index.ts';
import { iupacReverseComplement } from '../../engine/dna/iupac.ts';
import type { HostContext } from '../context.ts';
import type { Service } from '../handlers.ts';
import { translating } from '../workspace.ts';

export function shortlistService({ db }: HostContext): Service<'shortlist.list' | 'shortlist.remark' | 'shortlist.arrange'> {
  return {
    'shortlist.list': () => ({ entries: entriesOf(shortlist(db)) }),
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

/** @param rows newest first */
export function entriesOf(rows: readonly ShortlistRow[]): ShortlistEntry[] {
  const groups = new Map<string, ShortlistRow[]>();
  for (const row of rows) {
    const key = identity(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map(entryOf);
}

/** Candidates are canonical SMILES; DNA is the same read from either strand. */
function identity({ domain, sequence }: ShortlistRow): string {
  if (domain === 'molecule') return `molecule ${sequence}`;
  const other = iupacReverseComplement(sequence);
  return `dna ${sequence < other ? sequence : other}`;
}

function entryOf(rows: readonly ShortlistRow[]): ShortlistEntry {
  const [{ domain, sequence }] = rows;
  const notes = new Set(rows.map(({ note }) => note).filter((note) => note !== ''));
  const places = rows.flatMap(({ place }) => place ?? []);
  const ratings = rows.flatMap(({ rating }) => rating ?? []);
  return {
    domain,
    sequence,
    origins: rows.map(({ candidateId, runId, design, created }) => ({ candidateId, runId, design, created })),
    note: [...notes].join('\n'),
    rating: ratings.length === 0 ? null : Math.max(...ratings),
    tags: [...new Set(rows.flatMap(({ tags }) => tags))],
    place: places.length === 0 ? null : Math.min(...places),
  };
}
