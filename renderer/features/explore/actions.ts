/**
 * @file Actions on candidates in the Explore view: star, copy, save. Each reports what it did and offers to undo it.
 */
import type { Params } from '../../../contract/api.ts';
import { download } from '../../lib/download.ts';
import { plural } from '../../lib/format.ts';
import type { Services } from '../../state/services.svelte.ts';
import type { Explorer } from './explore.svelte.ts';

/** Stars or unstars several candidates and offers to undo it. */
export async function starMany(
  services: Services,
  { stars }: Explorer,
  numbers: readonly number[],
  starred: boolean,
): Promise<void> {
  const changing = numbers.filter((number) => stars.has(number) !== starred);
  if (changing.length === 0) return services.toasts.info(starred ? 'All are starred already.' : 'None is starred.');
  await services.attempt('The stars couldn’t be changed.', async () => {
    const undo = starred ? await stars.add(changing) : await stars.remove(changing);
    const done = starred
      ? `${plural(changing.length, 'candidate')} starred.`
      : `${plural(changing.length, 'star')} removed.`;
    services.toasts.info(done, {
      label: 'Undo',
      run: () => void services.attempt('The change couldn’t be undone.', undo),
    });
  });
}

export function starOne(services: Services, explorer: Explorer, number: number): Promise<void> {
  return starMany(services, explorer, [number], !explorer.stars.has(number));
}

/**
 * Copies sequences to the clipboard, one per line.
 * @param text what they are called, such as "SMILES"
 */
export async function copyMany(
  services: Services,
  explorer: Explorer,
  numbers: readonly number[],
  text: string,
): Promise<void> {
  await services.attempt('Nothing was copied.', async () => {
    const lines = await explorer.sequences(numbers);
    await navigator.clipboard.writeText(lines.join('\n'));
    services.toasts.info(`${text} of ${plural(lines.length, 'candidate')} copied.`);
  });
}

/** A file of the given candidates, best first by the present weights. */
export async function saveMany(
  services: Services,
  explorer: Explorer,
  numbers: readonly number[],
  format: Params<'export.make'>['format'],
): Promise<void> {
  await services.attempt('The file couldn’t be made.', async () => {
    const ids = numbers.map((number) => explorer.table.ids[number]);
    const file = await services.client.invoke('export.make', {
      runId: explorer.runId,
      format,
      top: ids.length,
      ids,
      weights: [...explorer.weights],
    });
    download(file.fileName, file.mime, file.content, file.encoding);
    services.toasts.info(`Made ${file.fileName} with ${plural(file.count, 'candidate')}.`);
  });
}
