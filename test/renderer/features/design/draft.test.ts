import { describe, expect, it } from 'vitest';
import { designSchema } from '../../../../contract/design-shape.ts';
import { Draft } from '../../../../renderer/features/design/draft.svelte.ts';
import { valuesOf } from '../../../../renderer/features/design/goals/draft-goal.svelte.ts';
import { createClient } from '../../../../renderer/link/client.ts';
import { catalogue, celecoxib, design } from '../../fake-data.ts';
import { FakeHost } from '../../fake-transport.ts';

function draftOf(host = new FakeHost()): Draft {
  return new Draft(
    createClient(host, () => undefined),
    catalogue,
  );
}

describe('Draft', () => {
  it('gives back the design it was loaded with, completed', () => {
    const draft = draftOf();
    expect(draft.load(design)).toEqual([]);
    expect(designSchema.parse(draft.design)).toEqual({
      ...design,
      objective: [
        { id: 'qed', goal: 'higher', from: 0.3, to: 0.9, weight: 0.4 },
        { id: 'sa', goal: 'lower', from: 2, to: 5, weight: 0.2 },
        { id: 'logp', goal: 'range', range: [1, 3], tolerance: 1, weight: 0.15 },
        {
          id: 'similarity',
          label: 'Like celecoxib',
          goal: 'higher',
          from: 0.1,
          to: 0.6,
          reference: celecoxib,
          weight: 0.25,
        },
      ],
    });
  });

  it('offers and keeps an external scorer for both molecules and DNA', () => {
    const own = { ...catalogue.objectives[0], id: 'command', modality: 'any' as const };
    const draft = new Draft(
      createClient(new FakeHost(), () => undefined),
      { ...catalogue, objectives: [...catalogue.objectives, own] },
    );
    draft.load({ ...design, objective: [], constraint: [] });
    draft.addGoal(own);
    for (const modality of ['molecule', 'dna'] as const) {
      draft.modality = modality;
      expect(draft.objectives).toContain(own);
      expect(draft.design.objective.map(({ id }) => id)).toEqual(['command']);
    }
  });

  it("keeps the molecules' settings while DNA is shown", () => {
    const draft = draftOf();
    draft.load(design);
    const molecules = draft.design;
    draft.modality = 'dna';
    draft.setGenerate('length', 200);
    draft.setGenerate('prefix', 'ACGT');
    draft.clearGenerate('prefix');
    expect(draft.design).toMatchObject({
      modality: 'dna',
      prior: 'enhancer',
      generate: { length: 200 },
      objective: [],
      constraint: [],
    });
    expect(draft.generateParameters.map(({ name }) => name)).toEqual(['length', 'prefix']);
    expect(draft.objectives.every(({ modality }) => modality === 'dna')).toBe(true);
    draft.modality = 'molecule';
    expect(draft.design).toEqual(molecules);
  });

  it('starts a goal with its own numbers, and fits them to the generator on request alone', () => {
    const draft = draftOf();
    draft.load({ ...design, objective: [{ id: 'qed' }, { id: 'logp', range: [1, 3] }] });
    expect(draft.goals[0].goal).toEqual({ kind: 'higher', from: 0.3, to: 0.9 });
    const fitted = { higher: { from: 0.76, to: 0.91 }, tolerance: 0.8 };
    for (const goal of draft.goals) goal.fit(fitted);
    expect(draft.goals[0].goal).toEqual({ kind: 'higher', from: 0.76, to: 0.91 });
    expect(draft.goals[1].goal).toEqual({ kind: 'range', low: 1, high: 3, tolerance: 0.8 });
    draft.goals[0].setKind('lower');
    expect(draft.goals[0].goal).toEqual({ kind: 'lower', from: 0.3, to: 0.9 });
    draft.goals[0].setGoal({ kind: 'lower', from: 0.1, to: 0.5 });
    expect(draft.goals[0].goal).toEqual({ kind: 'lower', from: 0.1, to: 0.5 });
  });

  it('starts with the limits of its generator, and changes them with it until the user does', () => {
    const [druglike] = catalogue.priors;
    const priors = [
      { ...druglike, limits: [{ id: 'mw', min: 250, max: 500 }] },
      { ...druglike, name: 'small', realism: false },
    ];
    const client = createClient(new FakeHost(), () => undefined);
    const draft = new Draft(client, { ...catalogue, priors });
    expect(draft.design.constraint).toEqual([{ id: 'mw', min: 250, max: 500 }]);
    draft.prior = 'small';
    expect(draft.design.constraint).toEqual([]);
    draft.prior = 'druglike';
    expect(draft.design.constraint).toEqual([{ id: 'mw', min: 250, max: 500 }]);
    draft.limits[0].setNumber('max', 450);
    draft.prior = 'small';
    expect(draft.design.constraint).toEqual([{ id: 'mw', min: 250, max: 450 }]);
  });

  it('names objectives that the catalogue lacks', () => {
    expect(draftOf().load({ ...design, objective: [...design.objective, { id: 'docking' }] })).toEqual(['docking']);
  });

  it('keeps the tolerance of a limit, and removes an emptied bound', () => {
    const draft = draftOf();
    draft.load({ ...design, constraint: [{ id: 'mw', min: 200, max: 500, tolerance: 25 }] });
    draft.limits[0].setNumber('min', NaN);
    expect(draft.design.constraint).toEqual([{ id: 'mw', enforce: 'soft', max: 500, tolerance: 25 }]);
  });

  it('keeps the numbers of a limit that its new kind uses', () => {
    const draft = draftOf();
    const learned = { id: 'mw', enforce: 'learned', max: 500, tolerance: 25, allowed: 0.1, rate: 1, start: 0.2 };
    draft.load({ ...design, constraint: [learned] });
    expect(draft.design.constraint).toEqual([learned]);
    draft.limits[0].setKind('soft');
    expect(draft.design.constraint).toEqual([{ id: 'mw', enforce: 'soft', max: 500, tolerance: 25 }]);
    draft.limits[0].setKind('hard');
    expect(draft.design.constraint).toEqual([{ id: 'mw', max: 500 }]);
    draft.limits[0].setKind('soft');
    expect(draft.design.constraint[0].tolerance).toBeGreaterThan(0);
  });

  it('restores removed goals and limits unchanged, in their place', () => {
    const draft = draftOf();
    draft.load(design);
    const whole = draft.design;
    draft.goals[1].setWeight(0.9);
    const changed = draft.design;
    const [first, second] = [draft.removeGoal(draft.goals[1]), draft.removeGoal(draft.goals[0])];
    const limit = draft.removeLimit(draft.limits[0]);
    expect(draft.design).toMatchObject({ objective: whole.objective.slice(2), constraint: [] });
    second();
    first();
    limit();
    limit();
    expect(draft.design).toEqual(changed);
  });

  it('calls the host only once the form finds no problem itself', async () => {
    const host = new FakeHost();
    const draft = draftOf(host);
    await draft.checkNow(draft.design);
    expect(host.calls).toEqual([]);
    expect(draft.problems.map(({ path }) => path)).toEqual(['name', 'objective']);
    draft.load(design);
    await draft.checkNow(draft.design);
    expect(draft.ready).toBe(true);
    expect(draft.estimate).toMatchObject({ minutes: 8, minutesARound: 0.1875 });
  });

  it('is not ready while a number is empty', async () => {
    const draft = draftOf();
    draft.load(design);
    draft.goals[2].setGoal({ kind: 'range', low: NaN, high: 3, tolerance: 1 });
    await draft.checkNow(draft.design);
    expect(draft.ready).toBe(false);
    expect(draft.problems).toEqual([{ path: 'objective.2', message: 'Enter every number.' }]);
  });

  it('shows the host’s problems beside their field', async () => {
    const draft = draftOf();
    draft.load(design);
    draft.goals[3].setParameter('reference', '');
    await draft.checkNow(draft.design);
    expect(draft.problems[0].path).toBe('objective[3].reference');
    expect(draft.ready).toBe(false);
  });

  it('reads parameters by their short names too', () => {
    const parameters = [
      { name: 'reference', alias: 'ref', type: 'structure' as const, help: '', default: null, optional: true },
    ];
    expect(valuesOf(parameters, { ref: 'aspirin' })).toEqual({ reference: 'aspirin' });
    expect(valuesOf(parameters, { reference: 'aspirin' })).toEqual({ reference: 'aspirin' });
    expect(valuesOf(parameters, {})).toEqual({});
  });

  it('says why if the host cannot be reached', async () => {
    const host = new FakeHost();
    const draft = draftOf(host);
    draft.load(design);
    host.become({ status: 'lost', retryAt: null });
    await draft.checkNow(draft.design);
    expect(draft.problems).toEqual([{ path: '', message: 'The engine is gone.' }]);
  });

  it('writes only settings that differ from their default', () => {
    const draft = draftOf();
    draft.setSetting('batch', 32);
    draft.setSetting('kl', 0.1);
    draft.clearSetting('batch');
    expect(draft.design.run).toEqual({ kl: 0.1 });
  });

  it('gives a new goal the mean weight of the others', () => {
    const draft = draftOf();
    draft.load(design);
    draft.addGoal(catalogue.objectives[4]);
    expect(draft.goals[4].weight).toBe(0.25);
    expect(draft.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
  });
});
