/**
 * Molecules of a table, row by row: read, standardised, and said where that
 * fails. A mol block may stand where a SMILES does.
 */
import { MoleculeError } from '../../chem/errors.ts';
import type { Rdkit } from '../../chem/rdkit.ts';
import { standardise, type Standardised } from '../../chem/standardise.ts';
import { dnaLetters } from '../../dna/pasted.ts';

/** Letters that only DNA has, and no short SMILES of chains alone. */
const DNA = /^[ACGTN]{15,}$/;

/** Whether a text is most likely DNA: a chain of carbons and nitrogens is none. */
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

/** A mol block has lines, a SMILES has none; what follows a blank is a name. */
function smilesOf(rdkit: Rdkit, text: string): string {
  return text.includes('\n') ? (rdkit.smilesOf(text) ?? '') : (text.trim().split(/\s/, 1)[0] ?? '');
}

export interface StructureProblem {
  readonly line: number;
  /** As it stands in the table, shortened. */
  readonly text: string;
  readonly reason: string;
}

/** A standardised molecule, or why there is none. */
export function readStructure(rdkit: Rdkit, line: number, text: string): Standardised | StructureProblem {
  const smiles = smilesOf(rdkit, text);
  const problem = (reason: string): StructureProblem => ({ line, text: shortened(text), reason });
  if (text.trim() === '') return problem('no structure');
  if (smiles === '') return problem('a mol block that RDKit cannot read');
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
