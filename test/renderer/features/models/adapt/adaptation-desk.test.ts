/** @file The desk on which a generator is adapted: its requests to the host, and how it follows the training. */
import { describe, expect, it } from 'vitest';
import { describeCurve, lossCurve } from '../../../../../renderer/features/models/adapt/adaptation-curve.ts';
import { AdaptationDesk } from '../../../../../renderer/features/models/adapt/adaptation-desk.svelte.ts';
import { createClient } from '../../../../../renderer/link/client.ts';
import { adaptationReport, sequencesInfo } from '../../../fake-adaptation.ts';
import { FakeHost } from '../../../fake-transport.ts';

const file = (text: string, name = 'series.smi') => new File([text], name);

function open(): { host: FakeHost; desk: AdaptationDesk } {
  const host = new FakeHost();
  return { host, desk: new AdaptationDesk(createClient(host, () => undefined)) };
}

describe('the desk', () => {
  it('needs a generator before a file, and reads the file again for another generator', async () => {
    const { host, desk } = open();
    await expect(desk.open(file('CCO'))).rejects.toThrow('Choose a generator first.');
    await desk.choosePrior('druglike');
    expect(host.calls).toEqual([]);
    await desk.open(file('CCO\n'));
    expect(host.calls.at(-1)).toEqual({
      method: 'adaptation.open',
      params: { prior: 'druglike', name: 'series.smi', content: btoa('CCO\n') },
    });
    await desk.choosePrior('moses');
    expect(desk.info).toEqual({ ...sequencesInfo, prior: 'moses' });
  });

  it('discards what was read if another generator cannot read it', async () => {
    const { host, desk } = open();
    await desk.choosePrior('druglike');
    await desk.open(file('CCO\n'));
    host.handlers['adaptation.reopen'] = () => {
      throw new Error('holds molecules');
    };
    await expect(desk.choosePrior('enhancer')).rejects.toThrow('holds molecules');
    expect([desk.info, desk.opening]).toEqual([null, false]);
  });

  it('starts with the requested number of passes, follows, and stops following', async () => {
    const { host, desk } = open();
    const end = desk.follow();
    await desk.start();
    expect(host.calls.at(-1)?.params).toEqual({});
    desk.passes = 3;
    await desk.start();
    expect(host.calls.at(-1)?.params).toEqual({ passes: 3 });
    expect(desk.state.value).toMatchObject({ state: 'running', share: 0.4 });
    host.becomeAdaptation({
      state: 'done',
      file: 'series.smi',
      prior: 'druglike',
      report: adaptationReport,
      kept: null,
    });
    await desk.keep('mine');
    expect(desk.state.value).toMatchObject({ state: 'done', kept: 'mine' });
    end();
    expect(host.subscriptions).toBe(0);
  });
});

describe('the curve', () => {
  it('is described in words, and drawn from one measurement on', () => {
    expect(describeCurve([])).toBe('No measurement yet');
    expect(describeCurve(adaptationReport.curve.slice(0, 1))).toBe(
      'Loss on held-out data before: 0.620 nats per token',
    );
    expect(describeCurve(adaptationReport.curve)).toContain('0.620 nats per token before, 0.414 after 8.0 passes');
    expect(lossCurve(adaptationReport.curve.slice(0, 1), { width: 400, height: 200 }).x?.domain).toEqual([0, 1]);
  });
});
