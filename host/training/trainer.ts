/**
 * Entry of the process that reads a user's table and trains a predictor on it, so that
 * the host stays responsive. It holds one table at a time.
 */
import type { TableInfo, TableReport, TaskInfo, TrainingReport } from '../../contract/api.ts';
import type { Modality } from '../../engine/base/modality.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import type { UserPredictorTraining } from '../../engine/learn/user-predictor/assemble.ts';
import type { CrossValidation } from '../../engine/learn/user-predictor/cross-validation.ts';
import { reliabilityOf } from '../../engine/learn/user-predictor/reliability.ts';
import type { Task } from '../../engine/learn/user-predictor/task.ts';
import { type JudgedWords, moleculeWords, sequenceWords } from '../../engine/learn/user-predictor/verdict.ts';
import { writePredictor } from '../../engine/predictor/sequence/checkpoint.ts';
import { writeUserPredictor } from '../../engine/predictor/user/checkpoint.ts';
import { loadRdkitFromDisk } from '../chemistry/chemistry.ts';
import { placeWord } from '../intake/rows.ts';
import { structureColumn, type Table } from '../intake/table.ts';
import { processPort } from '../workers/request-process.ts';
import { answerQuestions } from '../workers/requests.ts';
import { dnaRowLines, readDnaTable, trainDnaTable, withSequences } from './dna-training.ts';
import { openUserTable, readMoleculeTable } from './molecule-table.ts';
import { trainMoleculeTable, wantedOf } from './molecule-training.ts';
import { figureTable, formatText, remarkLines, rowLines } from './report.ts';
import type { FromTrainer, ToTrainer } from './trainer-messages.ts';

/** Most points in a plot; more would hide each other. */
const MOST_POINTS = 1500;

let rdkit: Promise<Rdkit> | null = null;
let table: Table | null = null;

type Progress = (share: number) => void;

async function answer(message: ToTrainer, progress: Progress): Promise<FromTrainer> {
  const chemistry = await (rdkit ??= loadRdkitFromDisk());
  if (message.type === 'open') {
    const read = await openUserTable(chemistry, message.file, { sheet: message.sheet });
    table = message.fasta === undefined ? read : await withSequences(read, message.fasta);
    return { type: 'opened', table: tableInfo(table) };
  }
  if (table === null) throw new Error('No table is open.');
  return structureColumn(table, message.options.structure).modality === 'dna'
    ? answerOfDna(table, message, progress)
    : answerOfMolecules(chemistry, table, message, progress);
}

type Asked = Extract<ToTrainer, { type: 'inspect' | 'train' }>;

const secondsSince = (started: number): number => (performance.now() - started) / 1000;

async function answerOfMolecules(
  chemistry: Rdkit,
  of: Table,
  message: Asked,
  progress: Progress,
): Promise<FromTrainer> {
  const started = performance.now();
  const { structure, column, kind, transform, unit, positive } = message.options;
  const task = { kind, transform, unit, positive };
  const data = readMoleculeTable(chemistry, of, { column, structure, task });
  const rows = rowLines(data.report, data.task, placeWord(of.format));
  const found: Found = { ...data, rows, wanted: wantedIn(message, data.task) };
  if (message.type === 'inspect') return { type: 'inspected', report: tableReport(found) };
  const training = await trainMoleculeTable(of, data, { seed: 1, wanted: found.wanted }, { onProgress: progress });
  return {
    type: 'trained',
    report: trainingReport(training, found, moleculeWords, secondsSince(started)),
    bytes: writeUserPredictor(training.predictor),
  };
}

async function answerOfDna(of: Table, message: Asked, progress: Progress): Promise<FromTrainer> {
  const started = performance.now();
  const { structure, column, oneStrand, ...task } = message.options;
  const data = readDnaTable(of, { column, structure, oneStrand, task });
  const rows = dnaRowLines(data.report, data, placeWord(of.format));
  const found: Found = { ...data, rows, wanted: wantedIn(message, data.task) };
  if (message.type === 'inspect') return { type: 'inspected', report: tableReport(found) };
  const training = await trainDnaTable(of, data, { seed: 1, wanted: found.wanted, onProgress: progress });
  return {
    type: 'trained',
    report: trainingReport(training, found, sequenceWords, secondsSince(started)),
    bytes: writePredictor(training.predictor, 'F16'),
  };
}

/** The preferred direction: the user's choice, or the usual one. */
function wantedIn(message: Asked, { name }: Task): TaskInfo['wanted'] {
  return (message.type === 'train' ? message.wanted : undefined) ?? wantedOf(name);
}

/** The contents of a table of either modality. */
interface Found {
  readonly task: Task;
  readonly wanted: TaskInfo['wanted'];
  readonly notes: readonly string[];
  readonly report: { readonly kept: number };
  readonly rows: string[];
}

function tableInfo(of: Table): TableInfo {
  const found = structureOf(of);
  const learnable = of.columns.filter(
    ({ name, kind }) =>
      name !== found?.name && (kind === 'numbers' || (kind === 'classes' && found?.modality !== 'dna')),
  );
  const likely =
    learnable.find(({ name }) =>
      /p?(ic|ec|ac|xc)50|p?k[id]\b|activity|expression|value|log|measured|class|label|outcome/i.test(name),
    ) ?? learnable.at(-1);
  return {
    name: '',
    format: formatText(of),
    rows: of.rows.length,
    columns: of.columns.map(({ name, kind, unit, filled, examples }) => ({
      name,
      kind,
      unit,
      filled,
      examples: examples.map((text) => text.split('\n', 1)[0].slice(0, 80)),
    })),
    modality: found?.modality ?? null,
    structure: found?.name ?? null,
    column: likely?.name ?? null,
    notes: [...of.notes],
  };
}

/** Null if the table has neither molecules nor DNA: the user may still choose the column, or add the sequences. */
function structureOf(of: Table): { readonly name: string; readonly modality: Modality } | null {
  if (!of.columns.some(({ kind }) => kind === 'structure' || kind === 'dna')) return null;
  const { index, modality } = structureColumn(of);
  return { name: of.columns[index].name, modality };
}

function taskInfo({ kind, name, unit, transform, measuredUnit }: Task, wanted: TaskInfo['wanted']): TaskInfo {
  return { kind, name, unit, transform, measuredUnit, wanted };
}

function tableReport({ task, wanted, notes, report, rows }: Found): TableReport {
  return { task: taskInfo(task, wanted), kept: report.kept, notes: [...notes], rows };
}

function trainingReport(
  {
    validation,
    figures,
    verdict,
  }: Pick<UserPredictorTraining, 'figures' | 'verdict'> & { readonly validation: CrossValidation },
  { task, wanted, rows }: Found,
  words: JudgedWords,
  seconds: number,
): TrainingReport {
  const step = Math.max(1, validation.rows.length / MOST_POINTS);
  const shown = Array.from(
    { length: Math.min(validation.rows.length, MOST_POINTS) },
    (_, i) => validation.rows[Math.floor(i * step)],
  );
  return {
    task: taskInfo(task, wanted),
    rows,
    verdict: { tier: verdict.tier, text: verdict.text, reasons: [...verdict.reasons] },
    figures: figureTable(figures),
    remarks: remarkLines(figures, words),
    points: shown.map(({ text, lines: [line], measured, predicted, error }) => ({
      text,
      line,
      measured,
      predicted,
      error: task.kind === 'regression' ? error : null,
    })),
    reliability: reliabilityOf(task.kind, validation.rows),
    seconds,
  };
}

answerQuestions<ToTrainer, FromTrainer, number>(processPort, () =>
  Promise.resolve((question, { progress }) => answer(question, progress)),
);
