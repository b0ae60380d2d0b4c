/** @file The records of a file by its path, as commands and trainings read them: with RDKit from disk when needed. */
import type { Modality } from '../../engine/base/modality.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';
import { loadRdkitFromDisk } from '../chemistry/chemistry.ts';
import { type OpenRecords, openRecords, type RecordsOptions } from './records.ts';
import { numbered } from './report.ts';
import type { IntakeRecord } from './types.ts';

let loading: Promise<Rdkit> | null = null;

/** RDKit for reading files, loaded once. */
export const readingRdkit = (): Promise<Rdkit> => (loading ??= loadRdkitFromDisk());

/** @param file a path, or '-' for stdin @throws see openRecords */
export function openFile(file: string, options: RecordsOptions): Promise<OpenRecords> {
  return openRecords(file, options, readingRdkit);
}

/** Records of a file, or of stdin for '-'. @throws see openRecords */
export async function* fileRecords(file: string, modality: Modality): AsyncGenerator<IntakeRecord> {
  yield* (await openFile(file, { modality })).records;
}

/** DNA with names; those without one are numbered. @throws see openRecords */
export async function* namedRecords(file: string): AsyncGenerator<IntakeRecord> {
  yield* numbered(fileRecords(file, 'dna'));
}
