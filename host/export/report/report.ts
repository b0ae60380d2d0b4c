/**
 * A report in one HTML file that opens anywhere without a network: structures, a
 * table to sort, sliders that change the ranking, the run's course and its provenance. The
 * page, its style and its script are the files beside this one; what a run holds
 * goes in as data, never as markup.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RoundMetrics } from '../../../contract/api.ts';
import type { CandidateRow } from '../../../db/index.ts';
import { modalityWords } from '../../../engine/base/modality.ts';
import { depict } from '../../../engine/chem/depict.ts';
import type { Rdkit } from '../../../engine/chem/rdkit.ts';
import type { Aggregate } from '../../../engine/objectives/aggregate.ts';
import { programFolder, version } from '../../base/paths.ts';
import { goalText, limitText } from '../../design/resolved.ts';
import type { ExportTable } from '../columns.ts';
import { curves } from './curves.ts';

const folder = join(programFolder, 'host', 'export', 'report');
const part = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** The style of every report. */
export const reportStyle = (): string => part('page.css');

const PICTURE = { width: 180, height: 130, theme: 'light' } as const;

export function reportHtml(table: ExportTable, rdkit: Rdkit): string {
  const parts: Readonly<Record<string, string>> = {
    '/*STYLE*/': reportStyle(),
    '<!--CURVES-->': curves(
      table.rounds,
      table.goals.map(({ label }) => label),
    ),
    '/*DATA*/': inScript(dataOf(table, rdkit)),
    '/*SCRIPT*/': part('page.js'),
  };
  // With functions, because "$&" in a replacement text has a meaning of its own.
  return Object.entries(parts).reduce(
    (page, [place, content]) => page.replace(place, () => content),
    part('page.html'),
  );
}

/** JSON that no HTML parser takes for the end of its script. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function dataOf(table: ExportTable, rdkit: Rdkit): Readonly<Record<string, unknown>> {
  const { run, modality, candidates, goals, limits, rounds } = table;
  const words = modalityWords[modality];
  return {
    title: run.designName,
    kind: modality === 'molecule' ? 'Molecule' : 'Sequence',
    summary: `The best ${candidates.length} of ${run.unique.toLocaleString('en')} unique ${words.many} that run ${run.id} found among ${run.scored.toLocaleString('en')} scored sequences.`,
    aggregate: run.aggregate,
    aggregateInWords: AGGREGATES[run.aggregate],
    goals: goals.map(({ label, unit, weight }) => ({ label, unit, weight })),
    limits: limits.map(({ label }) => ({ label })),
    candidates: candidates.map((candidate) => candidateData(candidate, modality === 'molecule' ? rdkit : null)),
    rounds: rounds.map(roundRow),
    wanted: [
      ...goals.map(({ label, detail, goal, unit, weight, parameters }) => [
        detail === '' ? label : `${label}, ${detail}`,
        goalText(goal, unit),
        weight,
        parametersInWords(parameters),
      ]),
      ...limits.map((limit) => [limit.label, limitText(limit), null, parametersInWords(limit.parameters)]),
    ],
    facts: factsOf(table),
  };
}

const AGGREGATES: Readonly<Record<Aggregate, string>> = {
  arithmetic: 'The total is the weighted mean of the scores.',
  geometric: 'The total is the weighted geometric mean of the scores.',
  product: 'The total is the product of the scores.',
  worst: 'The total is the lowest of the scores.',
};

function candidateData(
  { id, sequence, raw, scores, constraints, round }: CandidateRow,
  rdkit: Rdkit | null,
): Readonly<Record<string, unknown>> {
  const svg =
    rdkit?.withMolecule<string | null>(
      sequence,
      (molecule) => depict(molecule, PICTURE),
      () => null,
    ) ?? null;
  return { id, sequence, raw, scores, limits: constraints, round, svg: svg && Buffer.from(svg).toString('base64') };
}

function roundRow({ round, scored, valid, unique, total, objectives }: RoundMetrics): (number | string | null)[] {
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  return [round, scored, percent(valid), percent(unique), total, ...objectives.map(({ mean }) => mean)];
}

function parametersInWords(parameters: Readonly<Record<string, unknown>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} = ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join('; ');
}

function factsOf({ run }: ExportTable): [name: string, value: string][] {
  const settings = Object.entries(run.settings as Readonly<Record<string, unknown>>).map(
    ([name, value]) => `${name} = ${String(value)}`,
  );
  return [
    ['Method', METHODS[run.method]],
    ['Run', `${run.id}, seed ${run.seed}, ${run.state}, begun ${run.created}`],
    ['Generator', `${run.prior} (SHA-256 ${run.priorKey})`],
    ...predictorFacts(run),
    ['Settings', settings.join('; ')],
    ['Computed on', `${run.device}, threads: ${run.threads}`],
    ['Software', `Amalgam ${run.software} made the run, Amalgam ${version} this report`],
  ];
}

function predictorFacts({ predictors }: Pick<ExportTable['run'], 'predictors'>): [name: string, value: string][] {
  if (predictors === null) return [['Predictors', 'not recorded (the run was made by an earlier version)']];
  return predictors.map(({ file, key }) => ['Predictor', `${file} (SHA-256 ${key})`]);
}

const METHODS: Readonly<Record<ExportTable['run']['method'], string>> = {
  iterative: 'IterativeRS (arXiv 2511.00220): one expert per goal, merged repeatedly during training',
  morlhf: 'MORLHF: one generator trained on the weighted sum of the goals',
  soups: 'Rewarded Soups (arXiv 2306.04488): one expert per goal, merged once at the end',
  ric: 'RiC (rewards in context, arXiv 2402.10207): one generator that is told which rewards to write for',
};
