/**
 * SD files: a V2000 mol block with 2D coordinates and a data field for each
 * column (BIOVIA, CTFile Formats). Missing values have no field.
 */
import { molblock } from '../../engine/chem/depict.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import type { CandidateRow } from '../../db/index.ts';
import type { ExportTable } from './columns.ts';

export function sdfText(table: ExportTable, rdkit: Rdkit): string {
  return table.candidates.map((candidate) => record(table, candidate, rdkit)).join('');
}

function record({ run, columns }: ExportTable, candidate: CandidateRow, rdkit: Rdkit): string {
  const fields = [{ name: 'smiles', value: candidate.sequence }, ...columns.map((column) => ({ name: column.name, value: column.cell(candidate, run) }))];
  const data = fields.flatMap(({ name, value }) => (value === null ? [] : [`>  <${fieldName(name)}>\n${String(value)}\n\n`])).join('');
  return `${named(structure(candidate.sequence, rdkit), `run${run.id}-${candidate.id}`)}${data}$$$$\n`;
}

function structure(smiles: string, rdkit: Rdkit): string {
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
