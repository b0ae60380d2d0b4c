/** amalgam features: the features that DNA objectives count, as a table. */
import type { Command } from 'commander';
import { readDna } from '../../engine/dna/pasted.ts';
import type { FindFeatures } from '../../engine/objectives/dna.ts';
import { prepareFeatures } from '../../engine/objectives/features.ts';
import { parseCompact } from '../../engine/objectives/parameters.ts';
import type { ObjectiveRequest } from '../../engine/objectives/types.ts';
import { InputError } from '../base/errors.ts';
import { OutputFile } from '../base/output-file.ts';
import { readResource } from '../chemistry/chemistry.ts';
import { resolveMotifs } from '../design/motif-file.ts';
import { dnaRecords } from '../intake/lines.ts';
import { gathered } from './options.ts';
import { refused } from './refused.ts';
import { openTerminal } from './terminal.ts';

interface Options {
  readonly objective?: string[];
  readonly out: string;
}

const COLUMNS = ['sequence_name', 'kind', 'name', 'start', 'stop', 'strand', 'note'];

export function addFeatures(program: Command): void {
  program
    .command('features')
    .description(
      'List the features that DNA objectives find in sequences: motif hits, restriction sites with their cuts, and violations of synthesis rules with the reason. Positions start at 1 and include the stop.',
    )
    .argument('<file>', 'FASTA, one sequence per line (.txt), or .csv with a column "sequence"; also .gz; - for stdin')
    .option(
      '--objective <id[:name=value,...]>',
      'e.g. synthesis:rules=twist or restriction-sites:enzymes=EcoRI; repeat for several',
      gathered,
    )
    .option('--out <file>', 'output file (TSV); - for stdout', '-')
    .action(run);
}

async function run(file: string, { objective = [], out }: Options): Promise<void> {
  if (objective.length === 0)
    throw new InputError('Nothing to look for. Add --objective ID (see "amalgam objectives").');
  const find = prepare(objective);
  const output = new OutputFile(out);
  let invalid = 0;
  await output.write(`${COLUMNS.join('\t')}\n`);
  for await (const record of dnaRecords(file)) {
    const read = readDna(record.sequence);
    if ('reason' in read) invalid++;
    else
      for (const { kind, name, start, end, strand, note } of find(read.bases))
        await output.write(`${[record.name, kind, name, start + 1, end, strand ?? '.', note].join('\t')}\n`);
  }
  await output.close();
  if (invalid > 0)
    openTerminal().note(`${invalid} sequences were omitted because they contain letters other than A, C, G and T.`);
}

function prepare(texts: readonly string[]): FindFeatures {
  try {
    return prepareFeatures(
      texts.map((text) => withMotifs(parseCompact(text))),
      { resource: readResource },
    );
  } catch (error) {
    return refused(error);
  }
}

/** Motif files are read here, as before scoring. */
function withMotifs({ id, parameters }: ObjectiveRequest): ObjectiveRequest {
  const { file } = parameters;
  return typeof file === 'string'
    ? { id, parameters: { ...parameters, file: resolveMotifs(file, 'file', process.cwd()) } }
    : { id, parameters };
}
