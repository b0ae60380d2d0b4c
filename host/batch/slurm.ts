/**
 * @file A batch on Slurm: which runs belong to one task of an array, and the scripts that submit a batch. The scripts
 * are plain, so that a user can read and change them.
 */
import { availableParallelism } from 'node:os';
import { InputError } from '../base/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** One task of an array. */
export interface ArrayTask {
  /** From 0. */
  readonly index: number;
  readonly count: number;
}

export interface GivenTask {
  /** Number of the task; undefined for that of the environment. */
  readonly task?: number;
  /** Number of tasks; undefined for that of the environment, whose tasks may begin at any number. */
  readonly tasks?: number;
}

/** @throws InputError outside an array, and for a task beyond the last one */
export function arrayTask({ task, tasks }: GivenTask, env: Environment): ArrayTask {
  const id = task ?? numberIn(env, 'SLURM_ARRAY_TASK_ID');
  const count = tasks ?? numberIn(env, 'SLURM_ARRAY_TASK_COUNT');
  if (id === null || count === null)
    throw new InputError(
      '--task is for a task of a Slurm array, and the environment names none. Elsewhere, give its number from 0 and the number of tasks: --task 0 --tasks 8.',
    );
  const index = tasks === undefined ? placeOf(id, env) : id;
  if (index < 0 || index >= count)
    throw new InputError(`There is no task ${id} among ${count} tasks: they are numbered from 0 to ${count - 1}.`);
  return { index, count };
}

/** Tasks of an array may begin at any number and leave some out. */
function placeOf(id: number, env: Environment): number {
  const [first, step] = [numberIn(env, 'SLURM_ARRAY_TASK_MIN') ?? 0, numberIn(env, 'SLURM_ARRAY_TASK_STEP') ?? 1];
  return (id - first) / step;
}

function numberIn(env: Environment, name: string): number | null {
  const text = env[name];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}

/** Runs of one task: every count-th, so that all tasks have about as many, and long designs are spread. */
export function runsOfTask<T>(runs: readonly T[], { index, count }: ArrayTask): T[] {
  return runs.filter((_, i) => i % count === index);
}

/** Cores that Slurm gives to this task; those of the machine where it says nothing. */
export function coresHere(env: Environment): number {
  return numberIn(env, 'SLURM_CPUS_PER_TASK') ?? availableParallelism();
}

/** Slurm's default of MaxArraySize, less one. */
const MOST_TASKS = 1000;
/** Before the time limit ends a task; rounds take minutes. */
const WARNING_SECONDS = 300;

export interface Submission {
  /** The command line itself, as words. */
  readonly amalgam: readonly string[];
  /** Absolute paths. */
  readonly files: readonly string[];
  readonly folder: string;
  readonly runs: number;
  readonly cores: number;
  /** Further words of the command, such as --device cpu. */
  readonly words: readonly string[];
}

/** The scripts of a batch: an array with a task per run, and the merge of their results. */
export function scripts({ amalgam, files, folder, runs, cores, words }: Submission): { array: string; merge: string } {
  const tasks = Math.min(runs, MOST_TASKS);
  const command = [...amalgam, 'batch', ...files, '--out', folder, ...words].map(quoted).join(' ');
  const array = `#!/bin/bash
#SBATCH --job-name=amalgam
#SBATCH --array=0-${tasks - 1}
#SBATCH --cpus-per-task=${cores}
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=${folder}/slurm-%A_%a.out
#SBATCH --signal=B:USR1@${WARNING_SECONDS}
# Written by "amalgam batch submit". Change it and submit it again as often as you like: finished runs are skipped.

${command} --task "$SLURM_ARRAY_TASK_ID" --tasks ${tasks} --keep-going &
child=$!
# Slurm sends USR1 before the time limit. The task then saves its round and is queued again.
again=0
trap 'again=1; kill -USR1 "$child" 2>/dev/null' USR1
trap 'kill -TERM "$child" 2>/dev/null' TERM
while kill -0 "$child" 2>/dev/null; do wait "$child"; done
wait "$child"
status=$?
if [ "$status" -eq 143 ] && [ "$again" -eq 1 ]; then
  scontrol requeue "\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}"
fi
exit "$status"
`;
  const merge = `#!/bin/bash
#SBATCH --job-name=amalgam-merge
#SBATCH --cpus-per-task=1
#SBATCH --output=${folder}/slurm-merge-%j.out
# Written by "amalgam batch submit". Merges what the runs have found so far.

${[...amalgam, 'batch', 'merge', folder].map(quoted).join(' ')}
`;
  return { array, merge };
}

/** A word for the shell. */
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
