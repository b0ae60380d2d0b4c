/**
 * @file report.html of a batch: failures first, then means and intervals over seeds, curves, the varied settings and
 * the best structures. The page holds everything it shows and has no script.
 */
import { modalityWords } from '../../../engine/base/modality.ts';
import { depict } from '../../../engine/chem/depict.ts';
import type { Rdkit } from '../../../engine/chem/rdkit.ts';
import { type SeedMean, seedMean } from '../../../engine/learn/statistics.ts';
import { version } from '../../base/paths.ts';
import { writeWhole } from '../../base/write-whole.ts';
import { escaped } from '../../export/report/markup.ts';
import { reportStyle } from '../../export/report/report.ts';
import type { BatchFolder, RunStatus } from '../folder.ts';
import { goalNames, variedNames } from '../summary.ts';
import { bestOf, goalMean, groupsOf, type RunGroup } from './groups.ts';
import { curves, intervals, parallel } from './plots.ts';

const PICTURE = { width: 220, height: 160, theme: 'light' } as const;
/** Most designs whose best structure is drawn. */
const MOST_PICTURES = 60;

/** @returns the file */
export function writeReport(folder: BatchFolder, all: readonly RunStatus[], rdkit: Rdkit): string {
  const file = folder.file('report.html');
  writeWhole(file, Buffer.from(batchReport(all, rdkit)));
  return file;
}

/** @internal exported for its tests */
export function batchReport(all: readonly RunStatus[], rdkit: Rdkit): string {
  const groups = groupsOf(all);
  const finished = all.filter(({ state }) => state === 'finished').length;
  const sections = [
    section('Failures', failures(all)),
    section('Results', results(groups, goalNames(all))),
    section('Mean total with its 95% interval over seeds', intervals(groups)),
    section('Mean total during the runs', curves(groups)),
    section('Varied settings and total', parallel(all, variedNames(all))),
    section('Best structures', structures(groups, rdkit)),
    section('How this was made', provenance(all)),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>Batch of ${all.length} runs</title>
<style>${reportStyle()}</style>
</head>
<body>
<header><h1>Batch of ${all.length} runs</h1><p>${finished} finished, ${all.length - finished} not.</p></header>
<main>${sections.join('\n')}</main>
</body>
</html>
`;
}

const section = (title: string, content: string): string =>
  content === '' ? '' : `<section><h2>${escaped(title)}</h2>${content}</section>`;

type Cell = string | { readonly html: string };

const html = (cell: Cell): string => (typeof cell === 'string' ? escaped(cell) : cell.html);

function table(label: string, header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const head = header.map((name) => `<th scope="col">${escaped(name)}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${html(cell)}</td>`).join('')}</tr>`).join('');
  return `<div class="wide" role="region" aria-label="${escaped(label)}" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function failures(all: readonly RunStatus[]): string {
  const failed = all.filter(({ state }) => state === 'failed');
  if (failed.length === 0) return '';
  const rows = failed.map(({ run, round, rounds, error }) => [
    run.id,
    run.design,
    String(run.seed),
    `${round} of ${rounds}`,
    error ?? '',
  ]);
  return table('Failures', ['Run', 'Design', 'Seed', 'Round', 'What went wrong'], rows);
}

const figure = (mean: SeedMean | null): string =>
  mean === null ? '–' : `${mean.mean.toFixed(3)}${mean.half === null ? '' : ` ± ${mean.half.toFixed(3)}`}`;

function results(groups: readonly RunGroup[], goals: readonly string[]): string {
  const rows = groups.map((group) => {
    const over = (value: (result: RunGroup['results'][number]) => number | null) =>
      figure(seedMean(group.results.map(value)));
    return [
      group.name,
      `${group.results.length} of ${group.runs.length}`,
      figure(group.total),
      ...goals.map((goal) => figure(goalMean(group, goal))),
      ...[over(({ valid }) => valid), over(({ unique }) => unique), over(({ hypervolume }) => hypervolume)],
    ];
  });
  return table('Results', ['Design', 'Seeds', 'Total', ...goals, 'Valid', 'Unique', 'Hypervolume'], rows);
}

function structures(groups: readonly RunGroup[], rdkit: Rdkit): string {
  const rows = groups.flatMap((group) => {
    const best = bestOf(group);
    if (best === null) return [];
    const total = best.total === null ? '–' : best.total.toFixed(3);
    const isMolecule = group.results[0].modality === 'molecule';
    return [[group.name, total, isMolecule ? { html: picture(best.sequence, rdkit) } : '', best.sequence]];
  });
  if (rows.length === 0) return '';
  const note =
    rows.length > MOST_PICTURES ? `<p class="muted">The first ${MOST_PICTURES} of ${rows.length} designs.</p>` : '';
  return table('Best structures', ['Design', 'Total', 'Structure', 'Sequence'], rows.slice(0, MOST_PICTURES)) + note;
}

/** As an image, so that nothing in it can be more than a picture; the structure stands beside it as text. */
function picture(smiles: string, rdkit: Rdkit): string {
  const svg = rdkit.withMolecule<string | null>(
    smiles,
    (molecule) => depict(molecule, PICTURE),
    () => null,
  );
  return svg === null
    ? ''
    : `<img class="picture" alt="" src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}">`;
}

function provenance(all: readonly RunStatus[]): string {
  const results = all.flatMap(({ result }) => result ?? []);
  const distinct = (values: readonly string[]) => [...new Set(values)].filter((value) => value !== '');
  const facts = [
    ...distinct(results.map(({ generator }) => `${generator.name} (SHA-256 ${generator.key})`)).map((one) => [
      'Generator',
      one,
    ]),
    ...distinct(results.map(({ predictors }) => predictors)).map((one) => ['Predictors', one]),
    [
      'Figures',
      `Fresh ${words(results)} of each run's last merge. Intervals are 95% intervals of the mean over seeds (Student's t).`,
    ],
    ['Software', `Amalgam ${version}`],
  ];
  return `<dl>${facts.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`;
}

const words = (results: readonly { readonly modality: 'molecule' | 'dna' }[]): string =>
  modalityWords[results[0]?.modality ?? 'molecule'].many;
