/** @file Files and tables of structures that a user chooses or pastes; the host reads them as commands do. */
import { LARGEST_TABLE, type Result } from '../../../contract/api.ts';
import { base64 } from '../../lib/base64.ts';
import type { Client } from '../../link/client.ts';

export const structureFileEndings = '.mol,.sdf,.sd,.mdl,.smi,.smiles,.txt,.csv,.tsv,.xlsx,.gz';

/** Structures that a design accepts for one parameter. */
const MOST = 100_000;
/** What is more than lines of SMILES and names: cells of a table, mol blocks, InChI. Names may have commas. */
const FORMATTED = /[\t;|]|^M {2}END|InChI=|\bsmiles\b/im;

/**
 * The molecules of a file or a text.
 * @param name of the file, for messages
 * @throws ContractError if the host refuses the file; Error if it is too large
 */
export async function moleculesOf(
  file: Blob,
  name: string,
  most: number,
  client: Client,
): Promise<Result<'molecule.file'>> {
  if (file.size > LARGEST_TABLE)
    throw new Error(`“${name}” is larger than ${LARGEST_TABLE / 1e6} MB. Use a part of it.`);
  return client.invoke('molecule.file', { name, content: await base64(file), most });
}

/**
 * Molecules of a pasted table, SD file or list of InChI, one text each. undefined for any other content, which the
 * field pastes as usual.
 * @throws ContractError or Error if any of it cannot be read
 */
export function pastedMolecules(event: ClipboardEvent, client: Client): Promise<string[]> | undefined {
  const text = event.clipboardData?.getData('text') ?? '';
  if (!FORMATTED.test(text) || !text.includes('\n')) return undefined;
  event.preventDefault();
  return readPasted(text, client);
}

async function readPasted(text: string, client: Client): Promise<string[]> {
  const { molecules } = await moleculesOf(new Blob([text]), 'The pasted text', MOST, client);
  const bad = molecules.find(({ problem }) => problem !== null);
  if (bad !== undefined) throw new Error(`Its ${bad.place} is ${bad.problem ?? ''}.`);
  return molecules.map(({ text: molecule }) => molecule);
}
