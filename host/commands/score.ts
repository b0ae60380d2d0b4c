/** amalgam score: raw values of given molecules or DNA, one row per input line, in constant memory. */
import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { close } from '../../db/index.ts';
import type { Modality } from '../../engine/base/modality.ts';
import { dnaLetters } from '../../engine/dna/pasted.ts';
import { findObjective } from '../../engine/objectives/catalogue.ts';
import { predicted } from '../../engine/objectives/families/predicted.ts';
import type { MoleculeContext } from '../../engine/objectives/molecules.ts';
import { formatCompact, fullName, parseCompact } from '../../engine/objectives/parameters.ts';
import type { ObjectiveRequest, Scope, ScoreSequences, ScoringRequest } from '../../engine/objectives/types.ts';
import { InputError } from '../base/errors.ts';
import { OutputFile } from '../base/output-file.ts';
import { consentsFile } from '../base/paths.ts';
import { secondsLeft } from '../base/time-left.ts';
import { openWorkspace } from '../base/workspace.ts';
import { DrugScores, rankIn } from '../candidates/drug-scores.ts';
import { Chemistry } from '../chemistry/service.ts';
import { readDesignFile } from '../design/design-file.ts';
import { scoringRequest } from '../design/resolved.ts';
import { asksForInput, resolveParameters } from '../design/structures.ts';
import { Consents } from '../external/consents.ts';
import { ExternalScorers, type ExternalScorersOptions, withExternalScores } from '../external/external-scorers.ts';
import { workspaceMemory } from '../external/open.ts';
import { noMemory } from '../external/scorer.ts';
import { openFile } from '../intake/lines.ts';
import { isFasta } from '../intake/source.ts';
import { asGiven } from '../models/predictors.ts';
import { startScoringPool } from '../scoring/pool.ts';
import { type AllowOptions, withAllowOption, withConsent } from './consent.ts';
import { gathered } from './options.ts';
import { refused } from './refused.ts';
import { SCORE_BATCH, type ScoreCounts, scoreFile, type ScoreFileRequest } from './score-file.ts';
import { endOnSignals } from './signals.ts';
import { duration, openTerminal, type Terminal } from './terminal.ts';

interface Options extends AllowOptions {
  readonly objective?: string[];
  readonly design?: string;
  readonly modality?: Modality;
  readonly percentiles?: boolean;
  readonly atc?: string;
  readonly structure?: string;
  readonly sheet?: string;
  readonly workspace?: string;
  readonly out: string;
  readonly json?: boolean;
}

export function addScore(program: Command): void {
  withAllowOption(program.command('score'))
    .description(
      'Score the molecules or DNA of a file. Writes one row per input line, in order, with the reason for each missing score.',
    )
    .argument(
      '<file>',
      'molecules or DNA: a list, a table (CSV, TSV, XLSX), SDF, FASTA, GenBank, EMBL or SnapGene, told by its content; also gzipped; - for stdin',
    )
    .option('--objective <id[:name=value,...]>', 'objective to compute; repeat for several', gathered)
    .option('--design <file>', 'compute the objectives of this design file')
    .addOption(
      new Option('--modality <modality>', 'what the file contains, if only external scorers score it').choices([
        'molecule',
        'dna',
      ]),
    )
    .option('--structure <name>', 'column of the structures or sequences of a table (default: detected)')
    .option('--sheet <name>', 'sheet of an .xlsx file (default: the first)')
    .option('--percentiles', 'add one column per objective: the percentile of the value among approved drugs')
    .option('--atc <code>', 'compare only with approved drugs of this ATC class, e.g. N or N02B')
    .option(
      '--workspace <file>',
      'workspace that stores the scores of external scorers, so that each is computed only once',
    )
    .option('--out <file>', 'output file (CSV); - for stdout', '-')
    .option('--json', 'print the counts as JSON when --out is a file')
    .action(run);
}

interface Wanted {
  readonly request: ObjectiveRequest;
  /** What the user typed, or an objective's id with the given parameters. */
  readonly column: string;
}

async function run(file: string, options: Options): Promise<void> {
  const { objective = [], design, out, json } = options;
  const ofFile = design === undefined ? [] : await ofDesign(design);
  const wanted = [...(await withStructures(objective.map(compact))), ...ofFile].flatMap(withCompanions);
  if (wanted.length === 0)
    throw new InputError('Nothing to compute. Add --objective ID (see "amalgam objectives") or --design FILE.');
  refuseTwice(wanted);
  endOnSignals(out === '-' ? 'Stopped.' : `Stopped; ${out} was not written.`);
  const terminal = openTerminal();
  const request = requestFor(wanted, modalityOf(wanted, file, options.modality));
  // A user who types a command consents to it; the command in a design may come from anybody.
  const consents = new Consents(consentsFile());
  await withConsent(consents, options, () => consents.require(requestFor(ofFile, request.modality)));
  const counts = await withMemory(options.workspace, async (memory) =>
    scoreAll(file, out, wanted, {
      request,
      memory,
      terminal,
      derived: await percentilesOf(wanted, options),
      structure: options.structure,
      sheet: options.sheet,
    }),
  );
  if (out === '-') return;
  if (json === true) terminal.json({ out, ...counts });
  else terminal.note(report(counts, request.modality, out));
}

function requestFor(wanted: readonly Wanted[], modality: Modality): ScoringRequest {
  return { modality, objectives: wanted.map(({ request }) => request), constraints: [], explain: true };
}

/**
 * The modality that the objectives score; for external scorers, which score both, it comes from the file name or the
 * user.
 * @throws InputError if objectives of both modalities are given
 */
function modalityOf(wanted: readonly Wanted[], file: string, said: Modality | undefined): Modality {
  const scopes = wanted.map(scopeOf);
  const [molecule, dna] = (['molecule', 'dna'] as const).map((modality) => wanted[scopes.indexOf(modality)]?.column);
  if (molecule !== undefined && dna !== undefined)
    throw new InputError(`"${molecule}" and "${dna}" cannot be combined: one scores molecules, the other DNA.`);
  const known = dna !== undefined ? 'dna' : molecule !== undefined ? 'molecule' : undefined;
  if (known !== undefined && said !== undefined && known !== said)
    throw new InputError(`--modality ${said} does not fit "${dna ?? molecule}".`);
  return known ?? said ?? (isFasta(file) ? 'dna' : 'molecule');
}

/** The modality that an objective scores; for a predictor, it is in the predictor's file. */
function scopeOf({ request: { id, parameters } }: Wanted): Scope {
  try {
    return asGiven(findObjective(id), parameters).modality;
  } catch (error) {
    return refused(error);
  }
}

/** Parameters stay as typed: they are the name of the column. */
function compact(text: string): Wanted {
  try {
    const { id, parameters } = parseCompact(text);
    return { request: { id, parameters }, column: text.trim() };
  } catch (error) {
    return refused(error);
  }
}

/** A prediction comes with its error, and with 1 inside the applicability domain. */
function withCompanions(one: Wanted): readonly Wanted[] {
  const {
    request: { id, parameters },
    column,
  } = one;
  if (id !== predicted.id || parameters.give !== 'value') return [one];
  return [
    one,
    ...[
      ['error', 'error'],
      ['likeness', 'in domain'],
    ].map(([give, name]) => ({
      request: { id, parameters: { ...parameters, outside: 'score', give } },
      column: `${column} ${name}`,
    })),
  ];
}

/** Names and files become SMILES before the workers start; RDKit is loaded only if there is something to read. */
async function withStructures(wanted: readonly Wanted[]): Promise<readonly Wanted[]> {
  if (!wanted.some(({ request }) => asksForInput(findObjective(request.id), request.parameters))) return wanted;
  return new Chemistry()
    .use((chemistry) => wanted.map((one) => ({ ...one, request: resolvedRequest(one.request, chemistry) })))
    .catch(refused);
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
    const given = Object.fromEntries(
      Object.entries(entry).filter(
        ([name, value]) => value !== undefined && fullName(objective, name) in request.parameters,
      ),
    );
    return { request, column: formatCompact({ id: request.id, parameters: given }) };
  });
}

function refuseTwice(wanted: readonly Wanted[]): void {
  const twice = wanted.find(({ column }, i) => wanted.findIndex((other) => other.column === column) < i);
  if (twice) throw new InputError(`The objective "${twice.column}" is given twice.`);
}

/** Parallel workers; each needs memory for RDKit. */
const MOST_WORKERS = 4;

/** One column per objective beside the raw value. @throws InputError for an unknown class */
async function percentilesOf(
  wanted: readonly Wanted[],
  { percentiles, atc }: Options,
): Promise<ScoreFileRequest['derived']> {
  if (percentiles !== true && atc === undefined) return undefined;
  const comparisons = await new DrugScores()
    .comparisons(
      wanted.map(({ request }) => request),
      atc?.trim().toUpperCase() ?? '',
    )
    .catch(refused);
  return {
    columns: wanted.map(({ column }) => `${column} percentile`),
    of: (raw) => raw.map((value, i) => rankIn(comparisons[i], value)),
  };
}

interface Scoring {
  readonly request: ScoringRequest;
  readonly memory: ExternalScorersOptions['memory'];
  readonly terminal: Terminal;
  readonly derived: ScoreFileRequest['derived'];
  readonly structure: string | undefined;
  readonly sheet: string | undefined;
}

async function scoreAll(
  file: string,
  out: string,
  wanted: readonly Wanted[],
  { request, memory, terminal, derived, structure, sheet }: Scoring,
): Promise<ScoreCounts> {
  const input = await openFile(file, { modality: request.modality, structure, sheet });
  const workers = Math.min(MOST_WORKERS, availableParallelism());
  // Neighbouring lines are often equal; older scores are computed again, so that memory use is constant.
  const pool = await startScoringPool({ request, workers, remembered: 4 * SCORE_BATCH }).catch(refused);
  const external = new ExternalScorers(request, { memory, tell: (what) => terminal.note(what) });
  try {
    const output = new OutputFile(out);
    const scoreClean = withExternalScores(pool.score, request, external.score);
    const score: ScoreSequences =
      request.modality === 'dna' ? (sequences) => scoreClean(sequences.map(dnaLetters)) : scoreClean;
    const counts = await scoreFile({
      input,
      columns: wanted.map(({ column }) => column),
      score,
      derived,
      write: (text) => output.write(text),
      progress: progressOn(terminal),
    });
    await output.close();
    terminal.endProgress();
    for (const note of input.notes()) terminal.note(note);
    return counts;
  } finally {
    terminal.endProgress();
    await Promise.all([external.dispose(), pool.dispose()]);
  }
}

async function withMemory<T>(
  workspace: string | undefined,
  work: (memory: ExternalScorersOptions['memory']) => Promise<T>,
): Promise<T> {
  if (workspace === undefined) return work(() => noMemory);
  const db = openWorkspace(workspace);
  try {
    return await work((key) => workspaceMemory(db, key));
  } finally {
    close(db);
  }
}

/** Shows lines, lines per second, and the time left if the size of the file is known. */
function progressOn(terminal: Terminal): (lines: number, share: number | null) => void {
  const started = performance.now();
  return (lines, share) => {
    const seconds = (performance.now() - started) / 1000;
    if (seconds < 1) return;
    const left = share === null ? null : secondsLeft(seconds, share);
    const time = left === null ? '' : `, about ${duration(left)} left`;
    terminal.progress(share, `${lines} lines, ${Math.round(lines / seconds)} per second${time}`);
  };
}

function report({ lines, valid, incomplete }: ScoreCounts, modality: Modality, out: string): string {
  const some = incomplete === 0 ? '' : `, ${incomplete} with missing scores`;
  return `${lines} lines, ${valid} valid ${modality === 'dna' ? 'sequences' : 'molecules'}${some}; scores are in ${out}.`;
}
