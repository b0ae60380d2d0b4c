/** amalgam design: runs a design file on the command line. Ctrl-C pauses. */
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { RoundMetrics, RunSummary, TopicEvent } from '../../contract/api.ts';
import { ContractError } from '../../contract/api.ts';
import { createDesign, finalFigures, getRun } from '../../db/index.ts';
import { modalityWords } from '../../engine/base/modality.ts';
import { InputError } from '../base/errors.ts';
import { translating } from '../base/workspace.ts';
import { Chemistry } from '../chemistry/service.ts';
import { type DesignFile, readDesignFile } from '../design/design-file.ts';
import { explainDesign } from '../design/explain.ts';
import { scoringRequest } from '../design/resolved.ts';
import { parseToml } from '../design/toml.ts';
import { createHost, type Host } from '../host.ts';
import { estimateOf } from '../runs/estimate.ts';
import { sequencesOf } from '../runs/pace.ts';
import { constraintsOf, modalityOf } from '../runs/setup.ts';
import { roundsOf } from '../runs/summary.ts';
import { type AllowOptions, withAllowOption, withConsent } from './consent.ts';
import { checkDesign, timeLine } from './design-check.ts';
import { type HostCommandOptions, hostOptions, seed as seedOption, wholeNumber, withHostOptions } from './options.ts';
import { duration, openTerminal, type Terminal } from './terminal.ts';

interface Options extends HostCommandOptions, AllowOptions {
  readonly seed?: number;
  readonly resume?: number;
  readonly extend?: number;
  readonly fit?: boolean;
  readonly explain?: boolean;
  readonly check?: boolean;
  readonly json?: boolean;
}

export function addDesign(program: Command): void {
  withAllowOption(
    withHostOptions(
      program.command('design').description('Run a design file. Ctrl-C pauses the run; --resume continues it.'),
    ),
  )
    .argument('[file]', 'design file (.toml); omit it with --resume')
    .option('--seed <number>', 'seed of the run (default: 1)', seedOption)
    .option('--resume <run>', 'continue this run', wholeNumber(1))
    .option(
      '--extend <rounds>',
      'with --resume: add this number of rounds after the last one; also works for a finished run',
      wholeNumber(1),
    )
    .option(
      '--fit',
      "fit the numbers that goals omit to samples of the generator, instead of taking each score's defaults; --explain shows them",
    )
    .option('--explain', 'print the complete design with the source of each value, without running it')
    .option(
      '--check',
      'test goals and limits on samples of the generator, report problems and estimate the time of a run, without running it',
    )
    .option('--json', 'print the result as JSON')
    .action(run);
}

async function run(file: string | undefined, options: Options): Promise<void> {
  const { resume, extend } = options;
  if (resume === undefined) return begin(file, options);
  if (file !== undefined)
    throw new InputError('Give a design file or --resume RUN, not both: a resumed run keeps its design.');
  if (options.seed !== undefined)
    throw new InputError('--seed cannot be used with --resume: a resumed run keeps its seed.');
  if (options.fit === true)
    throw new InputError('--fit cannot be used with --resume: a resumed run keeps the numbers of its goals.');
  await withHost(options, async (host) =>
    follow(
      host,
      await withConsent(host.context.consents, options, () =>
        extend === undefined ? host.context.runs.resume(resume) : host.context.runs.extend(resume, extend),
      ),
      options.json === true,
    ),
  );
}

async function begin(file: string | undefined, options: Options): Promise<void> {
  if (options.extend !== undefined) throw new InputError('--extend needs --resume RUN: it adds rounds to that run.');
  if (file === undefined)
    throw new InputError('Give a design file, e.g. "amalgam design examples/oral-lead.toml", or --resume RUN.');
  const read = await new Chemistry().use((chemistry) => readDesignFile(file, chemistry, options.fit));
  if (options.explain) return explain(read, options.json === true);
  if (options.check) return checkDesign(read, options);
  await withHost(options, async (host) => {
    const terminal = openTerminal();
    for (const note of read.notes) terminal.note(note);
    terminal.note(
      `${read.design.name}: ${sequencesOf(read.resolved)} ${modalityWords[read.design.modality].many} in ${read.resolved.settings.steps / read.resolved.settings.merge_every} rounds.`,
    );
    const expected = estimateOf(host.context.db, read.resolved);
    if (expected !== null) terminal.note(timeLine(expected));
    await withConsent(host.context.consents, options, () =>
      host.context.consents.require(scoringRequest(read.resolved)),
    );
    const designId = translating(() =>
      createDesign(host.context.db, {
        name: read.design.name,
        modality: read.design.modality,
        source: read.source,
        resolved: read.resolved,
      }),
    );
    await follow(host, await host.context.runs.start(designId, options.seed ?? 1), options.json === true);
  });
}

function explain({ source, design, resolved }: DesignFile, json: boolean): void {
  const written = new Set(Object.keys(parseToml(source).value as object));
  if (json) openTerminal().json(resolved);
  else process.stdout.write(explainDesign(design, resolved, written));
}

async function withHost(options: Options, work: (host: Host) => Promise<void>): Promise<void> {
  const host = createHost(hostOptions(options));
  try {
    await work(host);
  } finally {
    await host.close();
  }
}

/** Shows the progress of a run until it ends; Ctrl-C pauses it. */
async function follow(host: Host, started: RunSummary, json: boolean): Promise<void> {
  const terminal = openTerminal();
  terminal.note(`Run ${started.id}, seed ${started.seed}, ${started.device}, workspace ${host.context.db.path}`);
  const ended = await ending(host, started, terminal);
  terminal.endProgress();
  if (ended.state === 'paused') return paused(ended, terminal, json);
  if (ended.state !== 'finished')
    throw new ContractError(
      'failed',
      `Run ${ended.id} failed: ${ended.message ?? 'unknown reason'}\nTo continue: amalgam design --resume ${ended.id}`,
    );
  result(host, ended, terminal, json);
}

function ending(host: Host, { id, rounds, ...first }: RunSummary, terminal: Terminal): Promise<RunSummary> {
  return new Promise((resolve, reject) => {
    const limits = constraintsOf(getRun(host.context.db, id)).map((limit) => limit.id);
    let left = first.secondsLeft;
    let alarmed = false;
    const pause = () => void host.context.runs.pause(id).catch(reject);
    const end = host.subscribe('run', { runId: id }, (event) => {
      const one = event as TopicEvent<'run'>;
      if (one.type === 'progress')
        return terminal.progress(
          one.step / one.steps,
          `${one.message}${left === null ? '' : `, about ${duration(left)} left`}`,
        );
      if (one.type === 'round') {
        left = one.summary.secondsLeft;
        terminal.note(roundLine(one.round, rounds, limits));
        // Said when it begins. The last round says it again.
        if (one.alarm !== null && (!alarmed || one.round.round === rounds)) terminal.note(`Warning: ${one.alarm}`);
        alarmed = one.alarm !== null;
        return;
      }
      if (one.summary.state === 'running') {
        if (one.summary.message !== null) terminal.note(one.summary.message);
        return;
      }
      end();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, pause);
      resolve(one.summary);
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, pause);
    const { state } = host.context.runs.summary(id);
    if (state !== 'running') resolve(host.context.runs.summary(id));
  });
}

const share = (value: number) => `${Math.round(100 * value)}%`;

function roundLine(
  { round, total, valid, unique, scored, seconds, objectives, constraints }: RoundMetrics,
  rounds: number,
  limits: readonly string[],
): string {
  const means = objectives.map(({ mean }) => (mean === null ? '–' : mean.toFixed(2))).join(' ');
  const kept = constraints.map((one, i) => limitText(one, `limit ${i + 1} (${limits[i]})`)).join('');
  return `Round ${round} of ${rounds}: mean score ${total === null ? '–' : total.toFixed(3)} (${means})${kept}, ${share(valid)} valid, ${share(unique)} unique, ${scored} scored, ${duration(seconds)}`;
}

function limitText({ met, multiplier }: RoundMetrics['constraints'][number], name: string): string {
  return `, ${name} met by ${met === null ? '–' : share(met)}${multiplier === null ? '' : ` at pressure ${multiplier.toFixed(2)}`}`;
}

function paused({ id }: RunSummary, terminal: Terminal, json: boolean): void {
  if (json) terminal.json({ id, state: 'paused' });
  terminal.note(`Paused. All finished rounds are kept. To continue: amalgam design --resume ${id}`);
}

function result(host: Host, summary: RunSummary, terminal: Terminal, json: boolean): void {
  const { prior, lastMerged, run } = finalFigures(host.context.db, summary.id);
  if (json)
    return terminal.json({
      ...summary,
      figures: { run, prior, lastMerged },
      limits: roundsOf(host.context.db, summary.id).at(-1)?.constraints ?? [],
    });
  terminal.out(
    `Run ${summary.id} finished in ${duration(summary.seconds)}: ${summary.scored} scored, ${summary.unique} different ${modalityWords[modalityOf(host.context.db, summary)].many}.`,
  );
  if (prior && lastMerged)
    terminal.out(
      `Mean score ${figure(prior.total.mean)} before, ${figure(lastMerged.total.mean)} after; ${share(lastMerged.validity ?? 0)} valid, ${share(lastMerged.uniqueness ?? 0)} unique.`,
    );
  terminal.out(
    `Export: amalgam export ${summary.id} --top 100 --out ${basename(summary.design)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')}.csv`,
  );
}

const figure = (value: number | null) => (value === null ? 'unknown' : value.toFixed(3));
