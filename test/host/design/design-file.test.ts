/** @file Design files, good and bad: each problem with its line and the nearest valid choice. */
import { copyFileSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../../engine/objectives/catalogue.ts';
import type { MoleculeContext } from '../../../engine/objectives/molecules.ts';
import { InputError } from '../../../host/base/errors.ts';
import { loadMoleculeContext } from '../../../host/chemistry/chemistry.ts';
import { checkToml } from '../../../host/design/check.ts';
import { checkContext, readDesignFile } from '../../../host/design/design-file.ts';
import { CONSTRAINT_KEYS, OBJECTIVE_KEYS } from '../../../host/design/entries.ts';
import { explainDesign, thresholdTexts } from '../../../host/design/explain.ts';
import { drugNames } from '../../../host/design/names/drugs.ts';
import { designToml, parseToml } from '../../../host/design/toml.ts';
import { designFile, root, smallDesign, temporaryFolder, tinyPrior } from '../tools.ts';

const folder = temporaryFolder();
let chemistry: MoleculeContext;
beforeAll(async () => {
  chemistry = await loadMoleculeContext();
});

const check = (source: string) => checkToml(source, checkContext(chemistry, folder));
const problems = (source: string) =>
  check(source).problems.map(({ path, line, message }) => `${line} ${path}: ${message}`);

describe('a good design', () => {
  it('is made whole with documented defaults', () => {
    const { resolved, problems: none } = check(smallDesign);
    expect(none).toEqual([]);
    expect(resolved?.settings).toMatchObject({
      method: 'iterative',
      steps: 6,
      merge_every: 2,
      experts_a_round: 2,
      temperature: 1,
    });
    expect(resolved?.objectives.map(({ id, weight, goal }) => ({ id, weight, goal }))).toEqual([
      { id: 'qed', weight: 1, goal: { kind: 'higher', from: 0.4, to: 0.9 } },
      { id: 'similarity', weight: 2, goal: { kind: 'higher', from: 0.2, to: 0.6 } },
    ]);
  });

  it('turns names and files into structures', () => {
    designFile(folder, 'Celecoxib\n', 'reference.smi');
    for (const reference of ['celecoxib', 'Celecoxib', 'reference.smi', drugNames().celecoxib]) {
      const { resolved } = check(smallDesign.replace('"celecoxib"', JSON.stringify(reference)));
      expect(resolved?.objectives[1].parameters.reference).toBe(drugNames().celecoxib);
    }
  });

  it('says where each value comes from', () => {
    const { design, resolved } = check(smallDesign);
    const text = explainDesign(design!, resolved!, new Set(Object.keys(parseToml(smallDesign).value as object)));
    expect(text).toMatch(/^steps = 6\s+# file$/m);
    expect(text).toMatch(/^learning_rate = 0.0005\s+# default$/m);
    expect(text).toMatch(/^weight = 2\s+# file$/m);
    expect(check(text).resolved).toEqual(resolved);
  });

  it('understands the short names of parameters', () => {
    const { design, resolved, problems } = check(smallDesign.replace('reference = ', 'fp = "ap"\nref = '));
    expect(problems).toEqual([]);
    expect(resolved?.objectives[1].parameters).toMatchObject({ reference: drugNames().celecoxib, fingerprint: 'ap' });
    const text = explainDesign(design!, resolved!, new Set());
    expect(text).toMatch(/^reference = "celecoxib"\s+# file$/m);
    expect(text).toMatch(/^fingerprint = "ap"\s+# file$/m);
    expect(text).toMatch(/^measure = "bits"\s+# default$/m);
  });

  it('has steps and tables, told by their own keys, explained and saved', () => {
    const source = `${smallDesign}\n[[objective]]\nid = "logp"\npoints = [[0, 0], [3, 1], [5, 0.2]]\n\n[[objective]]\nid = "rings"\nat_least = 2\n`;
    const { design, resolved, problems: none } = check(source);
    expect(none).toEqual([]);
    expect(resolved?.objectives.slice(2).map(({ goal, detail }) => ({ goal, detail }))).toEqual([
      {
        goal: {
          kind: 'table',
          points: [
            [0, 0],
            [3, 1],
            [5, 0.2],
          ],
        },
        detail: 'by a table of 3 points from 0 to 5',
      },
      { goal: { kind: 'step', side: 'at_least', threshold: 2, tolerance: 1 }, detail: 'at least 2' },
    ]);
    const text = explainDesign(design!, resolved!, new Set());
    expect(text).toMatch(/^points = .*\s+# file$/m);
    expect(text).toMatch(/^at_least = 2\s+# file$/m);
    expect(check(text).resolved).toEqual(resolved);
    expect(check(designToml(design!)).resolved).toEqual(resolved);
  });

  it('takes the defaults of a score where a goal omits its numbers, or fits them on request, and says so', () => {
    const source = smallDesign.replace(JSON.stringify(tinyPrior), '"druglike"');
    const { design, resolved } = check(source);
    expect(resolved!.objectives[0]).toMatchObject({ goal: { from: 0.4, to: 0.9 } });
    expect(resolved!.objectives[0].fitted).toBeUndefined();
    expect(explainDesign(design!, resolved!, new Set())).toMatch(/^from = 0.4\s+# default of qed$/m);
    expect(thresholdTexts(design!, resolved!)[0]).toBe(
      'Drug-likeness (QED): higher, from = 0.4 (default of qed), to = 0.9 (default of qed)',
    );

    const fitted = checkToml(source, checkContext(chemistry, folder, true));
    const { from, to } = fitted.resolved!.objectives[0].goal as { from: number; to: number };
    expect([from, to]).toEqual([expect.closeTo(0.81, 1), expect.closeTo(0.93, 1)]);
    // With a reference of one's own nothing was measured before: the objective's defaults hold.
    expect(fitted.resolved!.objectives[1]).toMatchObject({ goal: { from: 0.2, to: 0.6 } });
    expect(fitted.resolved!.objectives[1].fitted).toBeUndefined();
    const text = explainDesign(fitted.design!, fitted.resolved!, new Set());
    expect(text).toMatch(/^from = 0.81\s+# fitted to the prior's samples$/m);
    expect(text).toMatch(/^from = 0.2\s+# default of similarity$/m);
  });

  const examples = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.toml'));
  it.each(examples)('states every number of a goal in the example %s', (file) => {
    const { design, resolved } = check(readFileSync(join(root, 'examples', file), 'utf8'));
    expect(thresholdTexts(design!, resolved!).filter((text) => text.includes('(default'))).toEqual([]);
  });

  it('has limits of three kinds', () => {
    const limits = ['max = 0', 'max = 0\ntolerance = 1', 'enforce = "learned"\nmax = 0\nallowed = 0.1']
      .map((keys) => `\n[[constraint]]\nid = "alerts"\n${keys}\n`)
      .join('');
    const { design, resolved } = check(smallDesign + limits);
    expect(resolved?.constraints.map(({ tolerance, learned }) => ({ tolerance, learned }))).toEqual([
      { tolerance: 0 },
      { tolerance: 1 },
      { tolerance: 0, learned: { start: 0, rate: 0.5, allowed: 0.1 } },
    ]);
    const text = explainDesign(design!, resolved!, new Set());
    expect(text).toMatch(/^enforce = "learned"\s+# file$/m);
    expect(text).toMatch(/^rate = 0.5\s+# default$/m);
    expect(check(text).resolved).toEqual(resolved);
  });

  it('sets implausible molecules aside unless it says otherwise or its generator writes no drug-like ones', () => {
    const start = smallDesign.slice(0, smallDesign.indexOf('[run]'));
    const rest = smallDesign.slice(start.length);
    const limits = (prior: string, generate = '') =>
      check(start.replace(/prior = .*/, `prior = "${prior}"`) + generate + rest).resolved?.constraints;
    expect(limits('druglike')).toMatchObject([
      { id: 'implausible', max: 0, tolerance: 0, parameters: { accepted: '' } },
    ]);
    expect(limits('druglike', '[generate]\nrealism = false\n')).toEqual([]);
    expect(limits('qm9')).toEqual([]);
    expect(limits('qm9', '[generate]\nrealism = true\n')).toHaveLength(1);
    expect(limits('druglike', '[generate]\nscaffold = "c1ccccc1[*:1]"\n')).toMatchObject([
      { parameters: { accepted: expect.stringContaining('c1ccccc1') as string } },
    ]);
    expect(problems(start + '[generate]\nrealism = 3\n' + rest)).toEqual([
      expect.stringMatching(/generate.realism: realism = 3 is not possible: it must be true or false\.$/),
    ]);
  });

  it('has a name in any script', () => {
    expect(check(smallDesign.replace(/name = .*/, 'name = " 🧪 新薬 "')).design?.name).toBe('🧪 新薬');
  });

  it('survives being saved', () => {
    const { design, resolved } = check(smallDesign);
    expect(check(designToml(design!)).resolved).toEqual(resolved);
  });
});

it.each(catalogue)('a parameter of $id is never mistaken for a key of goals and limits', ({ parameters }) => {
  const reserved: readonly string[] = [...OBJECTIVE_KEYS, ...CONSTRAINT_KEYS];
  expect(Object.keys(parameters.shape).filter((name) => reserved.includes(name))).toEqual([]);
});

describe('a bad design', () => {
  const change = (from: string | RegExp, to: string) => smallDesign.replace(from, to);
  const cases: [string, string, RegExp][] = [
    ['an empty file', '', /^1 : The file is empty/],
    ['broken TOML', 'name = "x"\nprior = \n', /^2 : Not valid TOML at column \d+/],
    ['an unknown key', change('prior =', 'proir ='), /^2 proir: Unknown key "proir"\. Did you mean "prior"/],
    [
      'a name of spaces',
      change(/name = .*/, 'name = "  "'),
      /^1 name: "name" cannot be "  ": a name has at least one letter/,
    ],
    [
      'a name that is far too long',
      change(/name = .*/, `name = "${'n'.repeat(9998)}"`),
      /^1 name: "name" cannot be "n{59}… \(10000 characters\): a name has 120 characters at most\.$/,
    ],
    ['no objectives', 'name = "x"\n', /objective/],
    [
      'an unknown objective',
      change('"qed"', '"qde"'),
      /^12 objective\.0\.id: There is no objective "qde"\. Did you mean "qed"/,
    ],
    [
      'an unknown parameter',
      change('reference =', 'referense ='),
      /^16 objective\.1\.referense: Unknown key "referense" of "similarity"\. Did you mean "reference"/,
    ],
    [
      'a bad value under a short name',
      change('reference = "celecoxib"', 'ref = "celecoxib"\nfp = "ecpf4"'),
      /^17 objective\.1\.fp: .* Did you mean "ecfp4"/,
    ],
    [
      'an unknown choice of a setting',
      change('batch = 16', 'method = "iterativ"'),
      /^7 run\.method: .* Did you mean "iterative"/,
    ],
    [
      'a seed, which runs have',
      change('batch =', 'seed ='),
      /^7 run\.seed: A design holds no seed: each run has its own/,
    ],
    [
      'an unknown setting',
      change('batch =', 'bach ='),
      /^7 run\.bach: There is no setting "bach"\. Did you mean "batch"/,
    ],
    [
      'a setting of the wrong type',
      change('batch = 16', 'batch = "many"'),
      /^7 run\.batch: batch = "many" is not possible/,
    ],
    [
      'weights that sum to 0',
      change('weight = 2', 'weight = 0').replace('id = "qed"', 'id = "qed"\nweight = 0'),
      /^13 objective\.0\.weight: All weights are 0/,
    ],
    [
      'a negative weight',
      change('weight = 2', 'weight = -1'),
      /^17 objective\.1\.weight: A weight must be 0 or more, not -1/,
    ],
    [
      'm > T',
      change('merge_every = 2', 'merge_every = 8'),
      /^6 run\.merge_every: merge_every = 8 is more than steps = 6/,
    ],
    [
      'M > N',
      change('batch = 16', 'batch = 16\nexperts_a_round = 3'),
      /^8 run\.experts_a_round: experts_a_round = 3 is more than the 2 objectives/,
    ],
    [
      'a range the wrong way round',
      change('id = "qed"', 'id = "qed"\nrange = [3, 1]'),
      /^13 objective\.0\.range: The range of "qed" is in the wrong order/,
    ],
    [
      'a range that nothing reaches',
      change('id = "qed"', 'id = "qed"\nrange = [2, 3]'),
      /^13 objective\.0\.range: No molecule can reach 2 to 3/,
    ],
    [
      'a number that is not finite',
      change('id = "qed"', 'id = "qed"\nfrom = inf'),
      /^13 objective\.0\.from: "from" of objective 1 cannot be Infinity/,
    ],
    [
      'a table the wrong way round',
      change('id = "qed"', 'id = "qed"\npoints = [[0.9, 1], [0.1, 0]]'),
      /^13 objective\.0\.points: The raw values of the table of "qed" must increase/,
    ],
    [
      'a table of words',
      change('id = "qed"', 'id = "qed"\npoints = [["low", 0]]'),
      /^13 objective\.0\.points\.0\.0: .* cannot be "low"/,
    ],
    [
      'a limit of an unknown kind',
      `${smallDesign}\n[[constraint]]\nid = "alerts"\nmax = 0\nenforce = "lernd"\n`,
      /^22 constraint\.0\.enforce: Limit 1 \(alerts\): A constraint cannot be "lernd"\. Did you mean "learned"/,
    ],
    [
      'a rate of a hard limit',
      `${smallDesign}\n[[constraint]]\nid = "alerts"\nmax = 0\nrate = 1\n`,
      /^22 constraint\.0\.rate: Limit 1 \(alerts\): "rate" is only for enforce = "learned"/,
    ],
    [
      'a reference that does not parse',
      change('"celecoxib"', '"CC(C"'),
      /^16 objective\.1\.reference: "CC\(C" is neither a valid SMILES, nor a known name/,
    ],
    ['a mistyped name', change('"celecoxib"', '"celecoxip"'), /The nearest known name is "celecoxib"/],
    [
      'a missing reference',
      change('reference = "celecoxib"\n', ''),
      /^1[45] objective\.1(\.reference)?: .*needs the parameter "reference"/,
    ],
    [
      'the same objective twice',
      `${smallDesign}\n[[objective]]\nid = "qed"\n`,
      /objective\.2\.id: "qed" with the same parameters is already objective 1/,
    ],
    [
      'a missing prior',
      change(tinyPrior, 'nowhere.safetensors'),
      /^2 prior: There is no generator "nowhere\.safetensors"/,
    ],
  ];
  it.each(cases)('%s', (_what, source, expected) => {
    const found = problems(source);
    expect(
      found.some((one) => expected.test(one)),
      found.join('\n'),
    ).toBe(true);
    expect(check(source).resolved).toBeNull();
  });

  it('reports every problem at once, in the order of lines', () => {
    const { problems: found } = check(
      change('"qed"', '"qde"').replace('weight = 2', 'weight = -1').replace('batch', 'bach'),
    );
    expect(found.map(({ line }) => line)).toEqual([7, 12, 17]);
  });

  it('names the file and the line in one message', () => {
    const file = designFile(folder, change('"qed"', '"qde"'), 'bad.toml');
    expect(() => readDesignFile(file, chemistry)).toThrow(InputError);
    expect(() => readDesignFile(file, chemistry)).toThrow(`${file}:12: There is no objective "qde".`);
  });

  it('refuses a truncated prior', () => {
    const damaged = join(folder, 'damaged.safetensors');
    copyFileSync(tinyPrior, damaged);
    truncateSync(damaged, Math.floor(readFileSync(tinyPrior).length / 2));
    expect(problems(change(tinyPrior, damaged))[0]).toMatch(
      /^2 prior: .*cannot be used as a generator\. The checkpoint is truncated/,
    );
  });
});
