/**
 * @file Reads and standardises the molecules of a table, row by row, with the reason for each failure. A mol block may
 * be given instead of a SMILES.
 */
import { MoleculeError } from '../../chem/errors.ts';
import { isInchi, smilesOfInchi } from '../../chem/inchi.ts';
import type { Rdkit } from '../../chem/rdkit.ts';
import { standardise, type Standardised } from '../../chem/standardise.ts';
import { dnaLetters } from '../../dna/pasted.ts';

/** At least 15 letters of DNA, longer than any short SMILES of plain chains. */
const DNA = /^[ACGTN]{15,}$/;

/** Whether a text is most likely DNA and not a chain of carbons and nitrogens. */
export function isDnaText(text: string): boolean {
  const letters = dnaLetters(text);
  return DNA.test(letters) && /[GT]/.test(letters);
}

/** Whether RDKit reads a text as a molecule. */
export function isStructureText(rdkit: Rdkit, text: string): boolean {
  return rdkit.withMolecule(
    smilesOf(rdkit, text),
    () => true,
    () => false,
  );
}

/** A mol block has several lines, a SMILES or an InChI one. Text after a space is a name. */
function smilesOf(rdkit: Rdkit, text: string): string {
  if (isInchi(text)) {
    const read = smilesOfInchi(rdkit, text.trim().split(/\s/, 1)[0]);
    return 'smiles' in read ? read.smiles : '';
  }
  return text.includes('\n') ? (rdkit.smilesOf(text) ?? '') : (text.trim().split(/\s/, 1)[0] ?? '');
}

/** Why a mol block or an InChI is no molecule. */
function unread(rdkit: Rdkit, text: string): string {
  if (!isInchi(text)) return `a mol block that is no molecule: ${rdkit.explainBlock(text)}`;
  const read = smilesOfInchi(rdkit, text.trim().split(/\s/, 1)[0]);
  return 'problem' in read ? read.problem : 'no structure';
}

export interface StructureProblem {
  readonly line: number;
  /** The text in the table, shortened. */
  readonly text: string;
  readonly reason: string;
}

/** A standardised molecule, or the reason why there is none. */
export function readStructure(rdkit: Rdkit, line: number, text: string): Standardised | StructureProblem {
  const smiles = smilesOf(rdkit, text);
  const problem = (reason: string): StructureProblem => ({ line, text: shortened(text), reason });
  if (text.trim() === '') return problem('no structure');
  if (smiles === '') return problem(unread(rdkit, text));
  return rdkit.withMolecule(
    smiles,
    (molecule) => {
      try {
        return standardise(rdkit, molecule);
      } catch (error) {
        if (error instanceof MoleculeError) return problem(error.message);
        throw error;
      }
    },
    () => problem(rdkit.explain(smiles)),
  );
}

function shortened(text: string): string {
  const line = text.trim().split('\n', 1)[0];
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
