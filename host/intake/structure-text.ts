/** @file The structure of a cell, a line or a record as SMILES: SMILES with extensions, mol blocks, InChI. */
import { isInchi, smilesOfInchi } from '../../engine/chem/inchi.ts';
import { isMolBlock } from '../../engine/chem/mol-block.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { isStructureText } from '../../engine/learn/user-predictor/structures.ts';

/** A structure's SMILES with the name that follows it, or why there is none. */
export interface StructureText {
  readonly text: string;
  readonly name: string;
  readonly problem?: string;
}

/** ChemAxon's extension, as RDKit and Marvin write it after a SMILES. */
const EXTENDED = /^(\S+)\s+\|[^|]*\|(?:\s+(.*))?$/;

/** Whether a text is written as SMILES and needs no chemistry to be read. */
export const isPlain = (text: string): boolean => !isMolBlock(text) && !isInchi(text);

/** A cell that holds a SMILES; an extension is left out, and any other text after a space stays. */
export function plainStructure(cell: string): StructureText {
  const [, text, name = ''] = EXTENDED.exec(cell.trim()) ?? ['', cell.trim(), ''];
  return { text, name };
}

/** A line that begins with a SMILES: what follows is its name. */
export function structureLine(line: string): StructureText {
  const [, text = '', rest = ''] = /^(\S+)(?:\s+(.*))?$/.exec(line.trim()) ?? [];
  return { text, name: rest.replace(/^\|[^|]*\|\s*/, '').trim() };
}

/**
 * null if it is no molecule. RDKit reads a label such as R1 as an isotope; attachment points are numbered [*:1], [*:2]
 * here.
 */
export function smilesOfBlock(block: string, rdkit: Rdkit): string | null {
  return rdkit.smilesOf(block)?.replace(/\[(\d+)\*\]/g, '[*:$1]') ?? null;
}

/** A mol block or an InChI as SMILES. */
export function convertedStructure(text: string, rdkit: Rdkit): StructureText {
  if (isMolBlock(text)) {
    const smiles = smilesOfBlock(text, rdkit);
    return smiles === null
      ? { text: '', name: '', problem: `a mol block that is no molecule: ${rdkit.explainBlock(text)}` }
      : { text: smiles, name: '' };
  }
  const [inchi, ...name] = text.trim().split(/\s+/);
  const read = smilesOfInchi(rdkit, inchi);
  return 'smiles' in read
    ? { text: read.smiles, name: name.join(' ') }
    : { text: inchi, name: name.join(' '), problem: read.problem };
}

/** Whether a cell is a structure in any notation that is read. */
export function isStructureCell(cell: string, rdkit: Rdkit): boolean {
  return isPlain(cell)
    ? isStructureText(rdkit, plainStructure(cell).text)
    : convertedStructure(cell, rdkit).problem === undefined;
}
