/** Single candidates: all that is known of one, the shortlist, pictures. */
import type { Parsed } from '../../contract/api.ts';
import { candidateDetail, getRun, star, unstar } from '../../db/index.ts';
import { depict } from '../../engine/chem/depict.ts';
import { StructureError } from '../../engine/chem/errors.ts';
import type { Pattern } from '../../engine/chem/pattern.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import type { MoleculeContext } from '../../engine/objectives/molecules.ts';
import { candidateDetailOf } from '../candidates.ts';
import type { HostContext } from '../context.ts';
import { readStructure } from '../design/structures.ts';
import { InputError } from '../errors.ts';
import type { Service } from '../handlers.ts';
import { namesLike } from '../names/drugs.ts';
import { translating } from '../workspace.ts';

type Methods = 'candidate.get' | 'candidate.star' | 'molecule.names' | 'molecule.depict';

export function candidateService({ db, chemistry }: HostContext): Service<Methods> {
  return {
    'candidate.get': ({ candidateId }) =>
      translating(() => {
        const stored = candidateDetail(db, candidateId);
        return candidateDetailOf(stored, getRun(db, stored.runId).objectives.map(({ label }) => label));
      }),
    'candidate.star': ({ candidateId, starred }) => {
      translating(() => (starred ? star(db, candidateId) : unstar(db, candidateId)));
      return {};
    },
    'molecule.names': ({ text, limit }) => ({ names: namesLike(text, limit) }),
    'molecule.depict': (request) => chemistry.use((molecules) => ({ svg: depictAll(molecules, request) })),
  };
}

/** One picture a structure or known name; null for what is neither. */
function depictAll({ rdkit }: MoleculeContext, { smiles, highlight, ...picture }: Parsed<'molecule.depict'>): (string | null)[] {
  const pattern = highlight === undefined ? undefined : patternOf(rdkit, highlight);
  try {
    return smiles.map((one) => {
      const structure = readStructure(one, rdkit);
      const molecule = structure && rdkit.parse(structure.smiles);
      if (!molecule) return null;
      try {
        return depict(molecule, { ...picture, ...(pattern && { highlight: pattern }) });
      } finally {
        molecule.dispose();
      }
    });
  } finally {
    pattern?.dispose();
  }
}

function patternOf(rdkit: Rdkit, smarts: string): Pattern {
  try {
    return rdkit.pattern(smarts);
  } catch (error) {
    if (error instanceof StructureError) throw new InputError(error.message);
    throw error;
  }
}
