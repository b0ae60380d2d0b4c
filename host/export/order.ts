/**
 * An order sheet as CSV: what a supplier or a synthesis service asks for, with
 * columns to fill in by hand. Scores stay out of it.
 */
import { molecularFormula } from '../../engine/chem/formula.ts';
import type { Molecule } from '../../engine/chem/molecule.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { gcContent } from '../../engine/dna/composition.ts';
import type { Cell, ExportTable } from './columns.ts';
import { csvLine } from './csv.ts';

const TO_FILL_IN = {
  molecule: ['amount [mg]', 'minimum purity [%]', 'remarks'],
  dna: ['scale', 'vector or format', 'remarks'],
} as const;
const HEADS = {
  molecule: ['name', 'smiles', 'inchikey', 'formula', 'molecular weight [g/mol]'],
  dna: ['name', 'sequence', 'length [bases]', 'GC [%]'],
} as const;

export function orderText({ run, modality, candidates }: ExportTable, rdkit: Rdkit): string {
  const describe = modality === 'dna' ? dnaCells : (smiles: string) => moleculeCells(smiles, rdkit);
  const empty = TO_FILL_IN[modality].map(() => null);
  const rows = candidates.map(({ sequence, id }) => [`run${run.id}-${id}`, sequence, ...describe(sequence), ...empty]);
  return [[...HEADS[modality], ...TO_FILL_IN[modality]], ...rows].map(csvLine).join('');
}

function dnaCells(sequence: string): Cell[] {
  return [sequence.length, Number((100 * gcContent(sequence)).toFixed(1))];
}

function moleculeCells(smiles: string, rdkit: Rdkit): Cell[] {
  const cells = (molecule: Molecule): Cell[] => [
    rdkit.inchiKey(molecule.inchi),
    molecularFormula(molecule.graph),
    Number(molecule.descriptors.weight.toFixed(2)),
  ];
  return rdkit.withMolecule(smiles, cells, () => {
    throw new Error(`The stored molecule ${smiles} can no longer be read.`);
  });
}
