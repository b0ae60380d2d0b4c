/** Molecules that a user types, pastes or draws. */
import type { Parsed, Result } from '../../contract/api.ts';
import { depict, molblock } from '../../engine/chem/depict.ts';
import { isMolBlock } from '../../engine/chem/mol-block.ts';
import type { Molecule } from '../../engine/chem/molecule.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import type { MoleculeContext } from '../../engine/objectives/molecules.ts';
import { InputError } from '../base/errors.ts';
import { drugSmiles, namesLike } from '../design/names/drugs.ts';
import { moleculesOf } from '../design/structure-file.ts';
import { oneStructure, readPattern } from '../design/structures.ts';
import { drawnPattern, readStructure } from '../design/typed-structure.ts';
import type { HostContext, Service } from './context.ts';

export function moleculeService({
  chemistry,
  threads,
}: Pick<HostContext, 'chemistry' | 'threads'>): Service<'molecule'> {
  return {
    'molecule.read': ({ text, as }) =>
      chemistry.use(({ rdkit }) => (as === 'structure' ? structureOf(text, rdkit) : patternOf(text, rdkit))),
    'molecule.file': (request) => chemistry.use(({ rdkit }) => moleculesOf(request, rdkit)),
    'molecule.conformer': async ({ smiles }) => {
      const [embedding] = await threads.embedAll([smiles]);
      if (embedding === null) throw new InputError(`“${smiles}” is not a molecule.`);
      return embedding;
    },
    'molecule.names': ({ text, limit }) => ({ names: namesLike(text, limit) }),
    'molecule.forms': ({ smiles }) => chemistry.use(({ rdkit }) => formsOf(smiles, rdkit)),
    'molecule.depict': (request) => chemistry.use((molecules) => ({ svg: depictAll(molecules, request) })),
  };
}

function structureOf(text: string, rdkit: Rdkit): Result<'molecule.read'> {
  const { smiles } = oneStructure(text, rdkit);
  return { text: isMolBlock(text) ? smiles : text.trim(), molfile: blockOf(smiles, rdkit) };
}

function patternOf(text: string, rdkit: Rdkit): Result<'molecule.read'> {
  const given = text.trim();
  const drawn = isMolBlock(text) ? oneStructure(text, rdkit).smiles : drugSmiles(given);
  const pattern = drawn === undefined ? given : drawnPattern(drawn);
  readPattern(pattern, rdkit).dispose();
  return { text: pattern, molfile: blockOf(drawn ?? given, rdkit) };
}

/** null if it is not a single molecule. */
function blockOf(smiles: string, rdkit: Rdkit): string | null {
  return rdkit.withMolecule<string | null>(smiles, molblock, () => null);
}

function formsOf(smiles: string, rdkit: Rdkit): Result<'molecule.forms'> {
  const forms = (molecule: Molecule) => ({
    inchi: molecule.inchi,
    inchiKey: rdkit.inchiKey(molecule.inchi),
    molfile: molblock(molecule),
  });
  return rdkit.withMolecule(smiles, forms, () => {
    throw new InputError(`“${smiles}” is not a molecule.`);
  });
}

/** One picture per structure or known name; null for other texts. */
function depictAll(
  { rdkit }: MoleculeContext,
  { smiles, highlight, ...picture }: Parsed<'molecule.depict'>,
): (string | null)[] {
  const pattern = highlight === undefined ? undefined : readPattern(highlight, rdkit);
  try {
    return smiles.map((one) => {
      const structure = readStructure(one, rdkit);
      return (
        structure &&
        rdkit.withMolecule(
          structure.smiles,
          (molecule) => depict(molecule, { ...picture, ...(pattern && { highlight: pattern }) }),
          () => null,
        )
      );
    });
  } finally {
    pattern?.dispose();
  }
}
