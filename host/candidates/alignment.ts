/** Aligns a DNA candidate with a given reference, or with the nearest reference of its design. */
import type { DnaAlignment } from '../../contract/api.ts';
import { getRun, type ReadableWorkspace } from '../../db/index.ts';
import { alignGlobally, countColumns } from '../../engine/dna/affine-alignment.ts';
import { iupacReverseComplement } from '../../engine/dna/iupac.ts';
import { nearestReference } from '../../engine/dna/nearest-reference.ts';
import { type PastedDna, readPastedDna } from '../../engine/dna/pasted.ts';
import { catalogue } from '../../engine/objectives/catalogue.ts';
import { inputOf } from '../../engine/objectives/parameters.ts';
import { InputError } from '../base/errors.ts';
import { readingDna } from '../design/dna-references.ts';
import { constraintsOf, objectivesOf } from '../runs/setup.ts';

/** Largest table of an alignment in cells: one byte each, about a second of work. */
const MOST_CELLS = 20_000_000;

/** Distinct sequences that the goals and limits of a run refer to. */
function referencesOf(db: ReadableWorkspace, runId: number): string[] {
  const run = getRun(db, runId);
  const given = [...objectivesOf(run), ...constraintsOf(run)].flatMap(({ id, parameters }) => {
    const shape = catalogue.find((objective) => objective.id === id)?.parameters.shape ?? {};
    return Object.entries(parameters).flatMap(([name, value]) =>
      shape[name] !== undefined && inputOf(shape[name]) === 'sequences' && Array.isArray(value)
        ? value.map(String)
        : [],
    );
  });
  return [...new Set(given)];
}

/**
 * Aligns a candidate with a pasted text, or with the nearest sequence that its run refers to.
 * @returns null if there is nothing to align with
 * @throws InputError if the text is not DNA, or if both sequences are too long together
 */
export function alignmentOf(
  db: ReadableWorkspace,
  { runId, sequence }: { readonly runId: number; readonly sequence: string },
  pasted: string | undefined,
): DnaAlignment | null {
  const references =
    pasted === undefined
      ? { records: referencesOf(db, runId).map((one) => ({ name: '', sequence: one })), remarks: [] }
      : readingDna(() => readPastedDna(pasted));
  return references.records.length === 0 ? null : alignmentWith(sequence, references);
}

/**
 * Aligns a sequence with the nearest of the references, on the more similar strand.
 * @param references at least one
 * @throws InputError if both sequences are too long together
 */
function alignmentWith(sequence: string, { records, remarks }: PastedDna): DnaAlignment {
  const longest = Math.max(...records.map((record) => record.sequence.length));
  if (longest * sequence.length > MOST_CELLS)
    throw new InputError(
      `A reference of ${longest} bases is too long to align with a candidate of ${sequence.length} bases; the maximum is ${Math.floor(MOST_CELLS / sequence.length)}. Give only the part to compare.`,
    );
  const { index, strand } = nearestReference(
    sequence,
    records.map((record) => record.sequence),
  );
  const reference = records[index];
  const oriented = strand === '+' ? reference.sequence : iupacReverseComplement(reference.sequence);
  const { score, a, b } = alignGlobally(sequence, oriented);
  return {
    name: reference.name,
    of: records.length,
    bases: reference.sequence.length,
    strand,
    score,
    candidate: a,
    reference: b,
    ...countColumns({ a, b }),
    remarks: [...remarks],
  };
}
