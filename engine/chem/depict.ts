/** @file 2D drawings (SVG) and mol blocks of molecules, made by RDKit. */
import type { Molecule } from './molecule.ts';
import type { Pattern } from './pattern.ts';
import type { Rdkit } from './rdkit.ts';

type Theme = 'light' | 'dark';

export interface Depiction {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  /** Substructure whose matches are highlighted. */
  readonly highlight?: Pattern;
  /** Groups of atoms that are highlighted, with the bonds inside each. */
  readonly marked?: readonly (readonly number[])[];
  /** If the molecule contains the template, it is drawn with the template's orientation. */
  readonly template?: DepictionTemplate;
}

/** Red, green, blue and optionally opacity, 0 to 1. */
type Colour = readonly number[];

const DARK_INK: Colour = [0.13, 0.14, 0.17];
const LIGHT_INK: Colour = [0.88, 0.89, 0.92];

/**
 * Atomic number -> colour; -1 for all others. RDKit has its own colours for 0, 1 and 6. The colours for dark themes
 * have a contrast of 4.5:1 on #16181d, those for light themes on white.
 */
const PALETTE: Readonly<Record<Theme, Readonly<Record<string, Colour>>>> = {
  light: {
    '-1': DARK_INK,
    '0': DARK_INK,
    '1': DARK_INK,
    '6': DARK_INK,
    '7': [0.12, 0.3, 0.85],
    '8': [0.8, 0.1, 0.1],
    '9': [0.06, 0.48, 0.27],
    '15': [0.7, 0.33, 0],
    '16': [0.53, 0.42, 0],
    '17': [0.06, 0.48, 0.14],
    '35': [0.6, 0.25, 0.05],
    '53': [0.45, 0.1, 0.6],
  },
  dark: {
    '-1': LIGHT_INK,
    '0': LIGHT_INK,
    '1': LIGHT_INK,
    '6': LIGHT_INK,
    '7': [0.52, 0.68, 1],
    '8': [1, 0.5, 0.48],
    '9': [0.42, 0.85, 0.66],
    '15': [1, 0.68, 0.35],
    '16': [0.95, 0.83, 0.36],
    '17': [0.48, 0.87, 0.48],
    '35': [0.95, 0.6, 0.4],
    '53': [0.83, 0.6, 1],
  },
};

const HIGHLIGHT: Readonly<Record<Theme, Colour>> = { light: [0.62, 0.86, 0.8], dark: [0.11, 0.38, 0.36] };

/** @returns an `<svg>` element with a transparent background */
export function depict(
  molecule: Molecule,
  { width, height, theme, highlight, marked = [], template }: Depiction,
): string {
  template?.align(molecule);
  const details = {
    ...highlightOf(molecule, [...(highlight ? molecule.matches(highlight) : []), ...marked]),
    width,
    height,
    atomColourPalette: PALETTE[theme],
    highlightColour: HIGHLIGHT[theme],
    clearBackground: false,
    // Otherwise RDKit draws highlighted atoms in black.
    standardColoursForHighlightedAtoms: true,
    highlightBondWidthMultiplier: 14,
    bondLineWidth: 1.4,
    scaleBondWidth: false,
    maxFontSize: 22,
    padding: 0.06,
  };
  const svg = molecule.use('the picture', (mol) => mol.get_svg_with_highlights(JSON.stringify(details)));
  // The XML declaration is not allowed inside an HTML page.
  return svg.slice(svg.indexOf('<svg'));
}

/** Atoms of all groups, and the bonds between atoms of one group. */
function highlightOf(
  { graph }: Molecule,
  groups: readonly (readonly number[])[],
): { atoms: number[]; bonds: number[] } {
  const atoms = new Set<number>();
  const bonds = new Set<number>();
  for (const group of groups) {
    const members = new Set(group);
    for (const atom of group) if (atom < graph.atoms) atoms.add(atom);
    for (let b = 0; b < graph.bonds; b++) if (members.has(graph.begin[b]) && members.has(graph.end[b])) bonds.add(b);
  }
  return { atoms: [...atoms], bonds: [...bonds] };
}

/** A substructure with fixed coordinates, on which molecules are aligned. */
export class DepictionTemplate {
  readonly #pattern: Pattern;

  /** @param smarts scaffold or reference, as SMARTS or SMILES @throws StructureError if it is not valid */
  constructor(rdkit: Rdkit, smarts: string) {
    this.#pattern = rdkit.pattern(smarts);
    this.#pattern.use('the coordinates of the template', (query) => query.set_new_coords());
  }

  /** Sets the coordinates of a molecule; default ones if it lacks the template. */
  align(molecule: Molecule): void {
    this.#pattern.use('the alignment', (query) =>
      molecule.use('the alignment', (mol) =>
        mol.generate_aligned_coords(query, JSON.stringify({ acceptFailure: true })),
      ),
    );
  }

  dispose(): void {
    this.#pattern.dispose();
  }
}

/** V2000 mol block with 2D coordinates, ending with "M  END" and a line break. */
export function molblock(molecule: Molecule): string {
  return molecule.use('the mol block', (mol) => mol.get_new_coords());
}
