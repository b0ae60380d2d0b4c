/**
 * Entry of the process that reads a user's table and trains on it, so that the
 * host always answers. It holds one table at a time.
 */
import type { TableInfo, TableReport, TaskInfo, TrainingReport } from '../contract/api.ts';
import type { Rdkit } from '../engine/chem/rdkit.ts';
import type { OwnTraining } from '../engine/learn/own/assemble.ts';
import { reliabilityOf } from '../engine/learn/own/reliability.ts';
import type { Task } from '../engine/learn/own/task.ts';
import { writeOwnPredictor } from '../engine/predictor/own/checkpoint.ts';
import { answerInTurn } from './asked-process.ts';
import { loadRdkitFromDisk } from './chemistry.ts';
import { failureData } from './failure.ts';
import { placeWord } from './intake/rows.ts';
import { structureColumn, type Table } from './intake/table.ts';
import { openOwnTable, readOwnData, type OwnData } from './own-data.ts';
import { figureTable, formatText, remarkLines, rowLines } from './own-report.ts';
import { trainOwn, wantedOf } from './own-training.ts';
import type { FromTrainer, ToTrainer } from './trainer-messages.ts';

/** Points that a plot shows; more hide each other. */
const MOST_POINTS = 1500;

let rdkit: Promise<Rdkit> | null = null;
let table: Table | null = null;

function say(message: FromTrainer): void {
  process.send?.(message);
}

async function answer(message: ToTrainer): Promise<void> {
  rdkit ??= loadRdkitFromDisk();
  const chemistry = await rdkit;
  if (message.type === 'open') {
    table = await openOwnTable(chemistry, message.file, { sheet: message.sheet });
    return say({ type: 'opened', table: tableInfo(table) });
  }
  if (table === null) throw new Error('No table is open.');
  const started = performance.now();
  const { structure, column, ...task } = message.options;
  const data = readOwnData(chemistry, table, { column, structure, task });
  if (message.type === 'inspect') return say({ type: 'inspected', report: tableReport(table, data) });
  const wanted = message.wanted ?? wantedOf(data.task.name);
  const training = await trainOwn(table, data, { seed: 1, wanted }, { onProgress: (share) => say({ type: 'progress', share }) });
  say({ type: 'trained', report: trainingReport(training, table, data, wanted, (performance.now() - started) / 1000), bytes: writeOwnPredictor(training.predictor) });
}

function tableInfo(of: Table): TableInfo {
  const structure = structureName(of);
  const learnable = of.columns.filter(({ name, kind }) => name !== structure && (kind === 'numbers' || kind === 'classes'));
  const likely = learnable.find(({ name }) => /p?(ic|ec|ac|xc)50|p?k[id]\b|activity|value|log|measured|class|label|outcome/i.test(name)) ?? learnable.at(-1);
  return {
    name: '',
    format: formatText(of),
    rows: of.rows.length,
    columns: of.columns.map(({ name, kind, unit, filled, examples }) => ({ name, kind, unit, filled, examples: examples.map((text) => text.split('\n', 1)[0].slice(0, 80)) })),
    structure,
    column: likely?.name ?? null,
    notes: [...of.notes],
  };
}

/** Null where the table has no molecules: the user may still name the column. */
function structureName(of: Table): string | null {
  if (!of.columns.some(({ kind }) => kind === 'structure')) return null;
  const { index, domain } = structureColumn(of);
  return domain === 'molecule' ? of.columns[index].name : null;
}

function taskInfo({ kind, name, unit, transform, measuredUnit }: Task, wanted: TaskInfo['wanted']): TaskInfo {
  return { kind, name, unit, transform, measuredUnit, wanted };
}

function tableReport({ format }: Table, { task, notes, report }: OwnData): TableReport {
  return { task: taskInfo(task, wantedOf(task.name)), kept: report.kept, notes: [...notes], rows: rowLines(report, task, placeWord(format)) };
}

function trainingReport({ validation, figures, verdict }: OwnTraining, { format }: Table, { task, report }: OwnData, wanted: TaskInfo['wanted'], seconds: number): TrainingReport {
  const step = Math.max(1, validation.rows.length / MOST_POINTS);
  const shown = Array.from({ length: Math.min(validation.rows.length, MOST_POINTS) }, (_, i) => validation.rows[Math.floor(i * step)]);
  return {
    task: taskInfo(task, wanted),
    rows: rowLines(report, task, placeWord(format)),
    verdict: { tier: verdict.tier, text: verdict.text, reasons: [...verdict.reasons] },
    figures: figureTable(figures),
    remarks: remarkLines(figures),
    points: shown.map(({ smiles, lines: [line], measured, predicted, error }) => ({ smiles, line, measured, predicted, error: task.kind === 'regression' ? error : null })),
    reliability: reliabilityOf(task.kind, validation.rows),
    seconds,
  };
}

answerInTurn(answer, (error) => say({ type: 'failed', error: failureData(error) }));
