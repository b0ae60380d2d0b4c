/** @file The generator of QM9-like molecules: distributions of its samples' properties beside those of QM9. */
import { readFileSync } from 'node:fs';
import { readGenerator } from '../../engine/generator/checkpoint.ts';
import { loadMoleculeContext } from '../../host/chemistry/chemistry.ts';
import { kolmogorov } from './dna-prior.ts';
import { Card, type Check, type Figure } from './figures.ts';
import { qm9Columns, readQm9 } from './joint-predictor.ts';
import { moleculePrior, sampleSmiles } from './molecule-prior.ts';
import { score } from './published.ts';
import { type Compared, quantile, quantilePlot } from './quantiles.ts';

/** Compared properties. For QM9 they are its own, if it has them; for samples they are computed or predicted. */
const PROPERTIES: readonly {
  readonly name: string;
  readonly objective: string;
  readonly unit: string;
  readonly column: string | null;
}[] = [
  { name: 'molecular weight', objective: 'mw', unit: 'g/mol', column: null },
  { name: 'logP', objective: 'logp', unit: '', column: null },
  { name: 'alpha', objective: 'qm9-alpha', unit: 'Bohr^3', column: 'alpha' },
  { name: 'gap', objective: 'qm9-gap', unit: 'eV', column: 'gap' },
  { name: 'U0', objective: 'qm9-u0-atom', unit: 'eV', column: 'u0_atom' },
];

const DRAWS = 10_000;
const SEED = 1;
/** Quantiles in the card's tables. */
const SHOWN = [0.05, 0.25, 0.5, 0.75, 0.95];
/** Two standard errors of the distance for 10,000 draws. */
const NOISE_OF_DISTANCE = 0.012;
/** The card has three digits. */
const NOISE_OF_QUANTILE = 0.006;

const base = moleculePrior('qm9', [1, 5]);

export const qm9Prior: Check = {
  model: 'qm9',
  async figures(data) {
    const card = new Card('models/qm9.md');
    const compared = await distributions(data);
    const { figures } = await base.figures(data);
    const own = compared.flatMap(({ name, expected, samples }): Figure[] => {
      const stated = card.row(`${name}, samples`);
      return [
        ...SHOWN.map((share, i) => ({
          name: `${name}: ${100 * share}% quantile`,
          stated: stated[i],
          measured: quantile(samples, share),
          noise: Math.max(0.005, Math.abs(stated[i]) * NOISE_OF_QUANTILE),
        })),
        {
          name: `${name}: distance of the distributions`,
          stated: card.row(`${name}, distance`)[0],
          measured: kolmogorov(expected, samples),
          noise: NOISE_OF_DISTANCE,
        },
      ];
    });
    return { figures: [...figures, ...own], pictures: { 'qm9/quantiles.svg': quantilePlot(compared) } };
  },
};

/** Sorted values of QM9's molecules and of valid samples. */
async function distributions(data: string): Promise<Compared[]> {
  const context = await loadMoleculeContext();
  const { molecules, values } = await readQm9(data);
  // As many as there are samples, evenly spaced.
  const some = Array.from({ length: DRAWS }, (_, i) => Math.floor((i * molecules.length) / DRAWS));
  const { smiles } = await sampleSmiles(readGenerator(readFileSync('models/qm9.safetensors')), DRAWS, SEED);
  const ids = PROPERTIES.map(({ objective }) => objective);
  const sampled = await score(smiles, ids, context);
  const computed = await score(
    some.map((i) => molecules[i].input),
    ids,
    context,
  );
  return PROPERTIES.map(({ name, unit, column }, task) => {
    const place = qm9Columns.findIndex((one) => one.column === column);
    const expected = some.map((i, row) => (place < 0 ? computed[row][task]! : values[i][place]));
    return {
      name,
      unit,
      expected: sorted(expected),
      samples: sorted(sampled.map((row) => row[task]).filter((value) => value !== null)),
    };
  });
}

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
