/** amalgam sample: sequences sampled from a generator. */
import { createRequire } from 'node:module';
import { type Command, Option } from 'commander';
import { decoderShape } from '../../engine/generator/checkpoint.ts';
import { guideFor } from '../../engine/generator/generate.ts';
import type { MakeGuide } from '../../engine/generator/guide.ts';
import { Purpose, randomStream } from '../../engine/generator/random.ts';
import { createSampler } from '../../engine/generator/sampler.ts';
import { tokenizerFor } from '../../engine/generator/tokenizer.ts';
import type { Sampled, SamplingSettings } from '../../engine/generator/types.ts';
import type { MoleculeContext } from '../../engine/objectives/molecules.ts';
import { type ChoosableDevice, deviceIds, openDevice } from '../../engine/tensor/devices.ts';
import { InputError } from '../base/errors.ts';
import { OutputFile } from '../base/output-file.ts';
import { usualThreads } from '../base/usual-threads.ts';
import { canonicalFor } from '../chemistry/canonical.ts';
import { Chemistry } from '../chemistry/service.ts';
import { resolveGeneration } from '../design/generation.ts';
import { loadModel, type Model } from '../models/generators.ts';
import { realNumber, seed, wholeNumber, withUnusedWorkspace } from './options.ts';
import { endOnSignals } from './signals.ts';
import { openTerminal, type Terminal } from './terminal.ts';

interface Options {
  readonly model: string;
  readonly count: number;
  readonly temperature: number;
  readonly topP: number;
  readonly seed: number;
  readonly threads: number;
  readonly device: ChoosableDevice;
  readonly out: string;
  readonly json?: boolean;
  readonly length?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly mask?: string;
  readonly scaffold?: string;
}

/** Sequences sampled in parallel. */
const SLOTS = 64;
/** Sequences between two progress reports. */
const CHUNK = 1024;

export function addSample(program: Command): void {
  withUnusedWorkspace(program.command('sample'))
    .description('Sample sequences from a generator. Writes one per line, valid or not.')
    .requiredOption('--model <name|file>', 'generator; see "amalgam models"')
    .option('-n, --count <count>', 'number of sequences', wholeNumber(1), 1000)
    .option(
      '--temperature <number>',
      'sampling temperature; lower gives more valid, higher more varied sequences',
      realNumber(0.1, 3),
      1,
    )
    .option(
      '--top-p <number>',
      'nucleus sampling: use only the most probable tokens, up to this total probability',
      realNumber(0.05, 1),
      1,
    )
    .option('--seed <number>', 'random seed; the same seed gives the same result', seed, 1)
    .option('--threads <count>', 'CPU threads; results depend on their number', wholeNumber(1, 256), usualThreads())
    .addOption(new Option('--device <device>', 'what computes').choices([...deviceIds]).default('cpu'))
    .option('--length <bases>', 'DNA: length of each sequence, including prefix and suffix', wholeNumber(1))
    .option('--min-length <bases>', 'DNA: minimum length, if lengths vary', wholeNumber(1))
    .option('--max-length <bases>', 'DNA: maximum length, if lengths vary', wholeNumber(1))
    .option('--prefix <bases>', 'DNA: first bases of every sequence')
    .option('--suffix <bases>', 'DNA: last bases of every sequence')
    .option('--mask <codes>', 'DNA: IUPAC codes of the bases after the prefix; N is any base')
    .option(
      '--scaffold <structure>',
      'molecules: name, SMILES or file of a scaffold that each molecule contains; [*:1], [*:2], ... mark attachment points',
    )
    .option('--out <file>', 'output file; - for stdout', '-')
    .option('--json', 'print the counts as JSON when --out is a file')
    .action(run);
}

async function run(options: Options): Promise<void> {
  const terminal = openTerminal();
  const model = loadModel(options.model);
  const { config } = model.generator;
  const { decode } = tokenizerFor(config);
  const chemistry = new Chemistry();
  const guide = await chemistry.use((molecules) => guideOf(model, options, molecules));
  endOnSignals(options.out === '-' ? 'Stopped.' : `Stopped; ${options.out} was not written.`);
  const output = new OutputFile(options.out);
  const counts = { sampled: 0, valid: 0 };
  const seen = new Set<string>();
  const canonicalOf = canonicalFor(config.modality, chemistry);
  for await (const chunk of sampled(model, options, guide)) {
    const texts = chunk.map(({ tokens }) => decode(tokens));
    await output.write(texts.map((text) => `${text}\n`).join(''));
    const canonical = await canonicalOf(texts.map((text, i) => (chunk[i].ended ? text : '')));
    counts.sampled += texts.length;
    for (const one of canonical) if (one !== null) seen.add(one);
    counts.valid += canonical.filter((one) => one !== null).length;
    terminal.progress(counts.sampled / options.count, `${counts.sampled} of ${options.count}`);
  }
  terminal.endProgress();
  await output.close();
  report({ ...counts, unique: seen.size }, options, terminal);
}

/** @throws InputError if the generator cannot write such sequences */
function guideOf(
  { generator: { config } }: Model,
  { length, minLength, maxLength, prefix, suffix, mask, scaffold }: Options,
  chemistry: MoleculeContext,
): MakeGuide | null {
  const given = Object.entries({
    length,
    min_length: minLength,
    max_length: maxLength,
    prefix,
    suffix,
    mask,
    scaffold,
  }).filter(([, value]) => value !== undefined);
  const { generate, problems } = resolveGeneration(config.modality, Object.fromEntries(given), config, {
    chemistry,
    folder: process.cwd(),
  });
  if (problems.length > 0) throw new InputError(problems.map(({ message }) => message).join('\n'));
  return guideFor(generate, config);
}

async function* sampled(
  { generator }: Model,
  { count, temperature, topP, seed, threads, device }: Options,
  guide: MakeGuide | null,
): AsyncGenerator<Sampled[]> {
  const settings: SamplingSettings = { temperature, topP };
  const opened = openForUse(device, threads);
  const sampler = await createSampler(opened, decoderShape(generator.config), { slots: SLOTS, weights: 'constant' });
  try {
    await sampler.load(generator.weights);
    for (let first = 0; first < count; first += CHUNK) {
      yield await sampler.sample(
        Math.min(CHUNK, count - first),
        settings,
        (i) => randomStream(seed, Purpose.sample, first + i),
        guide,
      );
    }
  } finally {
    await sampler.dispose();
  }
}

/** @throws InputError with the reason if the device cannot be used */
export function openForUse(device: ChoosableDevice, threads: number): ReturnType<typeof openDevice> {
  try {
    return openDevice(device, { threads, load: createRequire(import.meta.url) });
  } catch (error) {
    throw new InputError((error as Error).message);
  }
}

function report(
  { sampled: n, valid, unique }: { sampled: number; valid: number; unique: number },
  { out, json }: Options,
  terminal: Terminal,
): void {
  if (out !== '-' && json) return terminal.json({ out, sampled: n, valid, unique });
  terminal.note(
    `${n} sequences, ${percent(valid, n)} valid, ${percent(unique, valid)} of those unique${out === '-' ? '' : `. They are in ${out}`}.`,
  );
}

const percent = (part: number, of: number) => (of === 0 ? '0%' : `${((100 * part) / of).toFixed(1)}%`);
