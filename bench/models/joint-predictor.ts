/** @file The predictor of QM9's properties on the molecules of its test fold, with the shipped weights. */
import { gatherJoint, type JointMolecules } from '../../engine/learn/joint/molecules.ts';
import { compareJoint, jointFigures } from '../../engine/learn/joint/report.ts';
import { splitMolecules } from '../../engine/learn/joint/set.ts';
import { reliabilityOf } from '../../engine/learn/user-predictor/reliability.ts';
import { readJointPredictor } from '../../engine/predictor/joint/checkpoint.ts';
import { ortDevice } from '../../engine/tensor/ort.ts';
import { loadRdkitFromDisk, readResource } from '../../host/chemistry/chemistry.ts';
import { csvRows } from './csv.ts';
import { Card, type Check, type Figure } from './figures.ts';

/** eV in one Hartree. */
const HARTREE = 27.211386;

/** Columns of QM9 with the factor and the decimals of models/qm9-properties/table.py, in the order of the training. */
export const qm9Columns: readonly { readonly column: string; readonly factor: number; readonly decimals: number }[] = [
  { column: 'alpha', factor: 1, decimals: 2 },
  { column: 'gap', factor: HARTREE, decimals: 4 },
  { column: 'u0_atom', factor: HARTREE, decimals: 5 },
  { column: 'mu', factor: 1, decimals: 4 },
  { column: 'homo', factor: HARTREE, decimals: 4 },
  { column: 'lumo', factor: HARTREE, decimals: 4 },
  { column: 'cv', factor: 1, decimals: 3 },
  { column: 'zpve', factor: HARTREE, decimals: 5 },
];

/** QM9 with the quantities and digits of the shipped predictor's training. */
export async function readQm9(data: string): Promise<JointMolecules> {
  const rows = csvRows(`${data}/qm9/qm9_121k.csv.gz`).map((row, i) => ({
    line: i + 2,
    structure: row.smiles,
    cells: qm9Columns.map(({ column, factor, decimals }) => (Number(row[column]) * factor).toFixed(decimals)),
  }));
  return gatherJoint(await loadRdkitFromDisk(), rows, {
    styles: qm9Columns.map(() => ({ decimalComma: false })),
    asDrawn: true,
  });
}

/** Half a unit of the last digit in the card; the predictions use the same weights. */
const NOISE = { error: 0.0006, coverage: 0.06, r2: 0.00006, count: 0 };
/** The seed of the shipped training. */
const SEED = 1;
/** Largest number of distinguishable curves in a plot. */
const PLOTTED = 3;

export const qm9Properties: Check = {
  model: 'qm9-properties',
  async figures(data) {
    const card = new Card('models/qm9-properties/README.md');
    const predictor = readJointPredictor(readResource('qm9-properties/qm9-properties.safetensors'));
    const measured = await readQm9(data);
    const { test } = splitMolecules(measured.molecules, 'random', SEED);
    const held = await compareJoint(predictor, measured, test, ortDevice({ id: 'cpu', threads: 2 }));
    const figures = jointFigures(predictor, held).flatMap(
      ({ name, mae, rmse, r2, coverage, count, additiveMae }): Figure[] => {
        const [statedMae, statedRmse, statedR2, statedCoverage, statedAdditive] = card.row(name);
        return [
          { name: `${name}: mean error`, stated: statedMae, measured: mae, noise: NOISE.error },
          { name: `${name}: root mean square error`, stated: statedRmse, measured: rmse, noise: NOISE.error },
          { name: `${name}: R2`, stated: statedR2, measured: r2, noise: NOISE.r2 },
          {
            name: `${name}: % within 1.645 errors`,
            stated: statedCoverage,
            measured: 100 * coverage,
            noise: NOISE.coverage,
          },
          {
            name: `${name}: mean error of the additive part`,
            stated: statedAdditive,
            measured: additiveMae,
            noise: NOISE.error,
          },
          {
            name: `${name}: molecules`,
            stated: card.row('molecules held out')[0],
            measured: count,
            noise: NOISE.count,
          },
        ];
      },
    );
    const reliability = predictor.quantities
      .slice(0, PLOTTED)
      .map(({ name }, task) => ({ name, points: reliabilityOf('regression', held[task]) }));
    return { figures, reliability };
  },
};
