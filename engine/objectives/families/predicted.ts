/**
 * What a predictor of the user's own says: of molecules or DNA, as its file
 * does. Its name, unit and wanted side are the file's; see `predictedBy`.
 */
import { z } from 'zod';
import { didYouMean } from '../../base/nearest.ts';
import { ParameterError } from '../../base/parameter-error.ts';
import type { Molecule } from '../../chem/molecule.ts';
import { CheckpointError } from '../../generator/safetensors.ts';
import { type AnyPredictor, quantitiesOf, readAnyPredictor } from '../../predictor/any.ts';
import { JointEnsemble } from '../../predictor/joint/predictor.ts';
import { isInDomain } from '../../predictor/sequence/applicability.ts';
import { UserEnsemble } from '../../predictor/user/predictor.ts';
import type { Device } from '../../tensor/device.ts';
import { type DnaBatch, scoreEachSequence } from '../dna.ts';
import { type MoleculeBatch, scoreEach } from '../molecules.ts';
import { onceFor } from '../shared.ts';
import type { Objective, RawScores, ReadResource, Scorer } from '../types.ts';
import { SharedPredictor } from './dna/shared-predictor.ts';

/** What objectives of either modality are lent. */
interface PredictorContext {
  readonly resource: ReadResource;
  readonly device: Device;
}

/** Objects of either modality: what a predictor reads of a batch depends on its file. */
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
    .describe('The predictor: its name among those kept, or its file'),
  quantity: z.string().default('').describe('Which quantity, where the predictor has several; left out, its first'),
  give: z
    .enum(['value', 'error', 'likeness'])
    .default('value')
    .describe('The prediction; its standard error; or 1 for what is like the training data and 0 for what is not'),
  caution: z
    .number()
    .min(-3)
    .max(3)
    .default(0)
    .describe(
      'Standard errors to subtract from the prediction, so that what is uncertain counts for less; below 0 they are added',
    ),
  outside: z
    .enum(['score', 'missing'])
    .default('score')
    .describe('What to do with what is unlike the training data: score it all the same, or leave it without a score'),
});
type Given = z.infer<typeof parameters>;

export const predicted: PredictedObjective<typeof parameters> = {
  id: 'predicted',
  label: 'Your predictor',
  modality: 'any',
  unit: '',
  description:
    'A number from a predictor that was trained on your own measurements, with its error and whether it knows the like. Its card says how far to trust it.',
  source: 'The file named, written by amalgam train-predictor; docs/user-predictors.md',
  parameters,
  defaultGoal: { kind: 'higher', from: 0, to: 1 },
  typical: [0, 1],
  possible: [-Infinity, Infinity],
  prepare(given, context) {
    const { predictor, predict } = predictorsOf(context)(given.model);
    const index = quantityIndex(predictor, given.quantity);
    const give = givenNumber(given);
    return {
      score: async (batch): Promise<RawScores> => (await predict(index)(batch)).map((one) => one && give(one)),
      dispose: () => undefined,
    } satisfies Scorer<readonly unknown[]>;
  },
  knows: ({ model }, context) => predictorsOf(context)(model).knows,
  errs(given, context) {
    // An error or a likeness has no error of its own.
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
  const label = { value: name, error: `Error of ${name}`, likeness: `Likeness to what ${name} was learnt from` }[give];
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

/** @throws ParameterError naming the nearest quantity */
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
  /** By the quantity's index. */
  readonly predict: (quantity: number) => Predict;
  /** 1 for what is like the training data, 0 for what is not. */
  readonly knows: Scorer<readonly unknown[]>;
}

/** Each file is read once for whoever lends it, and each batch predicted once. */
const predictorsOf = onceFor((context: PredictorContext) => {
  const opened = new Map<string, Opened>();
  return (model: string): Opened => {
    const known = opened.get(model) ?? openPredictor(model, context);
    opened.set(model, known);
    return known;
  };
});

function openPredictor(model: string, { resource, device }: PredictorContext): Opened {
  const predictor = readModel(model, resource);
  return { predictor, ...asked(predictor, device) };
}

function asked({ kind, predictor }: AnyPredictor, device: Device): Pick<Opened, 'predict' | 'knows'> {
  if (kind === 'sequence')
    return {
      predict: ofDna(new SharedPredictor(predictor, device)),
      knows: scoreEachSequence((sequence) => Number(isInDomain(sequence, predictor))) as Scorer<readonly unknown[]>,
    };
  const ensemble = kind === 'joint' ? new JointEnsemble(predictor, device) : new UserEnsemble(predictor, device);
  const predict = ensemble instanceof JointEnsemble ? ofSeveral(ensemble) : ofMolecules(ensemble);
  return {
    predict,
    knows: scoreEach((molecule) => Number(ensemble.isInDomain(molecule))) as Scorer<readonly unknown[]>,
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

/** The networks remember what they said of a molecule. */
function ofSeveral(ensemble: JointEnsemble): Opened['predict'] {
  return (quantity) => (batch) =>
    eachValid(batch, async (molecules) => {
      const predictions = await ensemble.predict(molecules);
      return molecules.map(
        (molecule, i) => predictions[i] && { ...predictions[i][quantity], isInDomain: ensemble.isInDomain(molecule) },
      );
    });
}

function ofMolecules(ensemble: UserEnsemble): Opened['predict'] {
  const known = new WeakMap<readonly unknown[], ReturnType<Predict>>();
  return () => (batch) => {
    const answer = known.get(batch) ?? eachValid(batch, (molecules) => ensemble.predict(molecules));
    known.set(batch, answer);
    return answer;
  };
}

/** Predictions of the valid molecules of a batch, in their places. */
async function eachValid(
  batch: readonly unknown[],
  predict: (molecules: readonly Molecule[]) => Promise<readonly (Predicted | null)[]>,
): ReturnType<Predict> {
  const valid = (batch as MoleculeBatch).filter((molecule): molecule is Molecule => molecule !== null);
  const predictions = await predict(valid);
  let next = 0;
  return (batch as MoleculeBatch).map((molecule) => molecule && predictions[next++]);
}
