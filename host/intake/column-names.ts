/** @file What columns hold by their names: structures, sequences, names. */
import type { Modality } from '../../engine/base/modality.ts';
import { suggestion } from '../../engine/base/nearest.ts';
import { headerUnit } from '../../engine/learn/user-predictor/units.ts';
import { InputError } from '../base/errors.ts';

/** Columns of a table that hold the sequence, in the order of preference. */
export const sequenceColumns: Readonly<Record<Modality, readonly string[]>> = {
  molecule: ['smiles', 'canonical_smiles', 'smile', 'structure', 'molecule', 'isomeric_smiles', 'inchi'],
  dna: ['sequence', 'seq', 'dna', 'dna_sequence'],
};

/** Names that say the same with other words around. */
const ALIKE: Readonly<Record<Modality, RegExp>> = {
  molecule: /^(?!.*_(id|name|source)$)(.*_)?(smiles|smi|inchi|molblock|mol_block|molfile)(_.*)?$/,
  dna: /^(?!(.*_)?(protein|peptide|aa|amino)_)(.*_)?(sequence|seq)$/,
};

const NAMES =
  /^(name|title|id|identifier|label|(compound|cmpd|cpd|mol|molecule|sample|substance|drug|ligand|sequence|seq|oligo|element|record|entry|catalog|catalogue|batch|chembl|molecule_chembl|pubchem|zinc|cas|plasmid|construct|insert)(_?(id|name|no|nr|number|code|rn|cid))?)$/;

/** Fields of an SD file that name a record. */
export const NAME_FIELDS =
  /^(name|id|(compound|cmpd|mol(ecule)?|sample|catalog(ue)?|chembl|zinc)[_ ]?(id|name|number)?)$/i;

/** A header without case, quotes, blanks and marks: "Canonical SMILES" is canonical_smiles. */
export function plainName(header: string): string {
  return header
    .replace(/^[\uFEFF#"'\s]+|["'\s]+$/g, '')
    .toLowerCase()
    .replace(/[\s._()[\]-]+/g, '_')
    .replace(/^_|_$/g, '');
}

/** Place in the order of preference; Infinity for a name that says something else. */
function rankOf(header: string, modality: Modality): number {
  const name = plainName(header);
  const known = sequenceColumns[modality].indexOf(name);
  if (known >= 0) return known;
  return ALIKE[modality].test(name) ? sequenceColumns[modality].length : Infinity;
}

/** Whether a name says that the column holds sequences of the modality. */
export const isSequenceColumn = (header: string, modality: Modality): boolean => rankOf(header, modality) < Infinity;

/** Index of the column whose name says that it holds the modality's sequences; -1 if none does. */
export function namedSequenceColumn(header: readonly string[], modality: Modality): number {
  const ranks = header.map((name) => rankOf(name, modality));
  const best = Math.min(...ranks);
  return best === Infinity ? -1 : ranks.indexOf(best);
}

/** Another notation of the same structure is no rival. */
const OTHER_NOTATION = /(^|_)(inchi|mol_?block|mol_?file)(_|$)/;

/** Says which column is read where others are named alike; nothing where there is no choice. */
export function choiceNotes(header: readonly string[], chosen: number, modality: Modality): string[] {
  const isRival = (name: string, i: number) =>
    i !== chosen && isSequenceColumn(name, modality) && !OTHER_NOTATION.test(plainName(name));
  const rivals = header.filter(isRival).map((name) => `"${name.trim()}"`);
  if (rivals.length === 0) return [];
  const what = modality === 'dna' ? 'sequences' : 'structures';
  return [
    `The ${what} are those of the column "${header[chosen].trim()}"; ${rivals.join(', ')} may hold ${what} too. Name that column if it is meant.`,
  ];
}

/** Index of the column that holds the modality's sequences. @throws InputError if none is named so */
export function sequenceColumn(header: readonly string[], file: string, modality: Modality): number {
  const index = namedSequenceColumn(header, modality);
  if (index < 0) throw noSequenceColumn(header, file, 1, modality);
  return index;
}

export function noSequenceColumn(
  header: readonly string[],
  file: string,
  line: number,
  modality: Modality,
): InputError {
  const what = modality === 'dna' ? 'sequences' : 'SMILES';
  const names = header.filter((name) => name.trim() !== '').slice(0, 12);
  return new InputError(
    `${file}:${line}: there is no column of ${what}. Name one of the columns ${sequenceColumns[modality].join(', ')}, or name the column with --structure. The columns are: ${names.map((name) => `"${name.trim()}"`).join(', ')}.`,
  );
}

/** Index of the column that names the rows; null if there is none. @param sequence index of the sequences */
export function nameColumn(header: readonly string[], sequence: number): number | null {
  const index = header.findIndex((name, i) => i !== sequence && NAMES.test(plainName(name)));
  return index < 0 ? null : index;
}

/** As long a name as a message needs to have room for. */
const SHORTEST_START = 4;

/**
 * A column by its name as it stands in the header, or without its unit, whatever the case, and without what is neither
 * letter nor digit; or by the first words of one name.
 * @throws InputError naming the nearest
 */
export function columnIndex(columns: readonly { readonly name: string }[], wanted: string, file: string): number {
  const plain = (text: string) => text.trim().toLowerCase();
  const letters = (text: string) => plain(text).replace(/[^\p{L}\p{N}]/gu, '');
  const tests = [
    (name: string) => name === wanted,
    (name: string) => plain(name) === plain(wanted),
    (name: string) => plain(headerUnit(name).name) === plain(wanted),
    (name: string) => letters(wanted) !== '' && letters(headerUnit(name).name) === letters(wanted),
    (name: string) => plain(wanted).length >= SHORTEST_START && plain(name).startsWith(`${plain(wanted)} `),
  ];
  for (const test of tests) {
    const found = [...columns.keys()].filter((i) => test(columns[i].name));
    if (found.length > 1)
      throw new InputError(
        `${file}: "${wanted}" is ambiguous: ${found.map((i) => `"${columns[i].name}"`).join(' or ')}. Give the full name.`,
      );
    if (found.length === 1) return found[0];
  }
  throw new InputError(
    `${file}: there is no column "${wanted}".${suggestion(
      wanted,
      columns.map(({ name }) => name),
    )}`,
  );
}
