/** amalgam features: the features that DNA objectives count, as a table. */
import type { Command } from 'commander';
import { readDna } from '../../engine/dna/pasted.ts';
import type { StructureProblem } from '../../engine/learn/user-predictor/structures.ts';
import type { FindFeatures } from '../../engine/objectives/dna.ts';
import { prepareFeatures } from '../../engine/objectives/features.ts';
import { parseCompact } from '../../engine/objectives/parameters.ts';
import type { ObjectiveRequest } from '../../engine/objectives/types.ts';
import { InputError } from '../base/errors.ts';
import { OutputFile } from '../base/output-file.ts';
import { readResource } from '../chemistry/chemistry.ts';
import { resolveMotifs } from '../design/motif-file.ts';
import { openFile } from '../intake/lines.ts';
import { leftOutText, numbered } from '../intake/report.ts';
import { gathered, withUnusedWorkspace } from './options.ts';
import { refused } from './refused.ts';
import { openTerminal } from './terminal.ts';

interface Options {
  readonly objective?: string[];
  readonly structure?: string;
  readonly sheet?: string;
  readonly out: string;
}

const COLUMNS = ['sequence_name', 'kind', 'name', 'start', 'stop', 'strand', 'note'];

export function addFeatures(program: Command): void {
  withUnusedWorkspace(program.command('features'))
    .description(
      'List the features that DNA objectives find in sequences: motif hits, restriction sites with their cuts, and violations of synthesis rules with the reason. Positions start at 1 and include the stop.',
    )
    .argument(
      '<file>',
      'DNA: FASTA, GenBank, EMBL, SnapGene, a list or a table (CSV, TSV, XLSX), told by its content; also gzipped; - for stdin',
    )
    .option(
      '--objective <id[:name=value,...]>',
      'e.g. synthesis:rules=twist or restriction-sites:enzymes=EcoRI; repeat for several',
      gathered,
    )
    .option('--structure <name>', 'column of the sequences of a table (default: detected)')
    .option('--sheet <name>', 'sheet of an .xlsx file (default: the first)')
    .option('--out <file>', 'output file (TSV); - for stdout', '-')
    .action(run);
}

async function run(file: string, { objective = [], structure, sheet, out }: Options): Promise<void> {
  if (objective.length === 0)
    throw new InputError('Nothing to look for. Add --objective ID (see "amalgam objectives").');
  const find = prepare(objective);
  const input = await openFile(file, { modality: 'dna', structure, sheet });
  const output = new OutputFile(out);
  const invalid: StructureProblem[] = [];
  await output.write(`${COLUMNS.join('\t')}\n`);
  for await (const record of numbered(input.records)) {
    const read = readDna(record.text);
    if ('reason' in read) invalid.push({ line: record.place, text: record.name, reason: read.reason });
    else
      for (const { kind, name, start, end, strand, note } of find(read.bases))
        await output.write(`${[record.name, kind, name, start + 1, end, strand ?? '.', note].join('\t')}\n`);
  }
  await output.close();
  const terminal = openTerminal();
  for (const note of input.notes()) terminal.note(note);
  if (invalid.length > 0) terminal.note(leftOutText(invalid, input.place));
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
