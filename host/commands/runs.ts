/** amalgam runs, export, steer: what runs found. */
import { existsSync, writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { exportFormats, methodSchemas, type Candidate } from '../../contract/api.ts';
import { close, getRun, listRuns, type ReadableWorkspace, type Run } from '../../db/index.ts';
import { nearest } from '../../engine/objectives/nearest.ts';
import { domainWords, type Domain } from '../../engine/objectives/types.ts';
import { columnsOf, sequenceColumn } from '../export/columns.ts';
import { csvLine } from '../export/csv.ts';
import { exportRun } from '../export/export.ts';
import { Chemistry } from '../chemistry-service.ts';
import { InputError } from '../errors.ts';
import { createHost } from '../host.ts';
import { defaultWorkspace } from '../paths.ts';
import { constraintsOf, domainOf, objectivesOf } from '../setup.ts';
import { summaryOf } from '../summary.ts';
import { readWorkspace, translating, translatingAsync } from '../workspace.ts';
import { withAllowOption, withConsent, type AllowOptions } from './consent.ts';
import { seed as seedOption, wholeNumber, withWorkspace } from './options.ts';
import { duration, openTerminal, table } from './terminal.ts';

type Format = (typeof exportFormats)[number];
/** Other endings of file names. */
const ENDINGS: Readonly<Record<string, Format>> = { txt: 'smi', fa: 'fasta', fna: 'fasta', gb: 'genbank', gbk: 'genbank', htm: 'html' };

interface Common {
  readonly workspace: string;
  readonly json?: boolean;
}

export function addRuns(program: Command): void {
  withWorkspace(program.command('runs').description('List the runs of a workspace, newest first.')).option('--json', 'print JSON').action(runs);

  withWorkspace(program.command('export').description('Write the best candidates of a run to a file.'))
    .argument('<run>', 'number of the run', wholeNumber(1))
    .option('--top <count>', 'how many, best first', wholeNumber(1, 1_000_000), 100)
    .addOption(new Option('--format <format>', 'of the file; by default what its name ends in').choices([...exportFormats]))
    .option('--weights <id=weight,...>', 'rank by these weights instead of the run’s own')
    .option('--starred', 'only the shortlist')
    .requiredOption('--out <file>', 'file to write; - writes to stdout')
    .option('--json', 'print what was written as JSON')
    .action(exportCommand);

  withAllowOption(withWorkspace(program.command('steer').description('Merge the experts of a run with other weights and sample new molecules.')))
    .argument('<run>', 'number of the run', wholeNumber(1))
    .requiredOption('--weights <id=weight,...>', 'weight of each goal, e.g. qed=0.7,sa=0.3; those left out are 0')
    .option('-n, --count <count>', 'new molecules wanted', wholeNumber(1, 1000), 100)
    .option('--seed <number>', 'another seed gives other molecules', seedOption)
    .option('--out <file>', 'CSV file to write; - writes to stdout', '-')
    .option('--json', 'print the result as JSON')
    .action(steer);
}

function withReader<T>(workspace: string, work: (db: ReadableWorkspace) => T): T {
  const db = readWorkspace(workspace);
  try {
    return translating(() => work(db));
  } finally {
    close(db);
  }
}

function runs({ workspace, json }: Common): void {
  const terminal = openTerminal();
  // Before the first run the usual workspace is not there yet; that is no mistake.
  const isNew = workspace === defaultWorkspace() && !existsSync(workspace);
  const all = isNew ? [] : withReader(workspace, (db) => listRuns(db).map((run) => summaryOf(db, run)));
  if (json) return terminal.json(all);
  if (all.length === 0) return terminal.out('This workspace has no runs yet. "amalgam design FILE.toml" starts one.');
  const rows = all.map(({ id, design, state, method, seed, round, rounds, scored, unique, best, seconds }) => [String(id), design, state, method, String(seed), `${round}/${rounds}`, String(scored), String(unique), best === null ? '–' : best.toFixed(3), duration(seconds)]);
  terminal.out(table(['run', 'design', 'state', 'method', 'seed', 'round', 'scored', 'unique', 'best', 'time'], rows));
}

interface ExportOptions extends Common {
  readonly top: number;
  readonly format?: Format;
  readonly weights?: string;
  readonly starred?: boolean;
  readonly out: string;
}

async function exportCommand(runId: number, { workspace, top, format, weights, starred, out, json }: ExportOptions): Promise<void> {
  const db = readWorkspace(workspace);
  try {
    const run = translating(() => getRun(db, runId));
    const request = { runId, format: format ?? formatOf(out), top, weights: weights === undefined ? undefined : parseWeights(weights, run), starredOnly: starred === true };
    const { content, encoding, count } = await new Chemistry().use(({ rdkit }) => translatingAsync(() => exportRun(db, methodSchemas['run.export'].params.parse(request), rdkit)));
    writeOut(out, encoding === 'text' ? content : Buffer.from(content, 'base64'));
    if (out !== '-') report({ out, format: request.format, count }, domainOf(db, run), json === true);
  } finally {
    close(db);
  }
}

function report(written: { out: string; format: string; count: number }, domain: Domain, json: boolean): void {
  const terminal = openTerminal();
  if (json) terminal.json(written);
  else terminal.note(`${written.count} ${domainWords[domain].many} are in ${written.out}.`);
}

function formatOf(out: string): Format {
  const ending = extname(out).slice(1).toLowerCase();
  const format = ENDINGS[ending] ?? exportFormats.find((one) => one === ending);
  if (format === undefined) throw new InputError(`The format of "${out}" is not clear; give --format ${exportFormats.join(', ')}, or a name that ends in one of them.`);
  return format;
}

function writeOut(out: string, content: string | Uint8Array): void {
  if (out === '-') {
    process.stdout.write(content);
    return;
  }
  try {
    writeFileSync(out, content);
  } catch (error) {
    throw new InputError(`${out} cannot be written: ${(error as Error).message}.`);
  }
}

/** "qed=0.7,sa=0.3" as one number a goal; those left out are 0. A goal can also be named by its number, from 1. */
function parseWeights(text: string, run: Run): number[] {
  const ids = objectivesOf(run).map(({ id }) => id);
  const weights = ids.map(() => 0);
  for (const part of text.split(',')) {
    const [name, value, ...rest] = part.split('=').map((word) => word.trim());
    const weight = Number(value);
    if (rest.length > 0 || value === undefined || value === '' || !Number.isFinite(weight) || weight < 0) throw new InputError(`"${part}" in --weights should be a goal and a number of at least 0, as in ${ids[0]}=0.5.`);
    weights[goalIndex(name, ids, run)] = weight;
  }
  return weights;
}

function goalIndex(name: string, ids: readonly string[], run: Run): number {
  const number = Number(name);
  if (Number.isInteger(number) && number >= 1 && number <= ids.length) return number - 1;
  const index = ids.indexOf(name);
  if (index < 0) throw new InputError(`Run ${run.id} has no goal "${name}". Did you mean "${nearest(name, ids)}"? Its goals: ${ids.join(', ')}.`);
  if (ids.lastIndexOf(name) !== index) throw new InputError(`Run ${run.id} has several goals "${name}"; name them by their numbers, 1 to ${ids.length}, as in 1=0.5.`);
  return index;
}

interface SteerOptions extends Common, AllowOptions {
  readonly weights: string;
  readonly count: number;
  readonly seed?: number;
  readonly out: string;
}

async function steer(runId: number, { workspace, weights, count, seed, out, json, allowCommand }: SteerOptions): Promise<void> {
  // Reading finds a wrong workspace or run without making a file of that name.
  const run = withReader(workspace, (db) => getRun(db, runId));
  const host = createHost({ workspace });
  try {
    const request = { runId, weights: parseWeights(weights, run), n: count, ...(seed !== undefined && { seed }) };
    const result = await withConsent(host.context.consents, { allowCommand }, () => host.call('steer.sample', request));
    const terminal = openTerminal();
    const domain = domainOf(host.context.db, run);
    if (out !== '-' || !json) writeOut(out, steeredCsv(run, domain, result.candidates));
    if (json) terminal.json(result);
    else terminal.note(`${result.unique - result.known} new ${domainWords[domain].many} of ${result.sampled} sampled in ${result.seconds.toFixed(1)} s, ${result.valid} valid; they are kept as blend ${result.blendId} of run ${runId}.`);
  } finally {
    await host.close();
  }
}

function steeredCsv(run: Run, domain: Domain, candidates: readonly Candidate[]): string {
  const names = columnsOf(objectivesOf(run), constraintsOf(run)).map(({ name }) => name);
  const n = run.objectives.length;
  const header = csvLine([sequenceColumn[domain], ...names.slice(0, 1 + 2 * n), 'candidate']);
  return header + candidates.map(({ sequence, total, raw, scores, id }) => csvLine([sequence, total, ...raw, ...scores, id])).join('');
}
