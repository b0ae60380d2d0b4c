/**
 * One structure that a user types, pastes or draws: the name of a drug, a SMILES or a mol block. For any other text,
 * the error names the place and the nearest valid choice.
 */
import { editDistance, nearest } from '../../engine/base/nearest.ts';
import { isInchi, smilesOfInchi } from '../../engine/chem/inchi.ts';
import { isMolBlock } from '../../engine/chem/mol-block.ts';
import type { Molecule } from '../../engine/chem/molecule.ts';
import { isReaction, type Rdkit } from '../../engine/chem/rdkit.ts';
import { smilesOfBlock } from '../intake/structure-text.ts';
import { drugNames, drugSmiles } from './names/drugs.ts';

export interface Structure {
  readonly smiles: string;
  /** The name; null for a SMILES or a mol block. */
  readonly name: string | null;
}

/** A structure, or why the text is none and what to enter instead. */
export type Reading = { readonly structure: Structure } | { readonly problem: string };

const RECORD_END = /^\$\$\$\$.*$/m;
/** Separates a SMILES from the name that follows it, or the cells of a row. */
const SEPARATORS = /[\s,;]+/;

/**
 * Null for other texts. A known name takes precedence over a SMILES, since short names can be valid SMILES. Text after
 * a SMILES is its name.
 */
export function readStructure(text: string, rdkit: Rdkit): Structure | null {
  const known = drugSmiles(text);
  if (known !== undefined) return { smiles: known, name: text.toLowerCase() };
  if (isInchi(text)) return ofInchi(text, rdkit);
  const [smiles] = text.split(/[\s,;]/);
  const molecule = rdkit.parse(smiles);
  molecule?.dispose();
  return molecule && { smiles, name: null };
}

function ofInchi(text: string, rdkit: Rdkit): Structure | null {
  const read = smilesOfInchi(rdkit, text.trim().split(/\s/, 1)[0]);
  return 'smiles' in read ? { smiles: read.smiles, name: null } : null;
}

/**
 * Exactly one molecule. Mixtures, reactions and radicals are refused, and so is a table, of which only the first cell
 * would be read.
 */
export function readOne(text: string, rdkit: Rdkit): Reading {
  const given = text.trim();
  if (given === '') return { problem: 'No structure is given. Enter the name of a drug, a SMILES or a molfile.' };
  if (isMolBlock(text)) return readBlock(text, rdkit);
  const known = drugSmiles(given);
  if (known !== undefined) return { structure: { smiles: known, name: given.toLowerCase() } };
  const lines = given.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length > 1) return { problem: severalLines(lines, rdkit) };
  if (isInchi(given)) {
    const read = smilesOfInchi(rdkit, given.split(/\s/, 1)[0]);
    return 'smiles' in read ? readSmiles(read.smiles, rdkit) : { problem: `“${shortened(given)}” is ${read.problem}.` };
  }
  return readSmiles(given, rdkit);
}

function readSmiles(given: string, rdkit: Rdkit): Reading {
  const [smiles] = given.split(SEPARATORS);
  return rdkit.withMolecule<Reading>(
    smiles,
    (molecule) => oneMolecule(smiles, molecule, rdkit),
    () => ({ problem: whyNot(given, rdkit) }),
  );
}

function readBlock(text: string, rdkit: Rdkit): Reading {
  const records = text.split(RECORD_END).filter((record) => record.trim() !== '');
  if (records.length > 1)
    return { problem: `These are ${records.length} molecules, separated by “$$$$”. Give only one of them.` };
  const smiles = smilesOfBlock(records[0], rdkit);
  if (smiles === null) return { problem: `The molfile can’t be read: ${rdkit.explainBlock(records[0])}.` };
  return readSmiles(smiles, rdkit);
}

function oneMolecule(smiles: string, molecule: Molecule, rdkit: Rdkit): Reading {
  const parts = molecule.canonical.split('.');
  if (parts.length > 1)
    return {
      problem: `“${shortened(smiles)}” is a mixture of ${parts.length} molecules. Give only one of them. The largest is “${shortened(largestOf(parts))}”.`,
    };
  const radical = molecule.graph.radicals.findIndex((electrons) => electrons > 0);
  if (radical >= 0) return { problem: radicalProblem(smiles, molecule, radical, rdkit) };
  return { structure: { smiles, name: null } };
}

const largestOf = (parts: readonly string[]): string =>
  parts.reduce((best, part) => (part.length > best.length ? part : best));

function radicalProblem(smiles: string, molecule: Molecule, atom: number, rdkit: Rdkit): string {
  const closed = rdkit.withoutRadicals(molecule);
  return `“${shortened(smiles)}” is a radical: its atom ${atom + 1} has an unpaired electron.${closed === null ? '' : ` With hydrogen there it is “${shortened(closed)}”.`}`;
}

function severalLines(lines: readonly string[], rdkit: Rdkit): string {
  const cells = lines.flatMap((line, i) => line.split(SEPARATORS).map((cell) => ({ cell, line: i + 1 })));
  const first = cells.find(({ cell }) => isMolecule(cell, rdkit));
  return `These are ${lines.length} lines. Give only one structure.${first === undefined ? ` None is in line 1, “${shortened(lines[0])}”.` : ` The first is in line ${first.line}, “${shortened(first.cell)}”.`}`;
}

/** Short words of a table's header, such as "No" and "ID", that no user means as a molecule. */
function isMolecule(cell: string, rdkit: Rdkit): boolean {
  return (
    cell.length > 2 &&
    rdkit.withMolecule(
      cell,
      () => true,
      () => false,
    )
  );
}

function whyNot(given: string, rdkit: Rdkit): string {
  const [smiles, ...others] = given.split(SEPARATORS);
  if (isReaction(smiles))
    return `“${shortened(smiles)}” is a reaction. Give one of its molecules.${hinted('The first product is', productOf(smiles, rdkit))}`;
  const reason = rdkit.explain(smiles).replace(/^not a (SMILES|valid molecule): /, '');
  if (reason.startsWith('too large'))
    return `The text of ${smiles.length.toLocaleString('en')} characters is ${reason}, which is more than can be read. Give a part of it.`;
  const labelled = smiles.replace(/\[R(\d*)\]/g, (_, number: string) => (number === '' ? '[*]' : `[*:${number}]`));
  if (labelled !== smiles)
    return `"${shortened(given)}" is not a SMILES: an attachment point is written [*:1], [*:2], ..., not [R1].${hinted('Give', labelled)}`;
  const name = nearName(given);
  const cell = others.findIndex((other) => isMolecule(other, rdkit));
  const hint =
    hinted('The nearest known name is', name) ||
    hinted(`Column ${cell + 2} has a structure:`, others[cell]) ||
    ` As a SMILES: ${reason}.`;
  return `"${shortened(given)}" is neither a valid SMILES, nor a known name, nor a file.${hint}`;
}

const hinted = (words: string, choice: string | undefined): string =>
  choice === undefined ? '' : ` ${words} "${shortened(choice)}".`;

function productOf(reaction: string, rdkit: Rdkit): string | undefined {
  return reaction
    .split('>')
    .at(-1)
    ?.split('.')
    .find((one) => isMolecule(one, rdkit));
}

/** A known name that differs in at most a third of its letters. */
function nearName(given: string): string | undefined {
  if (!/^[A-Za-z][A-Za-z0-9 -]{3,80}$/.test(given)) return undefined;
  const name = nearest(given, Object.keys(drugNames()));
  return name !== undefined && editDistance(given.toLowerCase(), name) <= given.length / 3 ? name : undefined;
}

/**
 * A drawn SMARTS without hydrogen counts, so that it matches molecules with more substituents: SMILES must write
 * "[nH]", which would forbid them. Stereo centres keep theirs, because the hydrogen is one of the neighbours that
 * define the order.
 */
export function drawnPattern(smiles: string): string {
  return smiles.replace(/\[(\d*[A-Za-z][a-z]?)H\d?([+-]\d?)?\]/g, (_, atom: string, charge = '') =>
    /^(B|C|N|O|P|S|F|Cl|Br|I)$/.test(atom + charge) ? atom : `[${atom}${charge}]`,
  );
}

/** The beginning of a text, short enough for a message. */
export function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
