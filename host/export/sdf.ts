/**
 * SD files: a V2000 mol block with 2D coordinates, or with 3D ones and all
 * hydrogens, and a data field for each column (BIOVIA, CTFile Formats). Missing
 * values have no field.
 */
import type { CandidateRow } from '../../db/index.ts';
import type { Conformer, Embedding } from '../../engine/chem/conformer.ts';
import { molblock } from '../../engine/chem/depict.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import type { Cell, ExportTable } from './columns.ts';

export function sdfText(table: ExportTable, rdkit: Rdkit): string {
  return table.candidates.map((candidate) => record(table, candidate, structure(candidate.sequence, rdkit))).join('');
}

/** Lays molecules out in space, in order; null for what cannot be read. */
export type EmbedAll = (smiles: readonly string[]) => Promise<readonly (Embedding | null)[]>;

/** @returns the text, and the candidates that have no conformer */
export async function sdf3dText(
  table: ExportTable,
  _: Rdkit,
  embedAll: EmbedAll,
): Promise<{ content: string; leftOut: { id: number; reason: string }[] }> {
  const embedded = await embedAll(table.candidates.map(({ sequence }) => sequence));
  const pairs = table.candidates.map((candidate, i) => ({
    candidate,
    embedding: embedded[i] ?? { problem: 'RDKit can no longer read it.' },
  }));
  return {
    content: pairs
      .map(({ candidate, embedding }) =>
        'problem' in embedding ? '' : record(table, candidate, embedding.molfile, energyOf(embedding)),
      )
      .join(''),
    leftOut: pairs.flatMap(({ candidate: { id }, embedding }) =>
      'problem' in embedding ? [{ id, reason: embedding.problem }] : [],
    ),
  };
}

const energyOf = ({ energy }: Conformer) => [
  { name: 'MMFF94 energy (kcal/mol)', value: energy && Number(energy.toFixed(3)) },
];

function record(
  { run, columns }: ExportTable,
  candidate: CandidateRow,
  block: string,
  more: readonly Field[] = [],
): string {
  return sdfRecord(`run${run.id}-${candidate.id}`, block, [
    { name: 'smiles', value: candidate.sequence },
    ...more,
    ...columns.map((column) => ({ name: column.name, value: column.cell(candidate, run) })),
  ]);
}

interface Field {
  readonly name: string;
  readonly value: Cell;
}

/** @param block a mol block, of whatever name */
export function sdfRecord(name: string, block: string, fields: readonly Field[]): string {
  const data = fields
    .flatMap((field) => (field.value === null ? [] : [`>  <${fieldName(field.name)}>\n${String(field.value)}\n\n`]))
    .join('');
  return `${named(block, name)}${data}$$$$\n`;
}

/** A mol block with 2D coordinates. @throws Error where RDKit cannot read the molecule */
export function structure(smiles: string, rdkit: Rdkit): string {
  return rdkit.withMolecule(smiles, molblock, () => {
    throw new Error(`The stored molecule ${smiles} can no longer be read.`);
  });
}

/** The first line of a mol block is the molecule's name. */
function named(block: string, name: string): string {
  const end = block.indexOf('\n');
  return `${name}${block.slice(end)}${block.endsWith('\n') ? '' : '\n'}`;
}

/** Angle brackets would end the field's name. */
function fieldName(name: string): string {
  return name.replace(/[<>]/g, '');
}
