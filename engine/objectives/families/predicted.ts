/**
 * @file The value of a user predictor, for molecules or DNA as its file says. Name, unit and wanted direction come from
 * the file; see `predictedBy`.
 */
import { z } from 'zod';
import { didYouMean } from '../../base/nearest.ts';
import { ParameterError } from '../../base/parameter-error.ts';
import { MoleculeError } from '../../chem/errors.ts';
import type { Molecule } from '../../chem/molecule.ts';
import type { Rdkit } from '../../chem/rdkit.ts';
import { CheckpointError } from '../../generator/safetensors.ts';
import { type AnyPredictor, quantitiesOf, readAnyPredictor } from '../../predictor/any.ts';
import { JointEnsemble } from '../../predictor/joint/predictor.ts';
import { isInDomain } from '../../predictor/sequence/applicability.ts';
import { UserEnsemble } from '../../predictor/user/predictor.ts';
import type { Device } from '../../tensor/device.ts';
import { type DnaBatch, scoreEachSequence } from '../dna.ts';
import { type MoleculeBatch, scoreEach } from '../molecules.ts';
import { onceFor, standardiser } from '../shared.ts';
import type { Objective, RawScores, ReadResource, Scorer } from '../types.ts';
import { SharedPredictor } from './dna/shared-predictor.ts';

/** What objectives of either modality receive. */
interface PredictorContext {
  readonly resource: ReadResource;
  readonly device: Device;
  /** For molecules, which are predicted in the form in which they were learnt. */
  readonly rdkit?: Rdkit;
}

/** Sequences of either modality. The predictor's file decides what is read from a batch. */
export type PredictedObjective<Parameters extends z.ZodObject = z.ZodObject> = Objective<
  PredictorContext,
  readonly unknown[],
  Parameters
>;

/** A prediction of one quantity. */
interface Predicted {
  readonly value: number;
  readonly error: number;
  readonly isInDomain: boolean;
}

type Predict = (batch: readonly unknown[]) => Promise<readonly (Predicted | null)[]>;

const parameters = z.object({
  model: z
    .string()
    .trim()
    .min(1)
    .meta({ input: 'predictor' })
    .describe('The predictor: its name among your predictors, or its file'),
  quantity: z
    .string()
    .default('')
    .describe('The predicted quantity, if the predictor has several. By default the first'),
  give: z
    .enum(['value', 'error', 'likeness'])
    .default('value')
    .describe(
      'What to return: the prediction, its standard error, or its applicability (1 inside the applicability domain, 0 outside)',
    ),
  caution: z
    .number()
    .min(-3)
    .max(3)
    .default(0)
    .describe(
      'Standard errors to subtract from the prediction, so that uncertain predictions count for less. Negative numbers add them',
    ),
  outside: z
    .enum(['score', 'missing'])
    .default('score')
    .describe('What to do outside the applicability domain: use the score all the same, or leave it empty'),
});
type Given = z.infer<typeof parameters>;

export const predicted: PredictedObjective<typeof parameters> = {
  id: 'predicted',
  label: 'Your predictor',
  modality: 'any',
  unit: '',
  description:
    'A number from a predictor that was trained on your measurements, with a standard error and an applicability domain. Salts and charged forms are predicted as the neutral parent, unless the predictor learnt structures as drawn. Its card says how reliable it is.',
  source: 'The predictor file, written by amalgam train-predictor; docs/user-predictors.md',
  parameters,
  defaultGoal: { kind: 'higher', from: 0, to: 1 },
  typical: [0, 1],
  possible: [-Infinity, Infinity],
  prepare(given, context) {
    const { predictor, predict, formsOf } = predictorsOf(context)(given.model);
    const index = quantityIndex(predictor, given.quantity);
    const give = givenNumber(given);
    return {
      formsOf,
      score: async (batch): Promise<RawScores> => (await predict(index)(batch)).map((one) => one && give(one)),
      dispose: () => undefined,
    } satisfies Scorer<readonly unknown[]>;
  },
  applicability: ({ model }, context) => predictorsOf(context)(model).applicability,
  standardError(given, context) {
    // An error and an applicability have no error of their own.
    if (given.give !== 'value') return { score: (batch) => batch.map(() => null), dispose: () => undefined };
    return predicted.prepare({ ...given, give: 'error', outside: 'score' }, context);
  },
};

/** The same objective with the name, unit, modality and goal of one predictor. */
export function predictedBy(
  predictor: AnyPredictor,
  { quantity, give }: Pick<Given, 'quantity' | 'give'>,
): PredictedObjective<typeof parameters> {
  const { name, unit, isProbability, wanted, typical } = quantitiesOf(predictor)[quantityIndex(predictor, quantity)];
  const [low, high] = typical;
  const range: readonly [number, number] = give === 'value' ? typical : [0, give === 'error' ? high - low : 1];
  const possible: readonly [number, number] =
    give === 'error' ? [0, Infinity] : give === 'likeness' || isProbability ? [0, 1] : [-Infinity, Infinity];
  const label = { value: name, error: `Standard error of ${name}`, likeness: `Applicability of ${name}` }[give];
  const kind = give === 'value' ? wanted : give === 'error' ? 'lower' : 'higher';
  return {
    ...predicted,
    modality: predictor.modality,
    label,
    unit: give === 'likeness' ? '' : unit,
    typical: range,
    possible,
    defaultGoal: { kind, from: range[0], to: range[1] },
  };
}

/** @throws ParameterError, which names the nearest quantity */
function quantityIndex(predictor: AnyPredictor, wanted: string): number {
  const names = quantitiesOf(predictor).map(({ name }) => name);
  const index = wanted === '' ? 0 : names.indexOf(wanted);
  if (index < 0)
    throw new ParameterError(
      'quantity',
      `The predictor does not predict "${wanted}".${didYouMean(wanted, names)} It predicts ${names.join(', ')}.`,
    );
  return index;
}

function givenNumber({ give, caution, outside }: Given): (one: Predicted) => number | null {
  if (give === 'likeness') return ({ isInDomain }) => (isInDomain ? 1 : 0);
  const number =
    give === 'error' ? ({ error }: Predicted) => error : ({ value, error }: Predicted) => value - caution * error;
  return (one) => (outside === 'missing' && !one.isInDomain ? null : number(one));
}

interface Opened {
  readonly predictor: AnyPredictor;
  /** By the index of the quantity. */
  readonly predict: (quantity: number) => Predict;
  /** 1 inside the applicability domain, 0 outside. */
  readonly applicability: Scorer<readonly unknown[]>;
  /** What each sequence is predicted as; null where that is the sequence itself. */
  readonly formsOf: (batch: readonly unknown[]) => readonly (string | null)[];
}

/** Reads each file once per lender of resources, and predicts each batch once. */
const predictorsOf = onceFor((context: PredictorContext) => {
  const opened = new Map<string, Opened>();
  return (model: string): Opened => {
    const known = opened.get(model) ?? openPredictor(model, context);
    opened.set(model, known);
    return known;
  };
});

function openPredictor(model: string, { resource, device, rdkit }: PredictorContext): Opened {
  const predictor = readModel(model, resource);
  return { predictor, ...asked(predictor, device, rdkit) };
}

function asked({ kind, predictor }: AnyPredictor, device: Device, rdkit: Rdkit | undefined): Omit<Opened, 'predictor'> {
  if (kind === 'sequence')
    return {
      formsOf: (batch) => batch.map(() => null),
      predict: ofDna(new SharedPredictor(predictor, device)),
      applicability: scoreEachSequence((sequence) => Number(isInDomain(sequence, predictor))) as Scorer<
        readonly unknown[]
      >,
    };
  const ensemble = kind === 'joint' ? new JointEnsemble(predictor, device) : new UserEnsemble(predictor, device);
  const formOf: FormOf = isAsDrawn(predictor.history) || rdkit === undefined ? () => null : parentIn(rdkit);
  const forms = rdkit === undefined ? asDrawn : lender(rdkit, formOf);
  const predict = ensemble instanceof JointEnsemble ? ofSeveral(ensemble, forms) : ofMolecules(ensemble, forms);
  return {
    predict,
    formsOf: (batch) => (batch as MoleculeBatch).map((molecule) => molecule && formOf(molecule)),
    applicability: scoreEach((molecule) => forms([molecule], ([form]) => Number(ensemble.isInDomain(form)))) as Scorer<
      readonly unknown[]
    >,
  };
}

/** Lends molecules in the form in which the predictor learnt. */
type Forms = <T>(molecules: readonly Molecule[], work: (forms: readonly Molecule[]) => T) => T;

const asDrawn: Forms = (molecules, work) => work(molecules);

/** Whether a predictor learnt structures with their salts and charges. */
function isAsDrawn({ settings }: Readonly<Record<string, unknown>>): boolean {
  return (settings as { readonly asDrawn?: unknown } | undefined)?.asDrawn === true;
}

/** The SMILES of the form in which a molecule is learnt; null if that is its own. */
type FormOf = (molecule: Molecule) => string | null;

/** The largest fragment, neutralised, as the rows of a table of measurements are learnt. */
function parentIn(rdkit: Rdkit): FormOf {
  const standardised = standardiser(rdkit);
  return (molecule) => {
    try {
      const { smiles } = standardised(molecule);
      return smiles === molecule.canonical ? null : smiles;
    } catch (error) {
      if (error instanceof MoleculeError) return null;
      throw error;
    }
  };
}

function lender(rdkit: Rdkit, formOf: FormOf): Forms {
  return (molecules, work) => {
    const made: Molecule[] = [];
    const forms = molecules.map((molecule) => {
      const smiles = formOf(molecule);
      const form = smiles === null ? null : rdkit.parse(smiles);
      if (form !== null) made.push(form);
      return form ?? molecule;
    });
    const dispose = () => made.forEach((form) => form.dispose());
    const answer = work(forms);
    if (answer instanceof Promise) answer.then(dispose, dispose);
    else dispose();
    return answer;
  };
}

function readModel(model: string, resource: ReadResource): AnyPredictor {
  try {
    return readAnyPredictor(resource(model));
  } catch (error) {
    if (error instanceof CheckpointError)
      throw new ParameterError('model', `${model} cannot be used as a predictor. ${error.message}`);
    throw new ParameterError('model', `${model} cannot be read as a predictor: ${(error as Error).message}`);
  }
}

function ofDna(shared: SharedPredictor): Opened['predict'] {
  return (quantity) => async (batch) =>
    (await shared.of(batch as DnaBatch)).map(
      (known) => known && { ...known.predictions[quantity], isInDomain: known.isInDomain },
    );
}

/** The networks remember their predictions of a molecule. */
function ofSeveral(ensemble: JointEnsemble, forms: Forms): Opened['predict'] {
  return (quantity) => (batch) =>
    eachValid(batch, (molecules) =>
      forms(molecules, async (asked) => {
        const predictions = await ensemble.predict(asked);
        return asked.map(
          (molecule, i) => predictions[i] && { ...predictions[i][quantity], isInDomain: ensemble.isInDomain(molecule) },
        );
      }),
    );
}

function ofMolecules(ensemble: UserEnsemble, forms: Forms): Opened['predict'] {
  const known = new WeakMap<readonly unknown[], ReturnType<Predict>>();
  return () => (batch) => {
    const answer =
      known.get(batch) ?? eachValid(batch, (molecules) => forms(molecules, (asked) => ensemble.predict(asked)));
    known.set(batch, answer);
    return answer;
  };
}

/** Predictions of the valid molecules of a batch, each at its place in the batch. */
async function eachValid(
  batch: readonly unknown[],
  predict: (molecules: readonly Molecule[]) => Promise<readonly (Predicted | null)[]>,
): ReturnType<Predict> {
  const valid = (batch as MoleculeBatch).filter((molecule): molecule is Molecule => molecule !== null);
  const predictions = await predict(valid);
  let next = 0;
  return (batch as MoleculeBatch).map((molecule) => molecule && predictions[next++]);
}
