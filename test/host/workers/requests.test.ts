import { describe, expect, it, vi } from 'vitest';
import { ParameterError } from '../../../engine/base/parameter-error.ts';
import { type Answering, answerQuestions, type Reply, Requests } from '../../../host/workers/requests.ts';

/** Both sides of a channel without a process: what is posted arrives in the next microtask. */
function connected<Q, A, P = never>(
  answer: (question: Q, answering: Answering<P>) => Promise<A>,
  start = () => Promise.resolve(answer),
) {
  const requests = new Requests<A, P>();
  let hear: (message: unknown) => void = () => undefined;
  answerQuestions<Q, A, P>(
    {
      on: (given) => (hear = given),
      post: (reply) => queueMicrotask(() => requests.take(reply as Reply<A, P>)),
    },
    start,
  );
  return {
    requests,
    ask: (question: Q, options?: Parameters<typeof requests.ask>[1]) =>
      requests.ask((id) => hear({ id, question }), options),
    ready: () => requests.ask((id) => hear({ id, start: true })),
  };
}

describe('requests', () => {
  it('match answers by number, in whatever order they come', async () => {
    const requests = new Requests<string>();
    const sent: number[] = [];
    const [first, second] = [requests.ask((id) => void sent.push(id)), requests.ask((id) => void sent.push(id))];
    expect(requests.size).toBe(2);
    requests.answer(sent[1], 'second');
    requests.answer(sent[0], 'first');
    expect([await first, await second]).toEqual(['first', 'second']);
    expect(requests.size).toBe(0);
  });

  it('all fail with the first reason when the other side is lost, and so do later ones', async () => {
    const requests = new Requests<string>();
    const open = [requests.ask(() => undefined), requests.ask(() => undefined)];
    requests.lose(new Error('The process ended with code 1.'));
    requests.lose(new Error('second reason'));
    for (const one of open) await expect(one).rejects.toThrow('The process ended with code 1.');
    const send = vi.fn();
    await expect(requests.ask(send)).rejects.toThrow('The process ended with code 1.');
    expect(send).not.toHaveBeenCalled();
  });

  it('fail when they cannot be sent', async () => {
    const requests = new Requests<string>();
    await expect(
      requests.ask(() => {
        throw new Error('no channel');
      }),
    ).rejects.toThrow('no channel');
    await expect(requests.ask(() => Promise.reject(new Error('closed')))).rejects.toThrow('closed');
    expect(requests.size).toBe(0);
  });

  it('fail with the reason of an abort, and an answer that comes later is passed over', async () => {
    const requests = new Requests<string>();
    const stop = new AbortController();
    let first = 0;
    const aborted = requests.ask((id) => void (first = id), { signal: stop.signal });
    stop.abort(new Error('cancelled'));
    await expect(aborted).rejects.toThrow('cancelled');
    const next = requests.ask((id) => queueMicrotask(() => requests.answer(id, 'own answer')));
    requests.answer(first, 'late answer');
    expect(await next).toBe('own answer');
    const send = vi.fn();
    await expect(requests.ask(send, { signal: stop.signal })).rejects.toThrow('cancelled');
    expect(send).not.toHaveBeenCalled();
  });

  it('call out when the limit passes, and not when the answer came first', async () => {
    vi.useFakeTimers();
    try {
      const requests = new Requests<string>();
      const passed = vi.fn(() => requests.lose(new Error('no answer within 5 s')));
      const quick = requests.ask((id) => requests.answer(id, 'quick'), { limit: { ms: 5000, passed } });
      expect(await quick).toBe('quick');
      vi.advanceTimersByTime(10_000);
      expect(passed).not.toHaveBeenCalled();
      const slow = requests.ask(() => undefined, { limit: { ms: 5000, passed } });
      vi.advanceTimersByTime(4999);
      expect(requests.size).toBe(1);
      vi.advanceTimersByTime(1);
      await expect(slow).rejects.toThrow('no answer within 5 s');
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('answers', () => {
  it('are made one after another, with their own progress', async () => {
    const events: string[] = [];
    const { ask } = connected<string, string, number>(async (question, { progress }) => {
      events.push(`${question} begins`);
      progress(question === 'a' ? 1 : 2);
      await new Promise((resolve) => setImmediate(resolve));
      events.push(`${question} ends`);
      return question.toUpperCase();
    });
    const shares: Record<string, number[]> = { a: [], b: [] };
    const answers = await Promise.all(
      ['a', 'b'].map((one) => ask(one, { onProgress: (share) => shares[one].push(share) })),
    );
    expect(answers).toEqual(['A', 'B']);
    expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
    expect(shares).toEqual({ a: [1], b: [2] });
  });

  it('that fail fail their own question alone, with name and parameter', async () => {
    const { ask } = connected<string, string>((question) =>
      question === 'bad' ? Promise.reject(new ParameterError('reference', 'not a SMILES')) : Promise.resolve(question),
    );
    const [bad, good] = [ask('bad'), ask('good')];
    await expect(bad).rejects.toThrow(
      expect.objectContaining({ name: 'ParameterError', parameter: 'reference', message: 'not a SMILES' }),
    );
    expect(await good).toBe('good');
  });

  it('wait for the start, and all fail with its error', async () => {
    const started = connected<string, string>((question) => Promise.resolve(question));
    await expect(started.ready()).resolves.toBeNull();
    const failing = connected<string, string>(
      (question) => Promise.resolve(question),
      () => Promise.reject(new Error('no device')),
    );
    await expect(failing.ready()).rejects.toThrow('no device');
    await expect(failing.ask('anything')).rejects.toThrow('no device');
  });
});
