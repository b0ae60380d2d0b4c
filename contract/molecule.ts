/** @file Molecules that a user types, pastes or draws. */
import { z } from 'zod';
import { LARGEST_TABLE } from './predictor.ts';

/** The limit is generous, so that a long text that was pasted by mistake still gets a useful error. */
const pasted = z.string().max(1_000_000);

/** Indices of atoms in a structure, in groups. */
export const atomGroups = z.array(z.array(z.number().int().min(0)).max(1000)).max(1000);

export const moleculeMethods = {
  /**
   * One structure, or a pattern that structures contain, as it was typed, pasted or drawn: a SMILES (or SMARTS for a
   * pattern), the name of a drug, or a mol block. `text` is suitable for a text field: a mol block becomes a SMILES,
   * everything else is unchanged. @throws bad-input naming the error and a valid choice
   */
  'molecule.read': {
    params: z.object({ text: pasted, as: z.enum(['structure', 'pattern']) }),
    result: z.object({
      text: z.string(),
      /** A mol block for the drawing tool; null for a pattern that no single structure represents. */
      molfile: z.string().nullable(),
    }),
  },
  /**
   * The molecules of a file or of a pasted text, in any format that commands read: SMILES, names of drugs, mol blocks
   * and InChI, in lists, tables, workbooks and SD files. @throws bad-input for a file that holds something else
   */
  'molecule.file': {
    params: z.object({
      /** Of the file, for messages. */
      name: z.string().min(1).max(255),
      /** Base64. */
      content: z.string().max(Math.ceil(LARGEST_TABLE / 3) * 4),
      /** Largest number of molecules to return. */
      most: z.number().int().min(1).max(100_000),
    }),
    result: z.object({
      molecules: z.array(
        z.object({
          /** Suitable for a text field; empty if there is a problem. */
          text: z.string(),
          /** Why it is no molecule; null if it can be read. */
          problem: z.string().nullable(),
          /** Such as "line 3". */
          place: z.string(),
        }),
      ),
      /** Molecules in the file. */
      count: z.number().int(),
      /** What was assumed, and what was left out. */
      notes: z.array(z.string()),
    }),
  },
  /** One conformer of a molecule. Takes seconds and is the same each time. @throws bad-input if it is not a molecule */
  'molecule.conformer': {
    params: z.object({ smiles: z.string().min(1).max(10_000) }),
    result: z.union([
      z.object({
        /** V2000 with all hydrogens, in Å. */
        molfile: z.string(),
        /** MMFF94 energy, kcal/mol; null if the force field lacks parameters for the molecule. */
        energy: z.number().nullable(),
      }),
      /** Why there is no conformer. */
      z.object({ problem: z.string() }),
    ]),
  },
  /** Known drugs whose name starts with the text, followed by those whose name contains it. */
  'molecule.names': {
    params: z.object({ text: z.string().min(1).max(200), limit: z.number().int().min(1).max(50).default(8) }),
    result: z.object({ names: z.array(z.string()) }),
  },
  /** A molecule in the formats of other programs. @throws bad-input if it is not a molecule */
  'molecule.forms': {
    params: z.object({ smiles: z.string().min(1).max(10_000) }),
    result: z.object({ inchi: z.string(), inchiKey: z.string(), molfile: z.string() }),
  },
  'molecule.depict': {
    params: z.object({
      /** A SMILES with an optional name, or the name of a known compound. */
      smiles: z.array(z.string()).max(200),
      width: z.number().int().min(40).max(1200),
      height: z.number().int().min(40).max(1200),
      theme: z.enum(['light', 'dark']),
      highlight: z.string().optional(),
      /** Groups of atoms to highlight; the same in every structure. */
      marked: atomGroups.optional(),
    }),
    result: z.object({ svg: z.array(z.string().nullable()) }),
  },
} as const;

/** Whether the text is one molecule or a pattern. */
export type Drawable = z.output<(typeof moleculeMethods)['molecule.read']['params']>['as'];
