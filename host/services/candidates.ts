/** Single candidates: all that is known of one, the shortlist, pictures. */
import type { MoleculeGroup, Parsed, Result } from '../../contract/api.ts';
import { candidateDetail, getRun, type ReadableWorkspace, star, unstar } from '../../db/index.ts';
import { depict, molblock } from '../../engine/chem/depict.ts';
import type { Molecule } from '../../engine/chem/molecule.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { findGroups } from '../../engine/objectives/groups.ts';
import type { MoleculeContext } from '../../engine/objectives/molecules.ts';
import { InputError } from '../base/errors.ts';
import { translating } from '../base/workspace.ts';
import { namesLike } from '../design/names/drugs.ts';
import { scoringRequest } from '../design/resolved.ts';
import { readPattern } from '../design/structures.ts';
import { readStructure } from '../design/typed-structure.ts';
import { candidateDetailOf } from '../runs/candidates.ts';
import { constraintsOf, modalityOf, objectivesOf } from '../runs/setup.ts';
import type { HostContext } from './context.ts';
import type { Service } from './handlers.ts';

type Methods =
  'candidate.get' | 'candidate.groups' | 'candidate.star' | 'molecule.names' | 'molecule.forms' | 'molecule.depict';

export function candidateService({ db, chemistry }: HostContext): Service<Methods> {
  return {
    'candidate.get': ({ candidateId }) =>
      translating(() => {
        const stored = candidateDetail(db, candidateId);
        return candidateDetailOf(
          stored,
          getRun(db, stored.runId).objectives.map(({ label }) => label),
        );
      }),
    'candidate.groups': ({ candidateId }) =>
      chemistry.use((molecules) => translating(() => ({ groups: groupsOf(db, candidateId, molecules) }))),
    'candidate.star': ({ candidateId, starred }) => {
      translating(() => (starred ? star(db, candidateId) : unstar(db, candidateId)));
      return {};
    },
    'molecule.names': ({ text, limit }) => ({ names: namesLike(text, limit) }),
    'molecule.forms': ({ smiles }) => chemistry.use(({ rdkit }) => formsOf(smiles, rdkit)),
    'molecule.depict': (request) => chemistry.use((molecules) => ({ svg: depictAll(molecules, request) })),
  };
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

function groupsOf(db: ReadableWorkspace, candidateId: number, molecules: MoleculeContext): MoleculeGroup[] {
  const { runId, sequence } = candidateDetail(db, candidateId);
  const run = getRun(db, runId);
  if (modalityOf(db, run) !== 'molecule') return [];
  const { objectives, constraints } = scoringRequest({
    modality: 'molecule',
    objectives: objectivesOf(run),
    constraints: constraintsOf(run),
  });
  const groups = molecules.rdkit.withMolecule(
    sequence,
    (molecule) => findGroups([...objectives, ...constraints], molecule, molecules),
    () => [],
  );
  return groups.map(({ matches, ...rest }) => ({ ...rest, matches: matches.map((atoms) => [...atoms]) }));
}

/** One picture a structure or known name; null for what is neither. */
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
