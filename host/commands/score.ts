/** amalgam score: raw values of given molecules, one row an input line, in constant memory. */
import type { Command } from 'commander';
import { findObjective, UnknownObjectiveError } from '../../engine/objectives/catalogue.ts';
import { formatCompact, parseCompact } from '../../engine/objectives/parameters.ts';
import type { MoleculeContext } from '../../engine/objectives/molecules.ts';
import { ParameterError, type Domain, type ObjectiveRequest, type ScoredSequence } from '../../engine/objectives/types.ts';
import { Chemistry } from '../chemistry-service.ts';
import { readDesignFile } from '../design-file.ts';
import { scoringRequest } from '../design/resolved.ts';
import { asksForInput, resolveParameters } from '../design/structures.ts';
import { InputError } from '../errors.ts';
import { csvLine } from '../export/csv.ts';
import { moleculeLines } from '../lines.ts';
import { OutputFile } from '../output-file.ts';
import { startScoringPool } from '../scoring-pool.ts';
import { gathered } from './options.ts';
import { openTerminal } from './terminal.ts';

interface Options {
  readonly objective?: string[];
  readonly design?: string;
  readonly out: string;
  readonly json?: boolean;
}

/** Sequences sent to the workers at a time; two batches are under way at once. */
const BATCH = 512;

export function addScore(program: Command): void {
  program
    .command('score')
    .description('Score the molecules of a file: one row an input line, in order, empty where a score is missing.')
    .argument('<file>', 'SMILES a line (.smi, .txt), or .csv with a column "smiles"; also .gz; - reads from stdin')
    .option('--objective <id[:name=value,...]>', 'what to compute; may be given again', gathered)
    .option('--design <file>', 'the objectives of a design file')
    .option('--out <file>', 'CSV file to write; - writes to stdout', '-')
    .option('--json', 'print the counts as JSON when --out is a file')
    .action(run);
}

interface Wanted {
  readonly request: ObjectiveRequest;
  /** As the user wrote it, or an objective's id with the given parameters. */
  readonly column: string;
}

async function run(file: string, { objective = [], design, out, json }: Options): Promise<void> {
  const wanted = [...(await withStructures(objective.map(compact))), ...(design === undefined ? [] : await ofDesign(design))];
  if (wanted.length === 0) throw new InputError('Say what to compute: --objective ID (see "amalgam objectives") or --design FILE.');
  refuseTwice(wanted);
  const pool = await startScoringPool({ request: { domain: domainOf(wanted), objectives: wanted.map(({ request }) => request), constraints: [] } }).catch(refused);
  try {
    const counts = await scoreAll(file, out, wanted.map(({ column }) => column), pool.score);
    if (out !== '-') report(counts, out, json === true);
  } finally {
    await pool.dispose();
  }
}

/** @throws InputError where molecules and DNA are asked for at once */
function domainOf(wanted: readonly Wanted[]): Domain {
  const [{ request, column }] = wanted;
  const { domain } = findObjective(request.id);
  const other = wanted.find((one) => findObjective(one.request.id).domain !== domain);
  if (other) throw new InputError(`"${column}" and "${other.column}" cannot be asked for together: one scores molecules, the other DNA.`);
  return domain;
}

/** Parameters stay as written: the column's name is what the user asked for. */
function compact(text: string): Wanted {
  try {
    const { id, parameters } = parseCompact(text);
    return { request: { id, parameters }, column: text.trim() };
  } catch (error) {
    return refused(error);
  }
}

/** Names and files become SMILES before the workers start; RDKit is loaded only where something is to be read. */
async function withStructures(wanted: readonly Wanted[]): Promise<readonly Wanted[]> {
  if (!wanted.some(({ request }) => asksForInput(findObjective(request.id), request.parameters))) return wanted;
  return new Chemistry().use((chemistry) => wanted.map((one) => ({ ...one, request: resolvedRequest(one.request, chemistry) }))).catch(refused);
}

function resolvedRequest({ id, parameters }: ObjectiveRequest, chemistry: MoleculeContext): ObjectiveRequest {
  const { notes, ...resolved } = resolveParameters(findObjective(id), parameters, { chemistry, folder: process.cwd() });
  for (const note of notes) openTerminal().note(note);
  return { id, parameters: resolved.parameters };
}

function refused(error: unknown): never {
  if (error instanceof UnknownObjectiveError || error instanceof ParameterError) throw new InputError(error.message);
  throw error;
}

async function ofDesign(file: string): Promise<Wanted[]> {
  const { design, resolved } = await new Chemistry().use((chemistry) => readDesignFile(file, chemistry));
  return scoringRequest(resolved).objectives.map((request, i) => {
    const entry: Readonly<Record<string, unknown>> = design.objective[i];
    const given = Object.fromEntries(Object.keys(request.parameters).filter((name) => entry[name] !== undefined).map((name) => [name, entry[name]]));
    return { request, column: formatCompact({ id: request.id, parameters: given }) };
  });
}

function refuseTwice(wanted: readonly Wanted[]): void {
  const twice = wanted.find(({ column }, i) => wanted.findIndex((other) => other.column === column) < i);
  if (twice) throw new InputError(`The objective "${twice.column}" is asked for twice.`);
}

interface Counts {
  lines: number;
  valid: number;
}

async function scoreAll(file: string, out: string, columns: readonly string[], score: (sequences: readonly string[]) => Promise<ScoredSequence[]>): Promise<Counts> {
  const output = new OutputFile(out);
  const counts: Counts = { lines: 0, valid: 0 };
  await output.write(csvLine(['sequence', ...columns]));
  let pending: Promise<string> | null = null;
  for await (const batch of batches(moleculeLines(file))) {
    const next = rows(batch, columns.length, score, counts);
    next.catch(() => undefined);
    if (pending !== null) await output.write(await pending);
    pending = next;
  }
  if (pending !== null) await output.write(await pending);
  await output.close();
  return counts;
}

async function* batches(lines: AsyncIterable<string>): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for await (const line of lines) {
    batch.push(line);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function rows(batch: readonly string[], columns: number, score: (sequences: readonly string[]) => Promise<ScoredSequence[]>, counts: Counts): Promise<string> {
  const scored = await score(batch);
  counts.lines += batch.length;
  counts.valid += scored.filter(({ canonical }) => canonical !== null).length;
  return batch.map((text, i) => csvLine([text, ...Array.from({ length: columns }, (_, k) => scored[i].raw[k])])).join('');
}

function report({ lines, valid }: Counts, out: string, json: boolean): void {
  const terminal = openTerminal();
  if (json) terminal.json({ out, lines, valid });
  else terminal.note(`${lines} lines, ${valid} valid molecules; scores are in ${out}.`);
}
