/** amalgam batch submit: hands a batch to Slurm as an array with a task per run. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { ContractError } from '../../contract/api.ts';
import { writeWhole } from '../base/write-whole.ts';
import { readBatch } from '../batch/batch-plan.ts';
import { BatchFolder } from '../batch/folder.ts';
import { scripts } from '../batch/slurm.ts';
import { Chemistry } from '../chemistry/service.ts';
import { deviceChoices } from '../compute/devices.ts';
import { sequencesOf } from '../runs/pace.ts';
import { seedList, wholeNumber } from './options.ts';
import { openTerminal } from './terminal.ts';

interface Options {
  readonly out: string;
  readonly seeds?: number[];
  readonly cores: number;
  readonly device: string;
  readonly dryRun?: boolean;
}

export function addSubmit(batch: Command): void {
  batch
    .command('submit')
    .description(
      'Submit a batch to Slurm: an array with a task per run, then a job that merges. Words behind -- go to sbatch.',
    )
    .argument('<file...>', 'plans and designs (.toml)')
    .requiredOption('--out <folder>', 'folder of the batch, on a disk that all nodes share')
    .option('--seeds <list>', 'seeds for every design instead of those of the plan, e.g. 1,2,3 or 1-5', seedList)
    .option('--cores <count>', 'cores of each task', wholeNumber(1, 256), 2)
    .addOption(new Option('--device <device>', 'compute device').choices([...deviceChoices]).default('cpu'))
    .option('--dry-run', 'write the scripts without submitting them')
    .action(submit);
}

async function submit(words: string[], { out, seeds, cores, device, dryRun }: Options): Promise<void> {
  const { files, sbatch } = split(words);
  const plan = await new Chemistry().use((context) => readBatch(files, context, seeds));
  const terminal = openTerminal();
  for (const note of [...plan.notes, ...plan.badRows]) terminal.note(note);
  const folder = new BatchFolder(resolve(out));
  folder.claim(plan, ({ variant }) => sequencesOf(variant.resolved));
  const { array, merge } = scripts({
    amalgam: [process.execPath, resolve(process.argv[1])],
    files: files.map((file) => resolve(file)),
    folder: folder.path,
    runs: plan.runs.length,
    cores,
    words: ['--device', device, ...(seeds ? ['--seeds', seeds.join(',')] : [])],
  });
  const [arrayFile, mergeFile] = [folder.file('array.sbatch'), folder.file('merge.sbatch')];
  writeWhole(arrayFile, Buffer.from(array));
  writeWhole(mergeFile, Buffer.from(merge));
  if (dryRun) return terminal.out(`Written: ${arrayFile}, ${mergeFile}.`);
  const job = submitted([...sbatch, arrayFile]);
  const merging = submitted([...sbatch, `--dependency=afterany:${job}`, mergeFile]);
  terminal.out(
    `Submitted ${plan.runs.length} runs as job ${job}, and their merge as job ${merging}. Follow them with "amalgam batch status ${out}".`,
  );
}

/** Words behind "--" are options of sbatch. */
function split(words: readonly string[]): { files: string[]; sbatch: string[] } {
  const at = process.argv.indexOf('--');
  const behind = at < 0 ? 0 : process.argv.length - at - 1;
  return { files: words.slice(0, words.length - behind), sbatch: words.slice(words.length - behind) };
}

/** @returns the number of the job @throws ContractError with what sbatch said */
function submitted(args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync('sbatch', ['--parsable', ...args], { encoding: 'utf8' });
  if (error !== undefined)
    throw new ContractError(
      'failed',
      `sbatch could not be started (${error.message}). Is Slurm installed on this machine?`,
    );
  if (status !== 0) throw new ContractError('failed', `sbatch refused the job: ${stderr.trim()}`);
  return stdout.trim().split(';')[0];
}
