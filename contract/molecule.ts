/** @file Molecules by themselves, of a candidate or not: what a user types, pastes or draws. */
import { z } from 'zod';

/** Whatever is pasted is answered with what is wrong with it, also where it is long. */
const pasted = z.string().max(1_000_000);

/** Indices of atoms in a structure, in groups. */
export const atomGroups = z.array(z.array(z.number().int().min(0)).max(1000)).max(1000);

export const moleculeMethods = {
  /**
   * One structure, or a pattern that structures contain, as it was typed, pasted or
   * drawn: a SMILES (of a pattern also SMARTS), a drug's name or a mol block.
   * `text` is what a field takes: a mol block as SMILES, everything else as given.
   * @throws bad-input saying where it goes wrong and what would do
   */
  'molecule.read': {
    params: z.object({ text: pasted, as: z.enum(['structure', 'pattern']) }),
    result: z.object({
      text: z.string(),
      /** To draw on; null for a pattern that no single structure stands for. */
      molfile: z.string().nullable(),
    }),
  },
  /**
   * One arrangement of a molecule in space; takes seconds. The same each time.
   * @throws bad-input where it is no molecule
   */
  'molecule.conformer': {
    params: z.object({ smiles: z.string().min(1).max(10_000) }),
    result: z.union([
      z.object({
        /** V2000 with all hydrogens, in Å. */
        molfile: z.string(),
        /** MMFF94, kcal/mol; null where that force field does not know the molecule. */
        energy: z.number().nullable(),
      }),
      /** Why there is none. */
      z.object({ problem: z.string() }),
    ]),
  },
  /** Known drugs whose name starts with the text, then those that hold it. */
  'molecule.names': {
    params: z.object({ text: z.string().min(1).max(200), limit: z.number().int().min(1).max(50).default(8) }),
    result: z.object({ names: z.array(z.string()) }),
  },
  /** A molecule as other programs read it. @throws bad-input where it is none */
  'molecule.forms': {
    params: z.object({ smiles: z.string().min(1).max(10_000) }),
    result: z.object({ inchi: z.string(), inchiKey: z.string(), molfile: z.string() }),
  },
  'molecule.depict': {
    params: z.object({
      /** SMILES, which a name may follow, or names of known compounds. */
      smiles: z.array(z.string()).max(200),
      width: z.number().int().min(40).max(1200),
      height: z.number().int().min(40).max(1200),
      theme: z.enum(['light', 'dark']),
      highlight: z.string().optional(),
      /** Atoms to mark, in groups; the same in every structure. */
      marked: atomGroups.optional(),
    }),
    result: z.object({ svg: z.array(z.string().nullable()) }),
  },
} as const;

/** What is drawn: one molecule, or a part that molecules have. */
export type Drawable = z.output<(typeof moleculeMethods)['molecule.read']['params']>['as'];
