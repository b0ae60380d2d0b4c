/** @file The molecules of a file that the window sends: one that is opened, or a pasted text. */
import type { Parsed, Result } from '../../contract/api.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { openBytes } from '../intake/records.ts';
import { isPlain } from '../intake/structure-text.ts';

/** @throws InputError for a file that is damaged or holds something else */
export async function moleculesOf(
  { name, content, most }: Parsed<'molecule.file'>,
  rdkit: Rdkit,
): Promise<Result<'molecule.file'>> {
  const input = await openBytes(Buffer.from(content, 'base64'), name, { modality: 'molecule' }, () =>
    Promise.resolve(rdkit),
  );
  const molecules: Result<'molecule.file'>['molecules'] = [];
  let count = 0;
  for await (const { text, line = text, problem = null, place } of input.records) {
    if (text === '' && problem === null) continue;
    // A known name may have several words; a converted structure stands for its line.
    const shown = isPlain(line) ? line : text;
    if (++count <= most)
      molecules.push({ text: problem === null ? shown : '', problem, place: `${input.place} ${place}` });
  }
  return { molecules, count, notes: [...input.notes()] };
}
