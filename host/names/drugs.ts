/**
 * Names of approved drugs and their structures, for references given by name:
 * the shipped table and a few second names.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelsFolder } from '../paths.ts';

/** Common second names that the table lacks. */
const otherNames: Readonly<Record<string, string>> = {
  aciclovir: 'Nc1nc(=O)c2ncn(COCCO)c2[nH]1',
  aspirin: 'CC(=O)Oc1ccccc1C(=O)O',
  paracetamol: 'CC(=O)Nc1ccc(O)cc1',
  salbutamol: 'CC(C)(C)NCC(O)c1ccc(O)c(CO)c1',
};

function approvedDrugs(): Record<string, string> {
  const lines = readFileSync(join(modelsFolder, 'approved-drugs', 'drugs.tsv'), 'utf8').trimEnd().split('\n');
  return Object.fromEntries(lines.map((line) => line.split('\t') as [string, string]));
}

/** Name in lower case -> SMILES. */
export const drugNames: Readonly<Record<string, string>> = { ...approvedDrugs(), ...otherNames };
