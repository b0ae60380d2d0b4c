/** @file Plans of a batch, good and bad: what runs, under which id, and the place of each problem. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MoleculeContext } from '../../../engine/objectives/molecules.ts';
import { type BatchPlan, readBatch } from '../../../host/batch/batch-plan.ts';
import { chosenRuns } from '../../../host/batch/chosen.ts';
import { loadMoleculeContext } from '../../../host/chemistry/chemistry.ts';
import { designFile, smallDesign, temporaryFolder } from '../tools.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
let chemistry: MoleculeContext;
beforeAll(async () => {
  chemistry = await loadMoleculeContext();
  designFile(folder, smallDesign, 'a.toml');
  designFile(folder, smallDesign.replace('"Small"', '"Other"'), 'b.toml');
});

const plan = (text: string, name = 'plan.toml'): Promise<BatchPlan> =>
  readBatch([designFile(folder, text, name)], chemistry);
const refused = async (text: string) => {
  const error = await plan(text).catch((one: unknown) => one);
  expect(error).toMatchObject({ code: 'bad-input' });
  return (error as Error).message;
};

describe('a plan', () => {
  it('runs every design with every seed and every point of the grid', async () => {
    const { runs } = await plan(
      'designs = ["a.toml", "b.toml"]\nseeds = [3, 5]\n[grid]\n"run.merge_every" = [1, 2]\nobjective.similarity.reference = ["aspirin", "caffeine"]\n',
    );
    expect(runs).toHaveLength(16);
    expect(new Set(runs.map(({ id }) => id)).size).toBe(16);
    expect(runs.slice(0, 4).map(({ seed, variant: { name, varied } }) => [name, seed, varied])).toEqual([
      ['Small', 3, { 'run.merge_every': 1, 'objective.similarity.reference': 'aspirin' }],
      ['Small', 5, { 'run.merge_every': 1, 'objective.similarity.reference': 'aspirin' }],
      ['Small', 3, { 'run.merge_every': 1, 'objective.similarity.reference': 'caffeine' }],
      ['Small', 5, { 'run.merge_every': 1, 'objective.similarity.reference': 'caffeine' }],
    ]);
    const [{ variant }] = runs;
    expect(variant.resolved.settings.merge_every).toBe(1);
    expect(variant.resolved.objectives[1].parameters.reference).toBe('CC(=O)Oc1ccccc1C(=O)O');
    expect(variant.source).toContain('reference = "aspirin"');
  });

  it('gives a run the same id whatever else the plan holds, and another one where its design changes', async () => {
    const ids = async (text: string) => (await plan(text)).runs.map(({ id }) => id);
    const alone = await ids('designs = ["a.toml"]\nseeds = [2]\n');
    expect(alone[0]).toMatch(/^[0-9a-f]{12}$/);
    expect(await ids('designs = ["b.toml", "a.toml"]\nseeds = 2\n')).toContain(alone[0]);
    designFile(folder, smallDesign.replace('weight = 2', 'weight = 3'), 'changed.toml');
    expect(await ids('designs = ["changed.toml"]\nseeds = [2]\n')).not.toEqual(alone);
    // The same design with the value written out is the same run.
    expect(await ids('designs = ["a.toml"]\nseeds = [2]\n[grid]\n"run.merge_every" = [2]\n')).toEqual(alone);
  });

  it('takes designs by themselves, with the seeds given', async () => {
    const { runs } = await readBatch([at('a.toml'), at('b.toml')], chemistry, [1, 4]);
    expect(runs.map(({ seed, variant: { name } }) => [name, seed])).toEqual([
      ['Small', 1],
      ['Small', 4],
      ['Other', 1],
      ['Other', 4],
    ]);
  });

  it('fills a template from the rows of a table, and tells of rows that cannot run', async () => {
    writeFileSync(
      at('targets.csv'),
      'target,Reference SMILES,weight of QED,objective.similarity.weight\none,CCOc1ccccc1,"0,5",2\ntwo,aspirin,"0,25",\nthree,no such drug,1,1\nfour,caffeine,many,1\n',
    );
    const { runs, badRows } = await plan(
      'designs = ["a.toml"]\nseeds = 2\n[table]\nfile = "targets.csv"\nname = "target"\n[table.columns]\n"Reference SMILES" = "objective.similarity.reference"\n"weight of QED" = "objective.1.weight"\n',
    );
    expect(runs.map(({ seed, variant: { name } }) => [name, seed])).toEqual([
      ['Small one', 1],
      ['Small one', 2],
      ['Small two', 1],
      ['Small two', 2],
    ]);
    expect(runs[2].variant.resolved.objectives.map(({ weight }) => weight)).toEqual([0.25, 2]);
    expect(badRows).toEqual([
      expect.stringMatching(/targets\.csv, line 4: .*no such drug/),
      expect.stringMatching(/targets\.csv, line 5: "weight" of objective 1 cannot be "many"/),
    ]);
  });

  it('finds reference files beside the plan', async () => {
    writeFileSync(at('known.smi'), 'CCO\nCCN\n');
    const { runs } = await plan('designs = ["a.toml"]\n[grid]\n"objective.similarity.reference" = ["known.smi"]\n');
    expect(runs).toHaveLength(1);
  });
});

describe('a bad plan', () => {
  it.each([
    ['designs = ["a.toml"]\nseds = 3\n', /plan\.toml:2: Unknown key "seds" in a plan\. Did you mean "seeds"\?/],
    ['designs = []\n', /plan\.toml:1: A plan needs designs/],
    ['designs = ["a.toml"]\nseeds = 0\n', /plan\.toml:2: "seeds" must be a number of seeds/],
    [
      'designs = ["a.toml"]\n[grid]\n"run.merge_every" = []\n',
      /plan\.toml:3: The list of "run\.merge_every" in the grid is empty/,
    ],
    ['designs = ["a.toml"]\n[grid]\n"run.merge_every" = 4\n', /plan\.toml:3: The grid needs a list/],
    [
      'designs = ["a.toml"]\n[grid]\n"run.kl" = [1, 2, 1]\n',
      /plan\.toml:3: "run\.kl" in the grid has the value 1 twice/,
    ],
    [
      'designs = ["a.toml"]\n[grid]\n"runs.kl" = [1]\n',
      /plan\.toml:3: "runs\.kl" is no place in a design\. Did you mean "run"\?/,
    ],
    ['designs = ["a.toml"]\n[grid]\n"objective.weight" = [1]\n', /Write it as objective\.ID\.KEY/],
    [
      'designs = ["a.toml"]\n[grid]\n"objective.qde.weight" = [1]\n',
      /a\.toml: the design has no objective "qde"\. Did you mean "qed"\?/,
    ],
    ['designs = ["a.toml"]\n[grid]\n"run.merge_evry" = [1]\n', /plan\.toml:3: There is no setting "merge_evry"/],
    [
      'designs = ["a.toml"]\n[grid]\n"run.merge_every" = [2, 5]\n',
      /a\.toml:5: steps = 6 is not a multiple of merge_every = 5.*\(with run\.merge_every = 5\)/,
    ],
    [
      'designs = ["a.toml"]\n[grid]\n"objective.similarity.reference" = ["missing.smi"]\n',
      /plan\.toml:3: .*missing\.smi/,
    ],
    ['designs = ["nowhere.toml"]\n', /Cannot read .*nowhere\.toml: there is no such file/],
    ['designs = ["a.toml", "a.toml"]\n', /Two runs are equal: .*a\.toml and .*a\.toml, both with seed 1/],
    ['designs = ["a.toml"]\nseeds = [2, 2]\n', /Two runs are equal/],
    ['designs = ["a.toml"]\n[table]\nfile = "none.csv"\n', /Cannot read .*none\.csv/],
    [
      'designs = ["a.toml"]\n[table]\nfile = "a.csv"\nsheat = "x"\n',
      /plan\.toml:4: Unknown key "sheat" in \[table\]\. Did you mean "sheet"\?/,
    ],
  ])('%j', async (text, message) => {
    expect(await refused(text)).toMatch(message);
  });

  it('with a column that leads nowhere', async () => {
    writeFileSync(at('odd.csv'), 'objective.qed.weight,colour\n1,red\n');
    expect(await refused('designs = ["a.toml"]\n[table]\nfile = "odd.csv"\n')).toMatch(
      /the column "colour" says nothing about a design/,
    );
  });

  it('whose every row is bad', async () => {
    writeFileSync(at('bad.csv'), 'objective.qed.weight\nmany\nfew\n');
    expect(await refused('designs = ["a.toml"]\n[table]\nfile = "bad.csv"\n')).toMatch(
      /bad\.csv, line 2: .*many.*\n.*line 3/s,
    );
  });
});

describe('--only', () => {
  const runs = [
    { id: 'abcdef012345', design: 'Small', seed: 1, varied: { 'run.kl': 0.5 } },
    { id: '0123456789ab', design: 'Small', seed: 2, varied: { 'run.kl': 0.1 } },
  ];
  const ids = (...conditions: string[]) => chosenRuns(runs, conditions, (one) => one).map(({ id }) => id.slice(0, 4));

  it('takes runs by id, design, seed and varied setting, all conditions together', () => {
    expect(ids()).toEqual(['abcd', '0123']);
    expect(ids('abcd')).toEqual(['abcd']);
    expect(ids('Small', 'seed=2')).toEqual(['0123']);
    expect(ids('run.kl=0.1')).toEqual(['0123']);
  });

  it('refuses what no run meets', () => {
    expect(() => ids('Smal')).toThrow(/No run of the batch matches --only "Smal"\. Did you mean "Small"\?/);
    expect(() => ids('seed=1', 'run.kl=0.1')).toThrow(/run\.kl=0\.1/);
  });
});
