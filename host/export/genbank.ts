/**
 * GenBank flat files: a record a sequence, with what the goals and limits see in
 * it as features (motif hits as protein_bind, restriction sites and broken rules
 * as misc_feature, each with its note) and its values as comments.
 */
import { jsonToGenbank } from '@teselagen/bio-parsers';
import type { CandidateRow } from '../../db/index.ts';
import type { SequenceFeature } from '../../engine/objectives/dna.ts';
import type { ExportTable } from './columns.ts';

export function genbankText(table: ExportTable): string {
  return table.candidates.map((candidate) => record(table, candidate)).join('');
}

function record({ run, columns, features }: ExportTable, candidate: CandidateRow): string {
  const { id, sequence } = candidate;
  const values = columns.flatMap((column) => {
    const value = column.cell(candidate, run);
    return value === null ? [] : [`${column.name}: ${value}`];
  });
  const found = features(sequence).filter(({ end }) => end <= sequence.length);
  const entry = {
    name: `run${run.id}-${id}`,
    description: `Designed sequence ${id} of run ${run.id}, ${oneLine(run.designName)}`,
    sequence,
    circular: false,
    comments: values,
    features: found.map(feature),
  };
  const text = jsonToGenbank(entry, {});
  if (text === false) throw new Error(`Sequence ${id} cannot be written as GenBank.`);
  return text.endsWith('\n') ? text : `${text}\n`;
}

/** Positions count from 0 here and there; the parser's end is included. */
function feature({ kind, name, start, end, strand, note }: SequenceFeature): Readonly<Record<string, unknown>> {
  return {
    name,
    start,
    end: end - 1,
    strand: strand === '-' ? -1 : 1,
    type: kind === 'motif' ? 'protein_bind' : 'misc_feature',
    notes: note === '' ? {} : { note: [oneLine(note)] },
  };
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
