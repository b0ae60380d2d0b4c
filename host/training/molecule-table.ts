/**
 * @file A table of measurements, read for the training of a predictor of molecules: its columns, the assumptions made,
 * and what happened to its rows.
 */
import type { Modality } from '../../engine/base/modality.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { scaffoldKey } from '../../engine/chem/scaffold.ts';
import type { LearnMolecule } from '../../engine/learn/user-predictor/cross-validation.ts';
import { gatherMolecules, type RowReport } from '../../engine/learn/user-predictor/molecules.ts';
import { isStructureText } from '../../engine/learn/user-predictor/structures.ts';
import { decideTask, type Task, TaskError, type TaskOptions } from '../../engine/learn/user-predictor/task.ts';
import { InputError } from '../base/errors.ts';
import { columnIndex } from '../intake/column-names.ts';
import { placeWord } from '../intake/rows.ts';
import { readTable, type ReadTableOptions, structureColumn, type Table } from '../intake/table.ts';
import { rawRows } from '../intake/values.ts';

/** What the user specifies about a table; the rest is detected. */
export interface MoleculeTableOptions {
  readonly column: string;
  /** Column of the structures. */
  readonly structure?: string;
  readonly task: TaskOptions;
}

export interface MoleculeTable {
  readonly task: Task;
  /** Column of the structures. */
  readonly structure: string;
  /** Assumptions about the table, one sentence each. */
  readonly notes: readonly string[];
  readonly molecules: readonly LearnMolecule[];
  readonly report: RowReport;
}

/** @throws InputError for a file that is not a table */
export function openUserTable(rdkit: Rdkit, file: string, options?: ReadTableOptions): Promise<Table> {
  return readTable(file, (text) => isStructureText(rdkit, text), options);
}

/** Rows examined to tell molecules from DNA; DNA tables may be long. */
const LOOKED_AT = 50;

/** The modality of a table, judged by its first rows. @throws InputError if it has no column of structures */
export async function modalityOf(
  rdkit: Rdkit,
  file: string,
  { structure, sheet }: { readonly structure?: string; readonly sheet?: string },
): Promise<Modality> {
  return structureColumn(await openUserTable(rdkit, file, { sheet, first: LOOKED_AT }), structure).modality;
}

/**
 * @param progress gets the number of rows read
 * @throws InputError for a column that is missing or cannot be learnt
 */
export function readMoleculeTable(
  rdkit: Rdkit,
  table: Table,
  options: MoleculeTableOptions,
  progress?: (rows: number) => void,
): MoleculeTable {
  const structure = structureColumn(table, options.structure);
  const index = columnIndex(table.columns, options.column, table.file);
  if (index === structure.index)
    throw new InputError(
      `${table.file}: the column "${table.columns[index].name}" holds the structures. Choose the column of the measured values.`,
    );
  const { rows, notes: joined } = rawRows(table, structure.index, index);
  const { task, notes } = decided(
    table,
    index,
    rows.map(({ value }) => value),
    options.task,
  );
  const { molecules, report } = gatherMolecules(rdkit, rows, task, progress);
  if (molecules.length === 0)
    throw new InputError(
      `${table.file}: no row has both a molecule and a value${report.unreadable.length > 0 ? `; the first problem is in ${placeWord(table.format)} ${report.unreadable[0].line}: ${report.unreadable[0].reason}` : ''}.`,
    );
  return {
    task,
    structure: table.columns[structure.index].name,
    notes: [...table.notes, ...joined, ...notes],
    molecules: molecules.map((one) => ({ ...one, ...described(rdkit, one.smiles) })),
    report,
  };
}

/** The task of learning a column, and the assumptions made. @throws InputError for one that cannot be learnt */
export function decided(
  table: Table,
  index: number,
  cells: readonly string[],
  options: TaskOptions,
): ReturnType<typeof decideTask> {
  const { name, style } = table.columns[index];
  try {
    const { task, notes } = decideTask({ name, cells, style }, options);
    return { task, notes: style.decimalComma ? [`Commas in "${name}" are decimal commas.`, ...notes] : notes };
  } catch (error) {
    if (error instanceof TaskError) throw new InputError(`${table.file}: ${error.message}`);
    throw error;
  }
}

function described(rdkit: Rdkit, smiles: string): Pick<LearnMolecule, 'scaffold' | 'counts'> {
  return rdkit.withMolecule(
    smiles,
    (molecule) => ({ scaffold: scaffoldKey(molecule.graph), counts: molecule.morgan(2) }),
    () => {
      throw new Error(`RDKit cannot read its own SMILES "${smiles}"`);
    },
  );
}
