/**
 * @file Bemis–Murcko scaffolds as canonical SMILES, equal to RDKit's MurckoScaffold.MurckoScaffoldSmiles and, for the
 * generic form, to MakeScaffoldGeneric of that scaffold: all atoms carbon, all bonds single. As in RDKit, atoms
 * double-bonded to a ring or linker are kept, as carbons in the generic form.
 */
import { BondType } from './graph.ts';
import type { Rdkit } from './rdkit.ts';
import { scaffoldAtoms } from './scaffold.ts';
import type { SearchGraph } from './smarts/search-graph.ts';

export const scaffoldKinds = ['murcko', 'generic'] as const;
export type ScaffoldKind = (typeof scaffoldKinds)[number];

const CARBON = 6;

/**
 * Valences of elements with several (RDKit's atomic_data.cpp). An ion has those of the element with as many electrons.
 */
const VALENCES: Readonly<Record<number, readonly number[]>> = {
  15: [3, 5, 7],
  16: [2, 4, 6],
  33: [3, 5, 7],
  34: [2, 4, 6],
  52: [2, 4, 6],
};

/** Sum of the kept, or of the cut, Kekule bond orders of an atom. */
function orders(graph: SearchGraph, kept: Uint8Array, atom: number, wanted: 0 | 1): number {
  let sum = 0;
  for (let k = graph.offset[atom]; k < graph.offset[atom + 1]; k++)
    if (kept[graph.neighbour[k]] === wanted) sum += graph.order[graph.via[k]];
  return sum;
}

/** Hydrogens of a scaffold atom. Where a substituent was cut off, they fill the valence as in MurckoDecompose. */
function murckoHydrogens(graph: SearchGraph, kept: Uint8Array, atom: number): number {
  const cut = orders(graph, kept, atom, 0);
  // RDKit keeps the hydrogens of a charged atom that is only double-bonded to the scaffold.
  const isChargedEnd = graph.charge[atom] !== 0 && keptNeighbours(graph, kept, atom) === 1;
  if (cut === 0 || isChargedEnd) return graph.hydrogens[atom];
  if (graph.aromatic[atom] && graph.element[atom] !== CARBON) return 1;
  const bonded = orders(graph, kept, atom, 1);
  const valence = VALENCES[graph.element[atom] - graph.charge[atom]]?.find((one) => one >= bonded);
  return valence === undefined ? graph.hydrogens[atom] + cut : valence - bonded;
}

/** Fields of a scaffold's atom or bond in the JSON. Omitted fields have their defaults. */
interface Parts {
  readonly atom: (atom: number) => { z: number; impHs: number; chg?: number };
  readonly order: (bond: number) => number;
  readonly aromatic: boolean;
}

function partsOf(kind: ScaffoldKind, graph: SearchGraph, kept: Uint8Array): Parts {
  if (kind === 'murcko') {
    const atom = (a: number) => ({ z: graph.element[a], impHs: murckoHydrogens(graph, kept, a), chg: graph.charge[a] });
    return { atom, order: (bond) => graph.order[bond], aromatic: true };
  }
  return {
    atom: (a) => ({ z: CARBON, impHs: 4 - keptNeighbours(graph, kept, a) }),
    order: () => BondType.single,
    aromatic: false,
  };
}

function keptNeighbours(graph: SearchGraph, kept: Uint8Array, atom: number): number {
  let count = 0;
  for (let k = graph.offset[atom]; k < graph.offset[atom + 1]; k++) count += kept[graph.neighbour[k]];
  return count;
}

/** RDKit's JSON (Code/GraphMol/MolInterchange) of the kept atoms. */
function scaffoldJson(graph: SearchGraph, kept: Uint8Array, parts: Parts): string {
  const atoms = [...kept.keys()].filter((a) => kept[a]);
  const place = new Map(atoms.map((a, i) => [a, i]));
  const bonds = Array.from({ length: graph.bonds }, (_, b) => b).filter(
    (b) => kept[graph.begin[b]] && kept[graph.end[b]],
  );
  const indices = (list: readonly number[], isAromatic: (one: number) => boolean): number[] =>
    list.flatMap((one, i) => (parts.aromatic && isAromatic(one) ? [i] : []));
  return JSON.stringify({
    rdkitjson: { version: 12 },
    defaults: {
      atom: { z: CARBON, impHs: 0, chg: 0, nRad: 0, isotope: 0, stereo: 'unspecified' },
      bond: { bo: 1, stereo: 'unspecified' },
    },
    molecules: [
      {
        atoms: atoms.map(parts.atom),
        bonds: bonds.map((b) => ({ bo: parts.order(b), atoms: [place.get(graph.begin[b]), place.get(graph.end[b])] })),
        extensions: [
          {
            name: 'rdkitRepresentation',
            formatVersion: 2,
            aromaticAtoms: indices(atoms, (a) => graph.aromatic[a] === 1),
            aromaticBonds: indices(bonds, (b) => graph.type[b] === BondType.aromatic),
          },
        ],
      },
    ],
  });
}

/**
 * @returns '' for a molecule without rings; null if the generic form would need a carbon of more than four bonds, which
 * RDKit refuses
 * @throws MoleculeError if RDKit refuses the scaffold
 */
export function scaffoldSmiles(graph: SearchGraph, kind: ScaffoldKind, rdkit: Rdkit): string | null {
  if (graph.rings.length === 0) return '';
  const kept = scaffoldAtoms(graph);
  if (kind === 'generic' && [...kept.keys()].some((a) => kept[a] && keptNeighbours(graph, kept, a) > 4)) return null;
  return rdkit.plainSmiles(scaffoldJson(graph, kept, partsOf(kind, graph, kept)));
}
