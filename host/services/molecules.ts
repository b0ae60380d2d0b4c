/** Molecules by themselves: what a user types, pastes or draws. */
import type { Result } from '../../contract/api.ts';
import { molblock } from '../../engine/chem/depict.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { InputError } from '../base/errors.ts';
import { drugSmiles } from '../design/names/drugs.ts';
import { oneStructure, readPattern } from '../design/structures.ts';
import { drawnPattern, isMolBlock } from '../design/typed-structure.ts';
import type { HostContext } from './context.ts';
import type { Service } from './handlers.ts';

type Methods = 'molecule.read' | 'molecule.conformer';

export function moleculeService({ chemistry, threads }: Pick<HostContext, 'chemistry' | 'threads'>): Service<Methods> {
  return {
    'molecule.read': ({ text, as }) =>
      chemistry.use(({ rdkit }) => (as === 'structure' ? structureOf(text, rdkit) : patternOf(text, rdkit))),
    'molecule.conformer': async ({ smiles }) => {
      const [embedding] = await threads.embedAll([smiles]);
      if (embedding === null) throw new InputError(`“${smiles}” is not a molecule.`);
      return embedding;
    },
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

/** null for what is no single molecule. */
function blockOf(smiles: string, rdkit: Rdkit): string | null {
  return rdkit.withMolecule<string | null>(smiles, molblock, () => null);
}
