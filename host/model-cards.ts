/**
 * @file Every model of this machine with what there is to say of it: generators, shipped predictors, the user's own.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { DocumentText, InstalledModel, ModelKind } from '../contract/api.ts';
import { type AnyObjective, catalogueGroups } from '../engine/objectives/catalogue.ts';
import { priorInfos } from './catalogue.ts';
import { cardFile, firstLine, readDocument } from './documents.ts';
import { InputError } from './errors.ts';
import { modelsFolder } from './paths.ts';
import { WEIGHTS } from './pins.ts';
import { predictorInfos } from './predictors.ts';

/** Generators, then shipped predictors, then the user's own. */
export function installedModels(): InstalledModel[] {
  return [...generators(), ...shippedPredictors(), ...ownPredictors()];
}

/** @throws InputError where there is no such model, or it has no card */
export function modelCard(kind: ModelKind, name: string): DocumentText {
  const model = installedModels().find((one) => one.kind === kind && one.name === name);
  if (model === undefined) throw new InputError(`There is no model "${name}" of that kind.`);
  if (!model.hasCard) throw new InputError(`"${name}" has no card: nothing was written beside ${model.file}.`);
  return readDocument(cardFile(model.file));
}

function generators(): InstalledModel[] {
  return priorInfos().map(({ name, file, info, problem }) => ({
    ...about('generator', name, file),
    domain: info?.domain ?? null,
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
      domain: asked[0].domain === 'any' ? null : asked[0].domain,
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

function ownPredictors(): InstalledModel[] {
  return predictorInfos().map(({ name, file, bytes, domain, quantities, headline, problem }) => ({
    ...about('own-predictor', name, file),
    domain,
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
