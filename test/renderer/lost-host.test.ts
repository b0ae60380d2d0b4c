/**
 * @file State that survives a lost connection: files sent again to a restarted host; drawings, previews and blends
 * requested again.
 */
import { describe, expect, it, vi } from 'vitest';
import { ContractError } from '../../contract/api.ts';
import { Drawing } from '../../renderer/components/draw/drawing.svelte.ts';
import { GoalPreview } from '../../renderer/features/design/goals/preview.svelte.ts';
import { AdaptationDesk } from '../../renderer/features/models/adapt/adaptation-desk.svelte.ts';
import { PredictorDesk } from '../../renderer/features/models/train/predictor-desk.svelte.ts';
import { MeasuredSurface } from '../../renderer/features/steer/surface.svelte.ts';
import { createClient } from '../../renderer/link/client.ts';
import { Steering } from '../../renderer/state/steer.svelte.ts';
import { measuredSurface } from './fake-steering.ts';
import { FakeHost } from './fake-transport.ts';

const file = (name: string): File => new File(['CCO\n'], name);
const asked = (host: FakeHost): string[] => host.calls.map(({ method }) => method);
const lose = (host: FakeHost): void => host.become({ status: 'lost', retryAt: null });
const back = (host: FakeHost): void => host.become({ status: 'open', retryAt: null });

/** A restarted host, which has no file until it is sent one. */
function forget(
  host: FakeHost,
  sending: 'adaptation.open' | 'predictor.openTable',
  using: 'adaptation.reopen' | 'predictor.inspect',
): void {
  const { [sending]: send, [using]: use } = host.handlers as unknown as Record<string, (params: unknown) => unknown>;
  let sent = false;
  Object.assign(host.handlers, {
    [sending]: (params: unknown) => {
      sent = true;
      return send(params);
    },
    [using]: (params: unknown) => {
      if (!sent) throw new ContractError('conflict', 'Choose a file first.');
      return use(params);
    },
  });
}

describe('own data', () => {
  it('for a generator are sent again to a restarted host only', async () => {
    const host = new FakeHost();
    const desk = new AdaptationDesk(createClient(host, () => undefined));
    await desk.choosePrior('druglike');
    await desk.open(file('series.smi'));
    desk.passes = 3;
    desk.follow();
    await vi.waitFor(() => expect(asked(host).at(-1)).toBe('adaptation.reopen'));
    forget(host, 'adaptation.open', 'adaptation.reopen');
    desk.follow();
    await vi.waitFor(() => expect(asked(host).slice(-2)).toEqual(['adaptation.reopen', 'adaptation.open']));
    await vi.waitFor(() => expect(desk.opening).toBe(false));
    expect([desk.info?.name, desk.passes]).toEqual(['series.smi', 3]);
  });

  it('are no longer shown as chosen if they cannot be sent again', async () => {
    const host = new FakeHost();
    const desk = new AdaptationDesk(createClient(host, () => undefined));
    await desk.choosePrior('druglike');
    await desk.open(file('series.smi'));
    forget(host, 'adaptation.open', 'adaptation.reopen');
    host.handlers['adaptation.open'] = () => {
      throw new ContractError('failed', 'No room.');
    };
    desk.follow();
    await vi.waitFor(() => expect(desk.info).toBeNull());
  });

  it('for a predictor are sent again to a restarted host, with the chosen columns', async () => {
    const host = new FakeHost();
    const desk = new PredictorDesk(createClient(host, () => undefined));
    await desk.open(file('table.csv'));
    await desk.chooseColumn('other');
    await desk.say({ unit: 'nM' });
    forget(host, 'predictor.openTable', 'predictor.inspect');
    desk.follow();
    await vi.waitFor(() =>
      expect(asked(host).slice(-3)).toEqual(['predictor.inspect', 'predictor.openTable', 'predictor.inspect']),
    );
    await vi.waitFor(() => expect(desk.report.error).toBeUndefined());
    expect([desk.column, desk.choice, host.calls.at(-1)?.params]).toEqual([
      'other',
      { unit: 'nM' },
      { column: 'other', structure: desk.structure, unit: 'nM' },
    ]);
  });
});

describe('requests that a lost connection interrupted', () => {
  it('a drawing is read once the host responds, as it was typed last', async () => {
    const host = new FakeHost();
    const drawing = new Drawing(
      createClient(host, () => undefined),
      'structure',
    );
    lose(host);
    await drawing.read('CC');
    await drawing.read('CCO');
    expect([drawing.ready, drawing.problem]).toEqual([false, expect.stringContaining('Nothing is lost.')]);
    back(host);
    await drawing.resume();
    expect([drawing.ready, drawing.text, drawing.problem]).toEqual([true, 'CCO', undefined]);
    const { length } = host.calls;
    await drawing.resume();
    expect(host.calls).toHaveLength(length);
  });

  it('a preview is requested again for the same goal', async () => {
    const host = new FakeHost();
    const preview = new GoalPreview(createClient(host, () => undefined));
    const question = { modality: 'molecule', prior: 'druglike', id: 'qed', parameters: {} } as const;
    lose(host);
    await preview.ask(question);
    expect(preview.error?.code).toBe('host-lost');
    back(host);
    preview.askSoon(question);
    await vi.waitFor(() => expect(preview.value).toBeDefined());
    expect(preview.error).toBeUndefined();
  });

  it('a blend is sampled automatically, with the requested weights', async () => {
    const host = new FakeHost();
    const steering = new Steering(
      createClient(host, () => undefined),
      1,
      [1, 1, 1, 1],
      1,
    );
    lose(host);
    await steering.sample(100);
    expect(steering.failure?.error.code).toBe('host-lost');
    back(host);
    await steering.retry();
    expect([steering.failure, steering.latest?.weights]).toEqual([undefined, [0.25, 0.25, 0.25, 0.25]]);
  });

  it('a comparison is made automatically; the last one stays until then', async () => {
    const host = new FakeHost();
    const steering = new Steering(
      createClient(host, () => undefined),
      1,
      [1, 1, 1, 1],
      1,
    );
    for (const name of ['One', 'Other']) {
      await steering.sample(10);
      await steering.keep(steering.latest!.blendId, name);
    }
    const [other, one] = steering.kept.value!;
    await steering.compare([one, other]);
    lose(host);
    await steering.compare([other, one]);
    expect([steering.failure?.what, steering.pair?.names]).toEqual(['comparison', ['One', 'Other']]);
    back(host);
    await steering.retry();
    expect([steering.failure, steering.pair?.names]).toEqual([undefined, ['Other', 'One']]);
  });

  it('a surface is measured once the host responds, unless it had received the request', async () => {
    const host = new FakeHost();
    const surface = new MeasuredSurface(
      createClient(host, () => undefined),
      1,
    );
    lose(host);
    await surface.measure(4);
    expect(surface.error?.code).toBe('host-lost');
    back(host);
    await surface.retry();
    expect([surface.error, surface.job?.done]).toEqual([undefined, 0]);
    lose(host);
    await surface.measure(4);
    back(host);
    const { length } = asked(host);
    await surface.retry();
    expect([surface.error, asked(host).slice(length)]).toEqual([undefined, ['surface.get']]);
  });

  it('the rest of a surface is measured after its host ended, and of no other', async () => {
    const host = new FakeHost();
    const surface = new MeasuredSurface(
      createClient(host, () => undefined),
      1,
    );
    const whole = measuredSurface.surface!;
    const part = { ...whole, measured: whole.measured.slice(0, 2) };
    host.becomeSurface({ surface: part, job: null, problem: null });
    const catchUp = async (): Promise<string[]> => {
      const { length } = asked(host);
      surface.follow()();
      await vi.waitFor(() => expect(surface.resource.loading).toBe(false));
      await Promise.resolve();
      return asked(host).slice(length);
    };
    expect(await catchUp()).toEqual(['surface.get']);
    await surface.measure(4);
    surface.resource.set({ surface: part, job: { done: 2, settings: 5, secondsLeft: 9 }, problem: null });
    host.becomeSurface({ surface: part, job: null, problem: null });
    expect(await catchUp()).toEqual(['surface.get', 'surface.measure']);
    expect(host.calls.at(-1)?.params).toEqual({ runId: 1, reach: 4 });
  });
});
