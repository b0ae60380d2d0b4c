/** amalgam motifs: motif hits in given sequences, as a table with FIMO's columns. */
import type { Command } from 'commander';
import { iupacReverseComplement } from '../../engine/dna/iupac.ts';
import { MotifFinder, type MotifHit, wordsOf } from '../../engine/dna/motifs.ts';
import { dnaLetters } from '../../engine/dna/pasted.ts';
import { explainDna, knownStretches, type Stretch } from '../../engine/dna/sequence.ts';
import type { StructureProblem } from '../../engine/learn/user-predictor/structures.ts';
import { findMotif, motifCollection } from '../../engine/objectives/families/dna/motif-library.ts';
import { InputError } from '../base/errors.ts';
import { OutputFile } from '../base/output-file.ts';
import { readResource } from '../chemistry/chemistry.ts';
import { resolveMotifs } from '../design/motif-file.ts';
import { openFile } from '../intake/lines.ts';
import type { OpenRecords } from '../intake/records.ts';
import { leftOutText, numbered } from '../intake/report.ts';
import type { IntakeRecord } from '../intake/types.ts';
import { gathered, realNumber, withUnusedWorkspace } from './options.ts';
import { refused } from './refused.ts';
import { openTerminal } from './terminal.ts';

interface Options {
  readonly structure?: string;
  readonly sheet?: string;
  readonly motif?: string[];
  readonly motifFile?: string;
  readonly pValue: number;
  readonly gc: number;
  readonly pseudocount: number;
  readonly givenStrand?: boolean;
  readonly out: string;
  readonly json?: boolean;
}

/**
 * The columns of FIMO's table (meme-suite.org/meme/doc/fimo-output-format.html). The q-value is empty: it would need
 * all hits at once.
 */
const COLUMNS = [
  'motif_id',
  'motif_alt_id',
  'sequence_name',
  'start',
  'stop',
  'strand',
  'score',
  'p-value',
  'q-value',
  'matched_sequence',
];

export function addMotifs(program: Command): void {
  withUnusedWorkspace(program.command('motifs'))
    .description(
      'List motif hits in DNA sequences, as a table with the columns of FIMO. Positions start at 1 and include the stop. Letters other than A, C, G and T match no motif.',
    )
    .argument(
      '<file>',
      'DNA: FASTA, GenBank, EMBL, SnapGene, a list or a table (CSV, TSV, XLSX), told by its content; also gzipped; - for stdin',
    )
    .option(
      '--motif <name>',
      'transcription factor (CTCF) or profile (MA0139.2, CTCF.H13CORE.0.P.B); repeat for several',
      gathered,
    )
    .option(
      '--motif-file <file>',
      'file with your motifs in MEME, JASPAR or TRANSFAC format; uses all of them unless --motif names some',
    )
    .option('--p-value <p>', 'largest p-value of a hit', realNumber(0, 1), 1e-4)
    .option('--gc <share>', 'GC content of the background', realNumber(0.05, 0.95), 0.5)
    .option('--pseudocount <counts>', 'pseudocount added to each position', realNumber(0.001, 100), 0.1)
    .option('--given-strand', 'do not search the reverse strand')
    .option('--structure <name>', 'column of the sequences of a table (default: detected)')
    .option('--sheet <name>', 'sheet of an .xlsx file (default: the first)')
    .option('--out <file>', 'output file (TSV); - for stdout', '-')
    .option('--json', 'print the counts as JSON when --out is a file')
    .action(run);
}

interface Counts {
  sequences: number;
  hits: number;
  /** Sequences omitted because they are not DNA. */
  readonly invalid: StructureProblem[];
}

async function run(file: string, options: Options): Promise<void> {
  const finders = prepare(options);
  const input = await openFile(file, { ...options, modality: 'dna' });
  const output = new OutputFile(options.out);
  const counts: Counts = { sequences: 0, hits: 0, invalid: [] };
  await output.write(row(COLUMNS));
  for await (const record of numbered(input.records)) await output.write(rowsOf(record, finders, counts));
  await output.close();
  report(counts, input, options);
}

function prepare({ motif = [], motifFile, pValue, gc, pseudocount, givenStrand }: Options): MotifFinder[] {
  if (motif.length === 0 && motifFile === undefined)
    throw new InputError('Nothing to look for. Add --motif NAME or --motif-file FILE.');
  if (pValue <= 0 || pValue >= 1) throw new InputError(`--p-value must be between 0 and 1, not ${pValue}.`);
  try {
    const collection = motifCollection(
      motifFile === undefined ? '' : resolveMotifs(motifFile, '--motif-file', process.cwd()),
      readResource,
    );
    const motifs = motif.length === 0 ? collection.motifs : motif.map((name) => findMotif(name, collection, '--motif'));
    return motifs.map((one) => new MotifFinder(one, { p: pValue, gc, pseudocount, bothStrands: givenStrand !== true }));
  } catch (error) {
    return refused(error);
  }
}

function rowsOf({ name, text, place }: IntakeRecord, finders: readonly MotifFinder[], counts: Counts): string {
  const stretches = knownStretches(dnaLetters(text));
  counts.sequences++;
  if (stretches === null) {
    counts.invalid.push({ line: place, text: name, reason: explainDna(dnaLetters(text)) });
    return '';
  }
  const words = stretches.map(({ bases }) => wordsOf(bases));
  const rows = finders.flatMap((finder) =>
    stretches.flatMap((stretch, i) => finder.hits(words[i]).map((hit) => hitRow(finder, name, stretch, hit))),
  );
  counts.hits += rows.length;
  return rows.join('');
}

function hitRow(
  { motif }: MotifFinder,
  name: string,
  { start: before, bases }: Stretch,
  { start, end, strand, score, p }: MotifHit,
): string {
  const matched = bases.slice(start, end);
  const place = [before + start + 1, before + end, strand, Number(score.toFixed(4)), p.toPrecision(3)];
  return row([motif.id, motif.name, name, ...place, '', strand === '+' ? matched : iupacReverseComplement(matched)]);
}

const row = (cells: readonly (string | number)[]) => `${cells.join('\t')}\n`;

function report({ sequences, hits, invalid }: Counts, input: OpenRecords, { out, json }: Options): void {
  const terminal = openTerminal();
  for (const note of input.notes()) terminal.note(note);
  if (invalid.length > 0) terminal.note(leftOutText(invalid, input.place));
  if (json && out !== '-') terminal.json({ out, sequences, hits, invalid: invalid.length });
  else
    terminal.note(
      `${hits} hits in ${sequences} sequences${invalid.length === 0 ? '' : `; ${invalid.length} were omitted because they are not DNA`}.`,
    );
}
