/** Everything that a design can use, as the form needs it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue, ObjectiveInfo } from '../../contract/api.ts';
import { designSchema, goalKinds } from '../../contract/design-shape.ts';
import { generateTables } from '../../engine/generator/generate.ts';
import { type AnyObjective, catalogueGroups } from '../../engine/objectives/catalogue.ts';
import { describeSettings } from '../../engine/soup/settings.ts';
import { examplesFolder } from '../base/paths.ts';
import { priorInfos } from '../models/cards.ts';
import { describeParameters } from './parameters.ts';
import { parseToml } from './toml.ts';

type Examples = Catalogue['examples'];

const METHODS: Catalogue['methods'] = [
  {
    id: 'iterative',
    label: 'Recommended: balance goals during training (IterativeRS)',
    description:
      'Trains one expert per goal, merges the experts every few steps, and continues from the merge. You can steer between the goals afterwards.',
  },
  {
    id: 'soups',
    label: 'Merge once at the end (Rewarded Soups)',
    description:
      'Trains one expert per goal to the end, then merges the experts once. You can steer between the goals afterwards.',
  },
  {
    id: 'morlhf',
    label: 'Fixed weights (MORLHF)',
    description: 'Trains one generator on the weighted sum of all goals. The weights cannot be changed afterwards.',
  },
  {
    id: 'ric',
    label: 'Ask for rewards (Rewards in Context)',
    description:
      'Trains one generator on scored samples, each labelled with its rewards, and asks it for high ones. You can steer between the goals afterwards.',
  },
];

export function catalogueOf(): Catalogue {
  return {
    objectives: catalogueGroups.flatMap(({ label, objectives }) =>
      objectives.map((objective) => objectiveInfo(label, objective)),
    ),
    generate: { molecule: describeParameters(generateTables.molecule), dna: describeParameters(generateTables.dna) },
    settings: describeSettings().map(({ choices, ...rest }) => ({
      ...rest,
      ...(choices && { choices: [...choices] }),
    })),
    methods: METHODS,
    goals: [...goalKinds],
    priors: priorInfos().flatMap(({ info }) => info ?? []),
    examples: exampleInfos(),
  };
}

function objectiveInfo(
  group: string,
  { id, label, modality, unit, description, source, model, typical, defaultGoal, parameters }: AnyObjective,
): ObjectiveInfo {
  return {
    id,
    label,
    modality,
    group,
    unit,
    description,
    source,
    ...(model !== undefined && { model }),
    typical: [...typical],
    defaultGoal,
    parameters: describeParameters(parameters),
  };
}

/** The shipped examples; the comment at the top of each is its summary. */
function exampleInfos(): Examples {
  if (!existsSync(examplesFolder)) return [];
  return readdirSync(examplesFolder)
    .filter((file) => file.endsWith('.toml'))
    .sort()
    .map(exampleInfo);
}

function exampleInfo(file: string): Examples[number] {
  const source = readFileSync(join(examplesFolder, file), 'utf8');
  const { value, problem } = parseToml(source);
  if (problem) throw new Error(`The example ${file} is damaged: ${problem.message}`);
  const design = designSchema.parse(value);
  return { file, name: design.name, summary: leadingComment(source), design };
}

function leadingComment(source: string): string {
  const lines = source.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('#'));
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^#\s?/, ''))
    .join(' ')
    .trim();
}
