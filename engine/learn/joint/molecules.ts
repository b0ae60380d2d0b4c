/**
 * @file Turns the rows of a table with several measured columns into different molecules, each with the mean of its
 * measurements.
 */
import type { Molecule } from '../../chem/molecule.ts';
import type { Rdkit } from '../../chem/rdkit.ts';
import { meanOfKnown } from '../predictor-data.ts';
import { isMissing, type NumberStyle, parseMeasurement } from '../user-predictor/measurement.ts';
import { readStructure, type StructureProblem } from '../user-predictor/structures.ts';

/** A row as it is in the table. */
export interface JointRow {
  readonly line: number;
  readonly structure: string;
  /** One text per quantity. */
  readonly cells: readonly string[];
}

export interface JointMolecules {
  /** Their graphs have been read and RDKit's memory is freed. */
  readonly molecules: readonly Molecule[];
  /** [molecules][quantities]; NaN if it was not measured. */
  readonly values: readonly Float64Array[];
  /** Structures and cells that could not be read. Their rows are left out. */
  readonly problems: readonly StructureProblem[];
  /** Rows with a molecule of an earlier row. */
  readonly duplicates: number;
}

export interface GatherOptions {
  /** How the numbers of each quantity are written. */
  readonly styles: readonly NumberStyle[];
  /** Whether molecules are used as drawn. By default, the largest fragment is used and neutralised. */
  readonly asDrawn: boolean;
}

/** @param progress receives the number of processed rows now and then */
export function gatherJoint(
  rdkit: Rdkit,
  rows: readonly JointRow[],
  { styles, asDrawn }: GatherOptions,
  progress: (done: number) => void = () => undefined,
): JointMolecules {
  const problems: StructureProblem[] = [];
  const bySmiles = new Map<string, Float64Array[]>();
  for (const [i, row] of rows.entries()) {
    if (i % 1000 === 0) progress(i);
    const read = readRow(rdkit, row, styles, asDrawn);
    if ('reason' in read) problems.push(read);
    else if (!bySmiles.get(read.smiles)?.push(read.values)) bySmiles.set(read.smiles, [read.values]);
  }
  return {
    molecules: [...bySmiles.keys()].map((smiles) => graphOf(rdkit, smiles)),
    values: [...bySmiles.values()].map(meanOfKnown),
    problems,
    duplicates: rows.length - problems.length - bySmiles.size,
  };
}

function readRow(
  rdkit: Rdkit,
  { line, structure, cells }: JointRow,
  styles: readonly NumberStyle[],
  asDrawn: boolean,
): StructureProblem | { readonly smiles: string; readonly values: Float64Array } {
  const molecule = asDrawn ? drawn(rdkit, line, structure) : readStructure(rdkit, line, structure);
  if ('reason' in molecule) return molecule;
  const values = new Float64Array(cells.length);
  for (const [i, cell] of cells.entries()) {
    const read = isMissing(cell) ? null : parseMeasurement(cell, styles[i]);
    if (read === null && !isMissing(cell)) return { line, text: cell.slice(0, 60), reason: 'is not a number' };
    if (read !== null && read.bound !== 'exact')
      return {
        line,
        text: cell.slice(0, 60),
        reason: 'is a bound, which can only be learnt from with a single --column',
      };
    values[i] = read?.value ?? NaN;
  }
  return { smiles: molecule.smiles, values };
}

function drawn(rdkit: Rdkit, line: number, text: string): { readonly smiles: string } | StructureProblem {
  return rdkit.withMolecule<ReturnType<typeof drawn>>(
    text.trim(),
    (molecule) => ({ smiles: molecule.canonical }),
    () => ({ line, text: text.slice(0, 60), reason: rdkit.explain(text.trim()) }),
  );
}

function graphOf(rdkit: Rdkit, smiles: string): Molecule {
  return rdkit.withMolecule(
    smiles,
    (molecule) => (molecule.graph, molecule),
    () => {
      throw new Error(`RDKit cannot read its own SMILES "${smiles}"`);
    },
  );
}
