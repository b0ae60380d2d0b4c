/**
 * Entry of the command line. Results go to stdout, the rest to stderr; exit 0,
 * 1 for a failure, 2 for bad input, 143 for a batch that was paused.
 */
import { Command, CommanderError } from 'commander';
import { errorText, exitCode } from './base/errors.ts';
import { version } from './base/paths.ts';
import { translated } from './base/workspace.ts';
import { addBackup } from './commands/backup.ts';
import { addBatch } from './commands/batch.ts';
import { addCatalogue } from './commands/catalogue.ts';
import { addConsents } from './commands/consent.ts';
import { addDesign } from './commands/design.ts';
import { addFeatures } from './commands/features.ts';
import { addMotifs } from './commands/motifs.ts';
import { addPretrain } from './commands/pretrain.ts';
import { addRuns } from './commands/runs.ts';
import { addSample } from './commands/sample.ts';
import { addScore } from './commands/score.ts';
import { addServe } from './commands/serve.ts';
import { addSteering } from './commands/steering.ts';
import { addTrainPredictor } from './commands/train-predictor.ts';

function commandLine(): Command {
  const program = new Command('amalgam')
    .description('Design molecules and DNA towards several goals at once, offline.')
    .version(version)
    .showSuggestionAfterError()
    // Options behind a command are its own, also where it has commands itself.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) });
  addDesign(program);
  addBatch(program);
  addScore(program);
  addMotifs(program);
  addFeatures(program);
  addRuns(program);
  addSteering(program);
  addBackup(program);
  addSample(program);
  addPretrain(program);
  addConsents(program);
  addTrainPredictor(program);
  addCatalogue(program);
  addServe(program);
  // Subcommands created before exitOverride inherit it only if told to.
  for (const command of program.commands) command.exitOverride();
  return program;
}

async function main(): Promise<void> {
  try {
    await commandLine().parseAsync();
  } catch (error) {
    fail(translated(error));
  }
}

/** Commander has printed its own errors; help and version are not errors. */
function fail(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  process.stderr.write(`amalgam: ${errorText(error)}\n`);
  process.exitCode = exitCode(error);
}

// A reader that stops early (| head) closes the pipe; that is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

await main();
