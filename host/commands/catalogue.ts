/** amalgam objectives, models, doctor: what is there to use. */
import { availableParallelism, totalmem } from 'node:os';
import type { Command } from 'commander';
import type { ParameterInfo } from '../../contract/api.ts';
import { deviceInfo } from '../device-registry.ts';
import { fastestDevice } from '../../engine/tensor/devices.ts';
import { catalogue } from '../../engine/objectives/catalogue.ts';
import { catalogueOf, priorInfos } from '../catalogue.ts';
import { loadRdkitFromDisk } from '../chemistry.ts';
import { probeDevices } from '../devices.ts';
import { loadModel } from '../models.ts';
import { quantityText } from '../own-report.ts';
import { predictorInfos } from '../predictors.ts';
import { measureGenerator } from '../previews.ts';
import { defaultWorkspace, programFolder, version } from '../paths.ts';
import { openTerminal, table } from './terminal.ts';

interface Options {
  readonly json?: boolean;
}

export function addCatalogue(program: Command): void {
  program.command('objectives').description('List what molecules can be scored by, with parameters.').option('--json', 'print JSON').action(objectives);
  program
    .command('models')
    .description('List the installed generators, and the predictors that you trained.')
    .option('--measure <name|file>', 'sample this generator and score what it writes by itself: previews and defaults of goals are read from the file that this puts beside it')
    .option('--json', 'print JSON')
    .action(models);
  program.command('doctor').description('Check this machine: devices with their self-tests and speed, RDKit, workspace.').option('--json', 'print JSON').action(doctor);
}

function objectives({ json }: Options): void {
  const terminal = openTerminal();
  const list = catalogueOf().objectives;
  if (json) return terminal.json(list);
  let heading = '';
  for (const { id, group, label, unit, description, parameters, typical } of list) {
    if (group !== heading) terminal.out(`${heading === '' ? '' : '\n'}${(heading = group)}\n`);
    terminal.out(`${id}  ${label}${unit === '' ? '' : ` [${unit}]`}, usually ${typical[0]} to ${typical[1]}\n    ${description}`);
    for (const one of parameters) terminal.out(`    ${one.name}${one.alias === undefined ? '' : ` or ${one.alias}`}${unlessGiven(one)}: ${one.help}`);
  }
}

/** What holds where a parameter is left out. */
function unlessGiven({ default: value, optional }: ParameterInfo): string {
  if (optional === true) return ' (optional)';
  return value === null ? ' (needed)' : ` = ${[value].flat().join(',')}`;
}

async function models({ json, measure }: Options & { readonly measure?: string }): Promise<void> {
  const terminal = openTerminal();
  if (measure !== undefined) {
    const file = await measureGenerator(loadModel(measure), catalogue, true);
    return json ? terminal.json({ file }) : terminal.out(`Measured: ${file}`);
  }
  const all = priorInfos();
  const own = predictorInfos();
  if (json) return terminal.json([...all.map(({ name, file, info, problem }) => ({ kind: 'generator', name, file, domain: info?.domain ?? null, parameters: info?.parameters ?? null, bytes: info?.bytes ?? null, headline: info?.headline ?? null, problem })), ...own.map((one) => ({ kind: 'predictor', ...one }))]);
  if (all.length === 0) return terminal.out('No generator is installed. "amalgam pretrain DATA --out MODEL" makes one.');
  const rows = all.map(({ name, info, problem }) => [name, info?.domain ?? '–', info ? String(info.parameters) : '–', info ? `${(info.bytes / 1e6).toFixed(1)} MB` : '–', problem ?? info?.headline ?? '']);
  terminal.out(table(['name', 'domain', 'parameters', 'size', ''], rows));
  if (own.length === 0) return;
  const predictors = own.map(({ name, domain, quantities, bytes, headline, problem }) => [name, domain ?? '–', quantities.map(quantityText).join(', ') || '–', `${(bytes / 1e6).toFixed(1)} MB`, problem ?? headline]);
  terminal.out(`\nYour own predictors\n\n${table(['name', 'domain', 'predicts', 'size', ''], predictors)}`);
}

async function doctor({ json }: Options): Promise<void> {
  const terminal = openTerminal();
  terminal.note('Trying each device; this takes some seconds.');
  const reports = await probeDevices(availableParallelism());
  const works = reports.some(({ reason }) => reason === null);
  const chosen = works ? fastestDevice(reports) : null;
  const devices = reports.map((report) => deviceInfo(report, report.id === chosen));
  const rdkit = (await loadRdkitFromDisk()).version;
  const facts = { version, node: process.version, platform: `${process.platform} ${process.arch}`, cores: availableParallelism(), memoryGB: Number((totalmem() / 2 ** 30).toFixed(1)), rdkit, program: programFolder, workspace: defaultWorkspace() };
  if (json) terminal.json({ ...facts, devices });
  else printDoctor(terminal, facts, devices);
  if (!works) process.exitCode = 1;
}

function printDoctor(terminal: ReturnType<typeof openTerminal>, facts: Readonly<Record<string, unknown>>, devices: readonly ReturnType<typeof deviceInfo>[]): void {
  for (const [name, value] of Object.entries(facts)) terminal.out(`${name.padEnd(10)} ${String(value)}`);
  const rows = devices.map(({ id, available, chosen, reason, selfTest, trainingStepMs }) => [
    id,
    chosen ? 'chosen' : available ? 'works' : 'not here',
    trainingStepMs === null ? '–' : `${trainingStepMs.toFixed(0)} ms a step`,
    reason ?? selfTest ?? '',
  ]);
  terminal.out(`\n${table(['device', '', 'speed', ''], rows)}`);
}
