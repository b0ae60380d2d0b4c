/** @file Molfiles and SD files that a user chooses or pastes. */
import type { Client } from '../../link/client.ts';

export const structureFileEndings = '.mol,.sdf,.sd,.mdl,.smi,.smiles,.txt';

/** The last line of a mol block (BIOVIA, CTfile formats). */
const MOL_BLOCK_END = /^M {2}END\s*$/m;

const parts = (text: string, separator: RegExp): string[] => text.split(separator).filter((part) => part.trim() !== '');
const recordsOf = (text: string): string[] => parts(text, /^\$\$\$\$.*\r?\n?/m);

/**
 * The first structure of a file: a mol block, or a line with a SMILES.
 * @param text content of the file
 * @returns also the number of non-empty records or lines
 */
export function firstStructure(text: string): { readonly text: string; readonly count: number } {
  const found = MOL_BLOCK_END.test(text) ? recordsOf(text) : parts(text, /\r?\n/);
  return { text: found[0] ?? '', count: found.length };
}

/**
 * SMILES of a pasted molfile or SD file. undefined for any other content, which the field pastes as usual.
 * @throws ContractError if a molecule cannot be read
 */
export function pastedMolecules(event: ClipboardEvent, client: Client): Promise<string[]> | undefined {
  const text = event.clipboardData?.getData('text') ?? '';
  if (!MOL_BLOCK_END.test(text)) return undefined;
  event.preventDefault();
  return Promise.all(
    recordsOf(text).map(
      async (record) => (await client.invoke('molecule.read', { text: record, as: 'structure' })).text,
    ),
  );
}
