/**
 * Structures that a user refers to by SMILES, by the name of a drug, or by a file. They become SMILES here, before
 * anything is scored, so that a run means the same wherever it is resumed and workers look nothing up.
 */
import { homedir } from 'node:os';
import { basename, resolve } from 'node:path';
import { ParameterError } from '../../engine/base/parameter-error.ts';
import { StructureError } from '../../engine/chem/errors.ts';
import { isMolBlock } from '../../engine/chem/mol-block.ts';
import type { Pattern } from '../../engine/chem/pattern.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import type { AnyObjective } from '../../engine/objectives/catalogue.ts';
import { isExternal } from '../../engine/objectives/families/external.ts';
import type { MoleculeContext } from '../../engine/objectives/molecules.ts';
import { inputOf, isNamed } from '../../engine/objectives/parameters.ts';
import type { InputKind } from '../../engine/objectives/types.ts';
import { InputError } from '../base/errors.ts';
import { programOf } from '../external/program.ts';
import { recordsOf, type WholeRecords } from '../intake/records.ts';
import type { IntakeRecord } from '../intake/types.ts';
import { MODEL_ENDING } from '../models/folders.ts';
import { locatePredictor } from '../models/predictors.ts';
import { resolveDna } from './dna-references.ts';
import { resolveMotifs } from './motif-file.ts';
import { type NamedFile, namedFile, referenceBytes } from './reference-file.ts';
import { type Reading, readOne, readStructure, shortened, type Structure } from './typed-structure.ts';

/** Sources from which structures are resolved. */
export interface StructureContext {
  readonly chemistry: MoleculeContext;
  /** Folder that file names are relative to; null if files are not read. */
  readonly folder: string | null;
}

export interface Structures {
  /** Distinct structures in the order given. */
  readonly smiles: readonly string[];
  /** Their names, for display. */
  readonly name: string;
  /** Notes on what was omitted. */
  readonly notes: readonly string[];
}

/** The parameters of an objective with every structure as SMILES. */
export interface ResolvedParameters {
  readonly parameters: Record<string, unknown>;
  /** Names of the structures, for display. */
  readonly names: readonly string[];
  readonly notes: readonly string[];
}

/** Largest number of structures that a run stores for one parameter. */
const MOST_STRUCTURES = 100_000;
/** If a larger share of a file's lines are not structures, it is taken for the wrong file. */
const MOST_BAD = 0.05;
/** Number of bad lines that a message names. */
const NAMED_LINES = 3;

/** Whether any parameter is a structure, a file or a program to look up; an empty text is none. */
export function asksForInput(objective: AnyObjective, parameters: Readonly<Record<string, unknown>>): boolean {
  return (
    isExternal(objective.id) ||
    Object.entries(objective.parameters.shape).some(
      ([name, declared]) => isFound(inputOf(declared)) && parameters[name] !== '',
    )
  );
}

/** A pattern needs no look-up. */
const isFound = (input: InputKind | undefined): boolean => input !== undefined && input !== 'pattern';

/** @param parameters after checkParameters @throws ParameterError for an invalid structure or sequence */
export function resolveParameters(
  objective: AnyObjective,
  parameters: Readonly<Record<string, unknown>>,
  context: StructureContext,
): ResolvedParameters {
  const resolved = Object.entries(parameters).map(
    ([key, value]) => [key, resolveValue(inputOf(objective.parameters.shape[key]), value, key, context)] as const,
  );
  const values = Object.fromEntries(resolved.map(([key, { value }]) => [key, value]));
  // Checked now rather than during the run; nothing is started.
  if (isExternal(objective.id)) programOf({ id: objective.id, parameters: values });
  return {
    parameters: values,
    names: resolved.flatMap(
      ([key, { value, name }]) =>
        name ?? (isNamed(objective.parameters.shape[key]) && value !== undefined ? [value].flat().join(', ') : []),
    ),
    notes: resolved.flatMap(([, { notes }]) => notes ?? []),
  };
}

interface ResolvedValue {
  readonly value: unknown;
  readonly name?: string;
  readonly notes?: readonly string[];
}

function resolveValue(
  input: InputKind | undefined,
  value: unknown,
  key: string,
  context: StructureContext,
): ResolvedValue {
  if (input === 'structure' && typeof value === 'string') {
    const { smiles, name } = resolveStructure(value, key, context);
    return { value: smiles, name: name ?? 'given structure' };
  }
  if (input === 'structures' && Array.isArray(value)) {
    const { smiles, name, notes } = resolveStructures(value.map(String), key, context);
    return { value: smiles, name, notes };
  }
  if (input === 'sequences' && Array.isArray(value)) {
    const { sequences, name, notes } = resolveDna(value.map(String), key, context.folder);
    return { value: sequences, name, notes };
  }
  if (input === 'predictor' && typeof value === 'string')
    return { value: locatePredictor(value, context.folder), name: basename(value, MODEL_ENDING) };
  if ((input === 'file' || input === 'folder') && typeof value === 'string')
    return { value: resolve(context.folder ?? homedir(), value) };
  return { value: input === 'motifs' && typeof value === 'string' ? resolveMotifs(value, key, context.folder) : value };
}

/**
 * One structure; of a file, the first. @throws ParameterError if the text is neither a SMILES of one molecule nor a mol
 * block nor a name nor a file
 */
export function resolveStructure(text: string, parameter: string, context: StructureContext): Structure {
  const given = text.trim();
  const file = fileOf(given, context);
  if (file === null) return theOne(readOne(text, context.chemistry.rdkit), parameter);
  const { rdkit } = context.chemistry;
  const { records, place } = readRecords(file, parameter, rdkit);
  const [first] = records;
  if (first === undefined) throw new ParameterError(parameter, `${given} is empty.`);
  const found = structureOf(first, rdkit);
  if (found === null)
    throw new ParameterError(
      parameter,
      `The first ${place} of ${given} ${first.problem === undefined ? `is "${shortened(first.line ?? first.text)}", which is neither a valid SMILES nor a known name` : `is ${first.problem}`}.`,
    );
  return found;
}

/**
 * Many structures: each text is a SMILES, a name, or a file of either. An invalid text is refused. In a file, a few bad
 * lines are skipped. @throws ParameterError
 */
export function resolveStructures(texts: readonly string[], parameter: string, context: StructureContext): Structures {
  const smiles = new Set<string>();
  const notes: string[] = [];
  const given = texts.map((text) => text.trim()).filter((text) => text !== '');
  for (const [i, text] of given.entries()) {
    const file = fileOf(text, context);
    const { found, notes: said } =
      file === null
        ? { found: [ofList(given, i, parameter, context)], notes: [] }
        : ofFile(text, readRecords(file, parameter, context.chemistry.rdkit), parameter, context);
    for (const one of found) smiles.add(one.smiles);
    notes.push(...said);
    if (smiles.size > MOST_STRUCTURES)
      throw new ParameterError(
        parameter,
        `There are more than ${MOST_STRUCTURES.toLocaleString('en')} structures, the maximum for one parameter. Use a sample of them.`,
      );
  }
  if (smiles.size === 0) throw new ParameterError(parameter, 'No structure is given.');
  return {
    smiles: [...smiles],
    name:
      given.length === 1 && smiles.size === 1
        ? (readStructure(given[0], context.chemistry.rdkit)?.name ?? '1 structure')
        : `${smiles.size} structures`,
    notes,
  };
}

/** In a list, salts are allowed. */
function ofList(
  given: readonly string[],
  at: number,
  parameter: string,
  { chemistry: { rdkit } }: StructureContext,
): Structure {
  const text = given[at];
  const read = isMolBlock(text) ? null : readStructure(text, rdkit);
  if (read !== null) return read;
  const reading = readOne(text, rdkit);
  const isPlaced = 'problem' in reading && given.length > 1;
  return theOne(
    isPlaced
      ? { problem: `Structure ${at + 1} of ${given.length}: ${reading.problem}${headHint(given, at, rdkit)}` }
      : reading,
    parameter,
  );
}

/** The first line of a pasted table contains the names of its columns. */
function headHint(given: readonly string[], at: number, rdkit: Rdkit): string {
  return at === 0 && readStructure(given[1], rdkit) !== null
    ? ' If it is the header of a table, remove that line.'
    : '';
}

function theOne(reading: Reading, parameter: string): Structure {
  if ('problem' in reading) throw new ParameterError(parameter, reading.problem);
  return reading.structure;
}

function fileOf(text: string, { folder }: StructureContext): NamedFile | null {
  return folder === null ? null : namedFile(text, folder);
}

/** The records that hold something. */
function readRecords({ path, structure }: NamedFile, parameter: string, rdkit: Rdkit): WholeRecords {
  try {
    const bytes = referenceBytes(path);
    const read = recordsOf(bytes, path, { modality: 'molecule', structure }, rdkit);
    return { ...read, records: read.records.filter(({ text, problem }) => text !== '' || problem !== undefined) };
  } catch (error) {
    throw new ParameterError(parameter, error instanceof Error ? error.message : String(error));
  }
}

/** A known name may have several words, and goes before a SMILES. */
function structureOf({ text, line = text, problem }: IntakeRecord, rdkit: Rdkit): Structure | null {
  return problem === undefined
    ? (readStructure(line, rdkit) ?? (line === text ? null : readStructure(text, rdkit)))
    : null;
}

function ofFile(
  file: string,
  { records: lines, place, notes }: WholeRecords,
  parameter: string,
  { chemistry }: StructureContext,
): { found: Structure[]; notes: readonly string[] } {
  const found: Structure[] = [];
  const bad: IntakeRecord[] = [];
  for (const line of lines) {
    const structure = structureOf(line, chemistry.rdkit);
    if (structure === null) bad.push(line);
    else found.push(structure);
  }
  if (lines.length === 0) throw new ParameterError(parameter, `${file} is empty.`);
  if (bad.length === 0) return { found, notes };
  const which = `${bad.length} of the ${lines.length} ${place}s of ${file} ${bad.length === 1 ? 'is' : 'are'} neither a valid SMILES nor a known name (${named(bad, place)})`;
  if (bad.length > MOST_BAD * lines.length)
    throw new ParameterError(
      parameter,
      `${which}. At most ${100 * MOST_BAD}% may be unreadable. Correct or remove these ${place}s.`,
    );
  return { found, notes: [...notes, `${which}. They were omitted.`] };
}

function named(bad: readonly IntakeRecord[], word: string): string {
  const first = bad
    .slice(0, NAMED_LINES)
    .map(({ place, text, line = text, problem }) => `${word} ${place}: ${problem ?? `"${shortened(line)}"`}`);
  return [...first, ...(bad.length > NAMED_LINES ? ['...'] : [])].join(', ');
}

/** @throws InputError if the text is not one molecule, with valid choices */
export function oneStructure(text: string, rdkit: Rdkit): Structure {
  const reading = readOne(text, rdkit);
  if ('problem' in reading) throw new InputError(reading.problem);
  return reading.structure;
}

/** @throws InputError saying what is wrong with the SMARTS, and where */
export function readPattern(smarts: string, rdkit: Rdkit): Pattern {
  try {
    return rdkit.pattern(smarts);
  } catch (error) {
    if (error instanceof StructureError) throw new InputError(error.message);
    throw error;
  }
}
