/** @file Every model of this machine with its description: generators, shipped predictors and user predictors. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Catalogue, DocumentText, InstalledModel, ModelKind } from '../../contract/api.ts';
import { isRealistic } from '../../engine/generator/generate.ts';
import { type AnyObjective, catalogueGroups } from '../../engine/objectives/catalogue.ts';
import { errorText, InputError } from '../base/errors.ts';
import { modelsFolder } from '../base/paths.ts';
import { cardFile, firstLine, readDocument } from './documents.ts';
import { loadModel, type Model, modelFiles, modelParameters } from './generators.ts';
import { WEIGHTS } from './pins.ts';
import { predictorInfos } from './predictors.ts';

type PriorInfo = Catalogue['priors'][number];

/** Generators, then shipped predictors, then user predictors. */
export function installedModels(): InstalledModel[] {
  return [...generators(), ...shippedPredictors(), ...userPredictors()];
}

/** @throws InputError if there is no such model, or it has no card */
export function modelCard(kind: ModelKind, name: string): DocumentText {
  const model = installedModels().find((one) => one.kind === kind && one.name === name);
  if (model === undefined) throw new InputError(`There is no ${kind} "${name}".`);
  if (!model.hasCard) throw new InputError(`"${name}" has no card: there is no Markdown file beside ${model.file}.`);
  return readDocument(cardFile(model.file));
}

function generators(): InstalledModel[] {
  return priorInfos().map(({ name, file, info, problem }) => ({
    ...about('generator', name, file),
    modality: info?.modality ?? null,
    bytes: statSync(file).size,
    parameters: info?.parameters ?? null,
    headline: info?.headline ?? '',
    predicts: [],
    problem,
  }));
}

/** Folders under models/ that objectives name. */
function shippedPredictors(): InstalledModel[] {
  const objectives = catalogueGroups
    .flatMap((group): readonly AnyObjective[] => group.objectives)
    .filter(({ model }) => model !== undefined);
  return [...new Set(objectives.map(({ model }) => model!))].map((name) => {
    const asked = objectives.filter(({ model }) => model === name);
    const folder = join(modelsFolder, name);
    return {
      ...about('predictor', name, folder),
      modality: asked[0].modality === 'any' ? null : asked[0].modality,
      bytes: readdirSync(folder).reduce(
        (sum, file) => sum + (WEIGHTS.has(extname(file)) ? statSync(join(folder, file)).size : 0),
        0,
      ),
      parameters: null,
      headline: firstLine(readDocument(cardFile(folder)).markdown),
      predicts: asked.map(({ id, label, unit }) => ({ id, label, unit })),
      problem: null,
    };
  });
}

function userPredictors(): InstalledModel[] {
  return predictorInfos().map(({ name, file, bytes, modality, quantities, headline, problem }) => ({
    ...about('user-predictor', name, file),
    modality,
    bytes,
    parameters: null,
    headline,
    predicts: quantities.map(({ name: label, unit }) => ({ label, unit })),
    problem,
  }));
}

function about(
  kind: ModelKind,
  name: string,
  file: string,
): Pick<InstalledModel, 'kind' | 'name' | 'file' | 'own' | 'hasCard'> {
  return { kind, name, file, own: !file.startsWith(modelsFolder), hasCard: existsSync(cardFile(file)) };
}

/** Every installed generator, or why it cannot be used. */
export function priorInfos(): {
  readonly name: string;
  readonly file: string;
  readonly info: PriorInfo | null;
  readonly problem: string | null;
}[] {
  return [...modelFiles()].map(([name, file]) => {
    try {
      return { name, file, info: priorInfo(name, loadModel(name)), problem: null };
    } catch (error) {
      return { name, file, info: null, problem: errorText(error) };
    }
  });
}

/** The weight of most oral drugs, and no group that PAINS or Brenk warn of. */
const DRUGLIKE_LIMITS: PriorInfo['limits'] = [
  { id: 'mw', min: 250, max: 500 },
  { id: 'alerts', max: 0 },
];

function priorInfo(name: string, model: Model): PriorInfo {
  return {
    name,
    modality: model.generator.config.modality,
    parameters: modelParameters(model),
    bytes: model.bytes,
    headline: headlineOf(model.file),
    realism: isRealistic(model.generator.config),
    limits: isRealistic(model.generator.config) ? DRUGLIKE_LIMITS : [],
  };
}

function headlineOf(file: string): string {
  const card = cardFile(file);
  return existsSync(card) ? firstLine(readFileSync(card, 'utf8')) : '';
}
