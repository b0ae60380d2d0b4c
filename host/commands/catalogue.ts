/** amalgam objectives, models, doctor: lists objectives and models, and checks this computer. */
import { availableParallelism, totalmem } from 'node:os';
import type { Command } from 'commander';
import { type InstalledModel, type ModelKind, modelKinds, type ParameterInfo } from '../../contract/api.ts';
import { didYouMean } from '../../engine/base/nearest.ts';
import { catalogue } from '../../engine/objectives/catalogue.ts';
import { fastestDevice } from '../../engine/tensor/devices.ts';
import { InputError } from '../base/errors.ts';
import { defaultWorkspace, programFolder, version } from '../base/paths.ts';
import { writeWhole } from '../base/write-whole.ts';
import { loadRdkitFromDisk } from '../chemistry/chemistry.ts';
import { deviceInfo } from '../compute/device-registry.ts';
import { probeDevices } from '../compute/devices.ts';
import { catalogueOf } from '../design/catalogue.ts';
import { measureGenerator } from '../design/previews.ts';
import { installedModels, modelCard } from '../models/cards.ts';
import { loadModel } from '../models/generators.ts';
import { quantityText } from '../training/report.ts';
import { reportText } from './doctor-report.ts';
import { openTerminal, table } from './terminal.ts';

interface Options {
  readonly json?: boolean;
}

export function addCatalogue(program: Command): void {
  program
    .command('objectives')
    .description('List the objectives that score molecules and DNA, with their parameters.')
    .option('--json', 'print JSON')
    .action(objectives);
  program
    .command('models')
    .description('List generators and predictors with their main figures, including yours.')
    .option('--card <name>', 'print the card of this model: data, figures and limitations')
    .option(
      '--measure <name|file>',
      'sample and score this generator, and store the result beside it for previews and default goals',
    )
    .option('--json', 'print JSON')
    .action(models);
  program
    .command('doctor')
    .description('Check this computer: self-test and speed of each device, RDKit, workspace.')
    .option('--report <file>', 'write what helps to find a fault, without structures, names or paths of yours')
    .option('--log <file>', 'put the last lines of this log into the report')
    .option('--json', 'print JSON')
    .action(doctor);
}

function objectives({ json }: Options): void {
  const terminal = openTerminal();
  const list = catalogueOf().objectives;
  if (json) return terminal.json(list);
  let heading = '';
  for (const { id, group, label, unit, description, parameters, typical } of list) {
    if (group !== heading) terminal.out(`${heading === '' ? '' : '\n'}${(heading = group)}\n`);
    terminal.out(
      `${id}  ${label}${unit === '' ? '' : ` [${unit}]`}, usually ${typical[0]} to ${typical[1]}\n    ${description}`,
    );
    for (const one of parameters)
      terminal.out(
        `    ${one.name}${one.alias === undefined ? '' : ` or ${one.alias}`}${unlessGiven(one)}: ${one.help}`,
      );
  }
}

/** The default of a parameter. */
function unlessGiven({ default: value, optional }: ParameterInfo): string {
  if (optional === true) return ' (optional)';
  return value === null ? ' (required)' : ` = ${[value].flat().join(',')}`;
}

async function models({
  json,
  measure,
  card,
}: Options & { readonly measure?: string; readonly card?: string }): Promise<void> {
  const terminal = openTerminal();
  if (measure !== undefined) {
    const file = await measureGenerator(loadModel(measure), catalogue, true);
    return json ? terminal.json({ file }) : terminal.out(`Measured: ${file}`);
  }
  if (card !== undefined) return printCard(card);
  const all = installedModels();
  if (json) return terminal.json(all);
  for (const kind of modelKinds) {
    const models = all.filter((one) => one.kind === kind);
    if (models.length > 0) terminal.out(`${headings[kind]}\n${models.map(modelLines).join('\n')}\n`);
  }
  terminal.out('"amalgam models --card NAME" prints data, figures and limitations of a model.');
}

const headings: Readonly<Record<ModelKind, string>> = {
  generator: 'Generators',
  predictor: 'Predictors',
  'user-predictor': 'Your predictors',
};

/** Name, size and modality; the headline below. */
function modelLines({ name, modality, parameters, bytes, predicts, headline, problem }: InstalledModel): string {
  const facts = [modality, parameters === null ? null : `${parameters} parameters`, `${(bytes / 1e6).toFixed(1)} MB`]
    .filter((fact) => fact !== null)
    .join(', ');
  const asked = predicts.map(({ id, label, unit }) => id ?? quantityText({ name: label, unit })).join(', ');
  return [`${name}  ${facts}`, problem ?? headline, ...(asked === '' ? [] : [`predicts ${asked}`])]
    .filter((line) => line !== '')
    .join('\n    ');
}

/** @throws InputError naming the nearest */
function printCard(name: string): void {
  const all = installedModels();
  const model = all.find((one) => one.name === name);
  const names = all.map((one) => one.name);
  if (model === undefined) throw new InputError(`There is no model "${name}".${didYouMean(name, names)}`);
  const { markdown } = modelCard(model.kind, name);
  // A terminal cannot show images.
  openTerminal().out(markdown.replace(/!\[([^\]]*)\]\(data:[^)]*\)/g, '[picture: $1]'));
}

async function doctor({
  json,
  report,
  log,
}: Options & { readonly report?: string; readonly log?: string }): Promise<void> {
  const terminal = openTerminal();
  terminal.note('Testing each device. This takes a few seconds.');
  const reports = await probeDevices(availableParallelism());
  const works = reports.some(({ reason }) => reason === null);
  const chosen = works ? fastestDevice(reports) : null;
  const devices = reports.map((report) => deviceInfo(report, report.id === chosen));
  const rdkit = (await loadRdkitFromDisk()).version;
  const workspace = defaultWorkspace();
  const versions = {
    version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cores: availableParallelism(),
    memoryGB: Number((totalmem() / 2 ** 30).toFixed(1)),
    rdkit,
  };
  const facts = { ...versions, program: programFolder, workspace };
  if (report !== undefined) {
    const text = reportText({ facts: versions, devices: deviceRows(devices), workspace, log: log ?? null });
    writeWhole(report, Buffer.from(text));
    terminal.out(`Written: ${report}`);
  } else if (json) terminal.json({ ...facts, devices });
  else printDoctor(terminal, facts, devices);
  if (!works) process.exitCode = 1;
}

function printDoctor(
  terminal: ReturnType<typeof openTerminal>,
  facts: Readonly<Record<string, unknown>>,
  devices: readonly ReturnType<typeof deviceInfo>[],
): void {
  for (const [name, value] of Object.entries(facts)) terminal.out(`${name.padEnd(10)} ${String(value)}`);
  terminal.out(`\n${table(['device', '', 'speed', ''], deviceRows(devices))}`);
}

function deviceRows(devices: readonly ReturnType<typeof deviceInfo>[]): string[][] {
  return devices.map(({ id, available, chosen, reason, selfTest, trainingStepMs }) => [
    id,
    chosen ? 'chosen' : available ? 'works' : 'not here',
    trainingStepMs === null ? '–' : `${trainingStepMs.toFixed(0)} ms per step`,
    reason ?? selfTest ?? '',
  ]);
}
