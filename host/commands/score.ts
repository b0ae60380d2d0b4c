/** amalgam score: raw values of given molecules or DNA, one row an input line, in constant memory. */
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { findObjective } from '../../engine/objectives/catalogue.ts';
import { formatCompact, fullName, parseCompact } from '../../engine/objectives/parameters.ts';
import type { MoleculeContext } from '../../engine/objectives/molecules.ts';
import type { Domain, ObjectiveRequest } from '../../engine/objectives/types.ts';
import { Chemistry } from '../chemistry-service.ts';
import { readDesignFile } from '../design-file.ts';
import { scoringRequest } from '../design/resolved.ts';
import { asksForInput, resolveParameters } from '../design/structures.ts';
import { InputError } from '../errors.ts';
import { openSequences } from '../lines.ts';
import { OutputFile } from '../output-file.ts';
import { SCORE_BATCH, scoreFile, type ScoreCounts } from '../score-file.ts';
import { startScoringPool } from '../scoring-pool.ts';
import { gathered } from './options.ts';
import { refused } from './refused.ts';
import { endOnSignals } from './signals.ts';
import { duration, openTerminal, type Terminal } from './terminal.ts';

interface Options {
  readonly objective?: string[];
  readonly design?: string;
  readonly out: string;
  readonly json?: boolean;
}

export function addScore(program: Command): void {
  program
    .command('score')
    .description('Score the molecules or DNA of a file: one row an input line, in order, with the reason where a score is missing.')
    .argument('<file>', 'a SMILES or a DNA sequence a line (.smi, .txt), a table (.csv, .tsv) with a column "smiles" or "sequence", or FASTA; also .gz; - reads from stdin')
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
  endOnSignals(out === '-' ? 'Stopped.' : `Stopped; ${out} was not written.`);
  const terminal = openTerminal();
  const counts = await scoreAll(file, out, wanted, terminal);
  if (out === '-') return;
  if (json === true) terminal.json({ out, ...counts });
  else terminal.note(report(counts, domainOf(wanted), out));
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

async function ofDesign(file: string): Promise<Wanted[]> {
  const { design, resolved } = await new Chemistry().use((chemistry) => readDesignFile(file, chemistry));
  return scoringRequest(resolved).objectives.map((request, i) => {
    const entry: Readonly<Record<string, unknown>> = design.objective[i];
    const objective = findObjective(request.id);
    const given = Object.fromEntries(Object.entries(entry).filter(([name, value]) => value !== undefined && fullName(objective, name) in request.parameters));
    return { request, column: formatCompact({ id: request.id, parameters: given }) };
  });
}

function refuseTwice(wanted: readonly Wanted[]): void {
  const twice = wanted.find(({ column }, i) => wanted.findIndex((other) => other.column === column) < i);
  if (twice) throw new InputError(`The objective "${twice.column}" is asked for twice.`);
}

/** How many workers parse and score at once; each holds RDKit's memory. */
const MOST_WORKERS = 4;

async function scoreAll(file: string, out: string, wanted: readonly Wanted[], terminal: Terminal): Promise<ScoreCounts> {
  const domain = domainOf(wanted);
  const input = openSequences(file, domain);
  const request = { domain, objectives: wanted.map(({ request: one }) => one), constraints: [], explain: true };
  const workers = Math.min(MOST_WORKERS, availableParallelism());
  // Neighbouring lines are often the same; what lies further back is computed again, so that memory does not grow.
  const pool = await startScoringPool({ request, workers, remembered: 4 * SCORE_BATCH }).catch(refused);
  try {
    const output = new OutputFile(out);
    const counts = await scoreFile({ input, columns: wanted.map(({ column }) => column), score: pool.score, write: (text) => output.write(text), progress: progressOn(terminal) });
    await output.close();
    return counts;
  } finally {
    terminal.endProgress();
    await pool.dispose();
  }
}

/** Lines, their rate, and the time left where the file's size is known. */
function progressOn(terminal: Terminal): (lines: number, share: number | null) => void {
  const started = performance.now();
  return (lines, share) => {
    const seconds = (performance.now() - started) / 1000;
    if (seconds < 1) return;
    const left = share === null ? '' : `, about ${duration((seconds * (1 - share)) / share)} left`;
    terminal.progress(share, `${lines} lines, ${Math.round(lines / seconds)} a second${left}`);
  };
}

function report({ lines, valid, incomplete }: ScoreCounts, domain: Domain, out: string): string {
  const some = incomplete === 0 ? '' : `, ${incomplete} of them without a value for every objective`;
  return `${lines} lines, ${valid} valid ${domain === 'dna' ? 'sequences' : 'molecules'}${some}; scores are in ${out}.`;
}
