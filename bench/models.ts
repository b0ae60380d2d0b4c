/**
 * Repeats every figure of the model cards with data outside the program: judges samples, predicts held-out folds,
 * repeats published tables. Fails if a figure differs by more than its noise.
 * Usage: npm run bench -- models DATA_FOLDER [--plots] [MODEL...]
 * With --plots, it also writes the plots beside the cards.
 */
import { writeFileSync } from 'node:fs';
import { enhancer } from './models/dna-prior.ts';
import type { Check, Figure } from './models/figures.ts';
import { qm9Properties } from './models/joint-predictor.ts';
import { moleculePrior } from './models/molecule-prior.ts';
import { mosesPrior } from './models/moses-prior.ts';
import { admet, targets } from './models/published.ts';
import { qm9Prior } from './models/qm9-prior.ts';
import { reliabilityPlot } from './models/reliability.ts';
import { sequencePredictors } from './models/sequence-predictors.ts';

const checks: readonly Check[] = [
  moleculePrior('druglike', [1, 5], { file: 'chembl/chembl_10k.csv.gz', pattern: /expresses \| ([\d,]+)/ }),
  mosesPrior,
  enhancer,
  ...sequencePredictors,
  qm9Prior,
  qm9Properties,
  admet,
  targets,
];

const args = process.argv.slice(2);
const [data, ...names] = args.filter((word) => word !== '--plots');
const unknown = names.find((name) => !checks.some(({ model }) => model === name));
if (data === undefined || unknown !== undefined) {
  throw new Error(
    `${unknown === undefined ? 'Name the folder of the data sets' : `There is no check of "${unknown}"`}: npm run bench -- models DATA_FOLDER [--plots] [${checks.map(({ model }) => model).join('|')}]`,
  );
}

const isWithin = ({ stated, measured, noise }: Figure) => Math.abs(measured - stated) <= noise;
const number = (value: number) => (Number.isInteger(value) ? String(value) : value.toPrecision(4));

let [right, wrong] = [0, 0];
for (const { model, figures: measure } of checks.filter((check) => names.length === 0 || names.includes(check.model))) {
  const { figures, reliability, pictures = {} } = await measure(data);
  for (const figure of figures) {
    if (isWithin(figure)) right++;
    else wrong++;
    console.log(
      `${isWithin(figure) ? 'same   ' : 'DIFFERS'} ${model}, ${figure.name}: card ${number(figure.stated)}, now ${number(figure.measured)}, noise ${number(figure.noise)}`,
    );
  }
  if (reliability !== undefined && args.includes('--plots'))
    writeFileSync(`models/${model}/reliability.svg`, reliabilityPlot(reliability));
  if (args.includes('--plots'))
    for (const [file, picture] of Object.entries(pictures)) writeFileSync(`models/${file}`, picture);
}
console.log(`${right} figures as stated, ${wrong} not`);
process.exitCode = wrong === 0 ? 0 : 1;
