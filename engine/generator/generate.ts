/**
 * @file What a design requires of every generated sequence, beside its goals: the [generate] table, declared once per
 * modality. The form, the design file, its check and the sampler's guide derive from it.
 */
import { z } from 'zod';
import { type Modality, modalityWords } from '../base/modality.ts';
import { nearest, suggestion } from '../base/nearest.ts';
import { ParameterError } from '../base/parameter-error.ts';
import { cleanLetters, dnaLetters } from '../dna/pasted.ts';
import { baseFault, codeFault } from '../dna/sequence.ts';
import { dnaGuide } from './dna-guide.ts';
import type { MakeGuide } from './guide.ts';
import { scaffoldGuide } from './scaffold-guide.ts';
import { type GeneratorKind, longestDna } from './tokenizer.ts';
import { UnknownTokenError } from './tokens.ts';

const LONGEST = 100_000;
const length = () => z.int().min(1).max(LONGEST).optional();

/** Keys of the [generate] table by modality, as written in a file. */
export const generateTables = {
  molecule: z.strictObject({
    scaffold: z
      .string()
      .default('')
      .meta({ input: 'structure' })
      .describe(
        'Every molecule contains this structure. Mark attachment points with [*:1], [*:2], ...; nothing is attached elsewhere. Without marks, anything may be attached wherever there is a hydrogen.',
      ),
    realism: z
      .boolean()
      .optional()
      .describe(
        'Molecules that no chemist would make score 0: groups that do not last in water and air, strained bonds, ring systems that no known molecule has. Left out: true with generators of drug-like molecules.',
      ),
  }),
  dna: z.strictObject({
    length: length().describe('Bases of each sequence, including prefix and suffix.'),
    min_length: length().describe('Fewest bases of a sequence, if lengths may differ.'),
    max_length: length().describe('Most bases of a sequence, if lengths may differ.'),
    prefix: z.string().default('').describe('Bases at the start of every sequence, such as an adapter.'),
    suffix: z.string().default('').describe('Bases at the end of every sequence.'),
    mask: z
      .string()
      .default('')
      .describe(
        'Bases after the prefix, one letter per base: N is free, other IUPAC codes restrict the base (NNNNTATAAANNNN). Without a length, the mask sets it.',
      ),
  }),
} as const satisfies Record<Modality, z.ZodObject>;

/** Fewest tokens that a generator of drug-like molecules can write. Others know rings that no drug has, as `qm9`. */
const DRUGLIKE_CONTEXT = 100;

/** Whether a generator's designs set implausible molecules aside unless they say otherwise. */
export const isRealistic = ({ modality, context }: Omit<GeneratorKind, 'vocabulary'>): boolean =>
  modality === 'molecule' && context >= DRUGLIKE_CONTEXT;

/** Whether a design sets implausible molecules aside. @param writes the generator; null if it is not known */
export function asksForRealism(
  modality: Modality,
  input: Readonly<Record<string, unknown>>,
  writes: GeneratorKind | null,
): boolean {
  if (modality !== 'molecule') return false;
  return typeof input.realism === 'boolean' ? input.realism : writes !== null && isRealistic(writes);
}

/** What a run generates, complete; plain JSON. */
export const generateSchema = z.discriminatedUnion('modality', [
  /** `template` is the scaffold in the format of chem/scaffold-template.ts. */
  z.object({ modality: z.literal('molecule'), scaffold: z.string(), template: z.string() }),
  z.object({
    modality: z.literal('dna'),
    minLength: z.int(),
    maxLength: z.int(),
    prefix: z.string(),
    suffix: z.string(),
    mask: z.string(),
  }),
]);

export type Generate = z.infer<typeof generateSchema>;

/** A problem of a [generate] table: the key, a message, and the nearest valid choice. */
interface GenerateProblem {
  readonly key: string;
  readonly message: string;
  readonly suggestion?: string;
}

/** Notes say how the text of a part was changed although it can be used. */
export type ResolvedGenerate =
  /** null if everything may be generated. */
  | { readonly generate: Generate | null; readonly problems: readonly []; readonly notes?: readonly GenerateProblem[] }
  | {
      readonly generate: null;
      readonly problems: readonly GenerateProblem[];
      readonly notes?: readonly GenerateProblem[];
    };

/** What a table is checked against. */
export interface GenerateContext {
  /** The generator; null if it is not known. */
  readonly writes: GeneratorKind | null;
  /** Reads a scaffold in any supported notation. @throws ParameterError if it cannot be retained */
  readonly readScaffold: (text: string) => { readonly scaffold: string; readonly template: string };
}

/** Fills in defaults and checks a [generate] table by itself and against the generator. */
export function resolveGenerate(
  modality: Modality,
  input: Readonly<Record<string, unknown>>,
  context: GenerateContext,
): ResolvedGenerate {
  const parsed = generateTables[modality].safeParse(input);
  if (!parsed.success)
    return { generate: null, problems: parsed.error.issues.flatMap((issue) => shapeProblems(issue, modality, input)) };
  if (modality === 'molecule') return resolveMolecule(generateTables.molecule.parse(input), context);
  return resolveDna(generateTables.dna.parse(input), (context.writes && longestDna(context.writes)) ?? LONGEST);
}

function resolveMolecule(
  { scaffold: given }: z.output<typeof generateTables.molecule>,
  { writes, readScaffold }: GenerateContext,
): ResolvedGenerate {
  if (given.trim() === '') return { generate: null, problems: [] };
  try {
    const generate: Generate = { modality: 'molecule', ...readScaffold(given) };
    if (writes !== null) guideFor(generate, writes);
    return { generate, problems: [] };
  } catch (error) {
    if (error instanceof ParameterError || error instanceof UnknownTokenError || error instanceof RangeError)
      return { generate: null, problems: [{ key: 'scaffold', message: error.message }] };
    throw error;
  }
}

/** The keys of an equivalent [generate] table, with one length if all are equal. */
export function generateTable(generate: Generate): Record<string, string | number> {
  if (generate.modality === 'molecule') return { scaffold: generate.scaffold };
  const { minLength, maxLength, prefix, suffix, mask } = generate;
  const lengths: Record<string, number> =
    minLength === maxLength ? { length: minLength } : { min_length: minLength, max_length: maxLength };
  return { ...lengths, prefix, suffix, mask };
}

/**
 * The guide that a sampler follows; null for none. DNA always has one, which enforces the spelling of its tokens.
 * @throws UnknownTokenError, RangeError if the generator cannot write the scaffold
 */
export function guideFor(generate: Generate | null, config: GeneratorKind): MakeGuide | null {
  if (generate?.modality === 'molecule') return scaffoldGuide(generate.template, config);
  const longest = longestDna(config);
  if (longest === null) return null;
  return dnaGuide(
    generate ?? { minLength: 1, maxLength: longest, prefix: '', suffix: '', mask: '' },
    config.vocabulary,
  );
}

function shapeProblems(
  issue: z.core.$ZodIssue,
  modality: Modality,
  input: Readonly<Record<string, unknown>>,
): GenerateProblem[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, modality));
  const key = String(issue.path[0]);
  const expected = expectedOf(key);
  return [{ key, message: `${key} = ${JSON.stringify(input[key])} is not possible: it must be ${expected}.` }];
}

function expectedOf(key: string): string {
  if (key === 'realism') return 'true or false';
  return /length/.test(key) ? `a whole number from 1 to ${LONGEST}` : 'a text in quotation marks';
}

function unknownKey(key: string, modality: Modality): GenerateProblem {
  const keys = Object.keys(generateTables[modality].shape);
  const other = (Object.keys(generateTables) as Modality[]).find(
    (one) => one !== modality && key in generateTables[one].shape,
  );
  if (other !== undefined)
    return {
      key,
      message: `"${key}" under [generate] is for ${modalityWords[other].kind}; this design is for ${modalityWords[modality].kind}.`,
    };
  const near = nearest(key, keys);
  return {
    key,
    message: `Unknown key "${key}" under [generate] in a design for ${modalityWords[modality].kind}.${suggestion(key, keys)}`,
    ...(near !== undefined && { suggestion: near }),
  };
}

type DnaTable = z.output<typeof generateTables.dna>;

function resolveDna(table: DnaTable, longest: number): ResolvedGenerate {
  const [prefix, suffix, mask] = [table.prefix, table.suffix, table.mask].map(dnaLetters);
  const given = prefix.length + mask.length + suffix.length;
  const { minLength, maxLength } = lengthsOf(table, given, longest);
  const problems = [
    ...letterProblems('prefix', baseFault(prefix, 'prefix'), 'It takes A, C, G and T'),
    ...letterProblems('suffix', baseFault(suffix, 'suffix'), 'It takes A, C, G and T'),
    ...letterProblems(
      'mask',
      codeFault(mask, 'mask'),
      'It takes IUPAC codes: A, C, G, T, N for any base, R, Y, S, W, K, M, B, D, H and V for some',
    ),
    ...lengthProblems(table, { minLength, maxLength, given, longest }),
  ];
  if (problems.length === 0 && minLength === maxLength && given === minLength && /^[ACGT]*$/.test(mask)) {
    problems.push({
      key: mask === '' ? 'prefix' : 'mask',
      message: `All ${given} bases are fixed, so there is nothing left to generate.`,
    });
  }
  const notes = cleaningNotes(table);
  return problems.length > 0
    ? { generate: null, problems, notes }
    : { generate: { modality: 'dna', minLength, maxLength, prefix, suffix, mask }, problems: [], notes };
}

/** A mask sets the length if none is given. Otherwise omitted bounds are as wide as possible. */
function lengthsOf(
  { length: fixed, min_length, max_length, mask }: DnaTable,
  given: number,
  longest: number,
): { minLength: number; maxLength: number } {
  if (fixed !== undefined) return { minLength: fixed, maxLength: fixed };
  if (mask !== '' && min_length === undefined && max_length === undefined)
    return { minLength: given, maxLength: given };
  return { minLength: min_length ?? Math.max(1, given), maxLength: max_length ?? longest };
}

function letterProblems(key: string, fault: string | null, takes: string): GenerateProblem[] {
  return fault === null ? [] : [{ key, message: `${fault}. ${takes}.` }];
}

/** How the typed text was changed, one note per part. */
function cleaningNotes(table: DnaTable): GenerateProblem[] {
  return (['prefix', 'suffix', 'mask'] as const).flatMap((key) =>
    cleanLetters(table[key]).remarks.map((message) => ({ key, message })),
  );
}

interface Lengths {
  readonly minLength: number;
  readonly maxLength: number;
  /** Number of bases of prefix, mask and suffix together. */
  readonly given: number;
  readonly longest: number;
}

/** The first problem of the lengths; the others often follow from it. */
function lengthProblems(table: DnaTable, { minLength, maxLength, given, longest }: Lengths): GenerateProblem[] {
  const both =
    table.length !== undefined && (['min_length', 'max_length'] as const).find((key) => table[key] !== undefined);
  if (both) return [{ key: both, message: 'Give either length, or min_length and max_length.' }];
  const tooLong = (['length', 'max_length', 'min_length'] as const).find((key) => (table[key] ?? 0) > longest);
  if (tooLong)
    return [
      {
        key: tooLong,
        message: `${tooLong} = ${table[tooLong]} is not possible: the generator writes at most ${longest} bases.`,
        suggestion: String(longest),
      },
    ];
  const part = table.mask !== '' ? 'mask' : table.prefix !== '' ? 'prefix' : 'suffix';
  if (given > Math.min(maxLength, longest))
    return [
      {
        key: part,
        message: `Prefix, mask and suffix take ${given} bases; a sequence has at most ${Math.min(maxLength, longest)}.`,
      },
    ];
  if (minLength > maxLength)
    return [
      {
        key: 'min_length',
        message: `min_length = ${minLength} is more than max_length = ${maxLength}.`,
        suggestion: String(maxLength),
      },
    ];
  if (given > minLength)
    return [
      {
        key: 'min_length',
        message: `Prefix, mask and suffix take ${given} bases, more than min_length = ${minLength}.`,
        suggestion: String(given),
      },
    ];
  return [];
}
