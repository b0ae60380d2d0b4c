/**
 * PMO (Gao et al., NeurIPS 2022): 23 tasks, at most 10,000 scored molecules each, area under the mean of the best 10.
 * Usage: npm run bench -- pmo [SEEDS] [TASK...] [--tuning] [--calls N] [--set KEY=VALUE,...] [--out FOLDER] [--show]
 * [--json FILE]
 * SEEDS is a number (seeds 1 to that) or a range such as 2-4. Each run leaves a JSON file; finished runs are not
 * repeated. --tuning takes the tasks on which settings are chosen; --show only prints what is there.
 */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { seedsOf, settingsOf } from './learner/words.ts';
import { type Outcome, outcomeOf, type Task } from './pmo/run.ts';
import { tableOf } from './pmo/table.ts';
import { TASKS, TUNING } from './pmo/tasks.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tuning: { type: 'boolean' },
    calls: { type: 'string', default: '10000' },
    set: { type: 'string', default: '' },
    out: { type: 'string', default: 'cache/pmo' },
    show: { type: 'boolean' },
    json: { type: 'string' },
  },
});
const [seeds = '3', ...names] = positionals;
const out = path.resolve(options.out);
const all = options.tuning ? TUNING : TASKS;

function taskOf(name: string): Task {
  const task = all.find((one) => one.name === name);
  if (task === undefined)
    throw new Error(`There is no task "${name}". The tasks: ${all.map((one) => one.name).join(', ')}.`);
  return task;
}

const outcomes: Outcome[] = [];
for (const seed of seedsOf(seeds)) {
  for (const task of names.length > 0 ? names.map(taskOf) : all) {
    if (options.show && !existsSync(path.join(out, `${task.name}-seed${seed}.json`))) continue;
    const asked = { task, seed, calls: Number(options.calls), settings: settingsOf(options.set) };
    const outcome = await outcomeOf(out, asked);
    console.error(`${task.name}, seed ${seed}: AUC ${outcome.auc.toFixed(3)}, ${outcome.calls} calls`);
    outcomes.push(outcome);
  }
}
console.log(tableOf(outcomes));
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ outcomes }, null, 1)}\n`);
