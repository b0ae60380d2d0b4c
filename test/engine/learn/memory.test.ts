/** Replay memories, own and shared, and the memory of diversity. */
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../engine/generator/random.ts';
import { DiversityMemory, emptyMemory, textKey } from '../../../engine/learn/diversity.ts';
import { type Find, mergeShared, openMemory } from '../../../engine/learn/remembered.ts';
import { Replay } from '../../../engine/learn/replay.ts';
import type { ExpertJob, Judgement, SharedEntry } from '../../../engine/learn/types.ts';
import { toyRequest } from '../soup/toy.ts';

const entry = (canonical: string, reward: number) => ({
  canonical,
  reward,
  tokens: Int32Array.of(0, 1, 0),
  logPrior: -3,
  forced: null,
});

const byReward = ({ reward }: { readonly reward: number }) => reward;

describe('Replay', () => {
  it('keeps the best, one a molecule, older first among equals, and no zero', () => {
    const replay = new Replay<ReturnType<typeof entry>>(3, [], byReward);
    replay.add([entry('CC', 0.2), entry('CO', 0.5), entry('CN', 0)]);
    replay.add([entry('CC', 0.7), entry('CS', 0.5), entry('CF', 0.1), entry('CO', 0.4)]);
    expect(replay.entries.map((e) => [e.canonical, e.reward])).toEqual([
      ['CC', 0.7],
      ['CO', 0.5],
      ['CS', 0.5],
    ]);
  });

  it('draws different entries, the same ones for the same stream, and goes on from what was stored', () => {
    const replay = new Replay(
      10,
      [1, 2, 3, 4, 5].map((i) => entry('C'.repeat(i), i / 10)),
      byReward,
    );
    const drawn = replay.draw(3, 'uniform', randomStream(1, 2)).map((e) => e.canonical);
    expect(new Set(drawn).size).toBe(3);
    const again = new Replay(10, replay.entries, byReward).draw(3, 'uniform', randomStream(1, 2));
    expect(again.map((e) => e.canonical)).toEqual(drawn);
    expect(replay.draw(9, 'uniform', randomStream(1)).length).toBe(5);
  });

  it('draws different entries by rank, the best most often', () => {
    const replay = new Replay(
      10,
      Array.from({ length: 10 }, (_, i) => entry(String(i), 1 - i / 20)),
      byReward,
    );
    expect(new Set(replay.draw(10, 'rank', randomStream(1))).size).toBe(10);
    expect(replay.draw(11, 'rank', randomStream(1)).length).toBe(10);
    const [random, draws] = [randomStream(2), 20_000];
    const drawn = Array.from({ length: draws }, () => replay.draw(2, 'rank', random).map((e) => Number(e.canonical)));
    const weights = Array.from({ length: 10 }, (_, rank) => 1 / (0.1 + rank));
    const sum = weights.reduce((a, b) => a + b);
    for (const rank of [0, 1, 9]) {
      const first = weights[rank] / sum;
      const second = weights.reduce(
        (chance, w, other) => chance + (other === rank ? 0 : ((w / sum) * weights[rank]) / (sum - w)),
        0,
      );
      const share = drawn.filter((pair) => pair.includes(rank)).length / draws;
      expect(Math.abs(share - first - second)).toBeLessThan(0.012);
    }
  });

  it('draws pairs of different entries, those of a better rank more often', () => {
    const replay = new Replay(
      10,
      Array.from({ length: 10 }, (_, i) => entry(String(i), 1 - i / 20)),
      byReward,
    );
    const pairs = replay.pairs(20_000, randomStream(1));
    expect(pairs.every(([a, b]) => a !== b)).toBe(true);
    const weights = Array.from({ length: 10 }, (_, rank) => 1 / (0.1 + rank));
    const sum = weights.reduce((a, b) => a + b);
    weights.forEach((weight, rank) => {
      const share = pairs.filter(([a]) => a.canonical === String(rank)).length / pairs.length;
      expect(Math.abs(share - weight / sum)).toBeLessThan(0.012);
    });
    expect(new Replay(10, [entry('CC', 1)], byReward).pairs(3, randomStream(1))).toEqual([]);
  });
});

describe('the shared memory', () => {
  const judgement: Judgement = {
    objectives: [0, 1].map(() => ({ goal: { kind: 'higher', from: 0, to: 1 }, weight: 0.5 })),
    constraints: [{ min: -Infinity, max: 2, tolerance: 0 }],
    aggregate: 'arithmetic',
  };
  const { settings } = toyRequest({ replay_size: 3, replay_sample: 3, replay_memory: 'shared', diversity: true });

  function shared(canonical: string, scores: (number | null)[], more: Partial<SharedEntry> = {}): SharedEntry {
    const total = scores.includes(null) ? null : (scores[0]! + scores[1]!) / 2;
    const { reward, ...kept } = entry(canonical, 1);
    return { ...kept, scaffold: canonical, scores, constraints: [0], total, factor: reward, ...more };
  }
  const find = (one: SharedEntry): Find => ({ ...one, raw: one.scores, reward: 0 });
  const memoryOf = (entries: readonly SharedEntry[], objective: number) =>
    openMemory({
      settings,
      judgement,
      objective,
      multipliers: [0],
      replay: [],
      shared: entries,
    } as Partial<ExpertJob> as ExpertJob);
  const rewards = (entries: readonly SharedEntry[], objective: number) =>
    Object.fromEntries(
      memoryOf(entries, objective)
        .draw(9, randomStream(1))
        .map((one) => [(one as unknown as SharedEntry).canonical, one.reward]),
    );

  it('rewards what it remembers by the goal of who asks, as far as the diversity filter leaves it, and passes over missing', () => {
    const entries = [shared('CC', [1, 0.2]), shared('CO', [0.5, 0.6], { factor: 0.5 }), shared('CN', [null, 0.4])];
    expect(rewards(entries, 0)).toEqual({ CC: 1, CO: 0.25 });
    expect(rewards(entries, 1)).toEqual({ CC: 0.2, CO: 0.3, CN: 0.4 });
  });

  it('keeps the best totals, and nothing that is invalid, incomplete or beyond a hard limit', () => {
    const memory = memoryOf([shared('CC', [0.2, 0.2])], 0);
    const invalid = { ...find(shared('x', [1, 1])), canonical: null };
    memory.add([
      find(shared('CO', [0.9, 0.1])),
      find(shared('CN', [1, 1], { constraints: [3] })),
      find(shared('CS', [1, null])),
      find(shared('CF', [0.8, 0.8], { factor: 0.5 })),
      find(shared('CP', [0.3, 0.1])),
      invalid,
    ]);
    expect(memory.state().shared!.map(({ canonical }) => canonical)).toEqual(['CO', 'CF', 'CC']);
  });

  it('merges the best of all experts, and lets go of scaffolds that have become common', () => {
    const seen = new DiversityMemory(emptyMemory());
    const ring = (i: number) => shared(`${'C'.repeat(i)}N`, [1, 1 - i / 100], { scaffold: 'ring' });
    for (let i = 1; i <= 26; i++) seen.add(ring(i));
    const others = [shared('CC', [0.6, 0.6]), shared('CO', [0.4, 0.4]), shared('CS', [0.2, 0.2])];
    const under = { settings, judgement, multipliers: [0], seen };
    const merged = mergeShared([[ring(1), others[0]], [ring(1), ring(2), others[1]], [others[2]]], under);
    expect(merged.map(({ canonical }) => canonical)).toEqual(['CC', 'CN', 'CCN']);
    expect(merged.map(({ factor }) => factor)).toEqual([1, 0.5, 0.5]);
    const plain = mergeShared([[ring(1)], others], { ...under, settings: { ...settings, diversity: false } });
    expect(plain.map(({ canonical }) => canonical)).toEqual(['CN', 'CC', 'CO']);
  });
});

describe('DiversityMemory', () => {
  const ring = (i: number) => ({ canonical: `${'C'.repeat(i)}c1ccccc1`, scaffold: 'c1ccccc1' });

  it('halves the reward of a repeated molecule each time', () => {
    const memory = new DiversityMemory(emptyMemory());
    expect(memory.factor(ring(1), 25)).toBe(1);
    expect(memory.add(ring(1))).toBe(true);
    expect(memory.factor(ring(1), 25)).toBe(0.5);
    expect(memory.add(ring(1))).toBe(false);
    expect(memory.factor(ring(1), 25)).toBe(0.25);
  });

  it('lowers a scaffold smoothly, to half at the bucket size, other scaffolds not at all', () => {
    const memory = new DiversityMemory(emptyMemory());
    const factors = Array.from({ length: 51 }, (_, i) => {
      const factor = memory.factor(ring(i), 25);
      memory.add(ring(i));
      return factor;
    });
    expect(factors.slice(0, 6).every((f) => f > 0.99)).toBe(true);
    expect(factors[25]).toBeCloseTo(0.5, 12);
    expect(factors[50]).toBeCloseTo(1 / 9, 12);
    expect(factors.every((f, i) => i === 0 || f < factors[i - 1])).toBe(true);
    expect(memory.factor({ canonical: 'C1CCNCC1', scaffold: 'C1CCNCC1' }, 25)).toBe(1);
  });

  it('passes over invalid sequences and comes back from its state', () => {
    const memory = new DiversityMemory(emptyMemory());
    [ring(1), ring(2), ring(1), { canonical: null, scaffold: null }, { canonical: 'CCO', scaffold: '' }].forEach((s) =>
      memory.add(s),
    );
    const again = new DiversityMemory(structuredClone(memory.state()));
    expect([again.molecules, again.scaffolds]).toEqual([3, 2]);
    expect(again.state()).toEqual(memory.state());
    expect(again.factor(ring(1), 25)).toBe(memory.factor(ring(1), 25));
  });

  it('keys texts by whole numbers that differ', () => {
    const keys = new Set(
      Array.from({ length: 20_000 }, (_, i) =>
        textKey(`C${i.toString(3).replaceAll('0', 'c').replaceAll('1', 'N').replaceAll('2', 'O')}`),
      ),
    );
    expect(keys.size).toBe(20_000);
    expect([...keys].every(Number.isSafeInteger)).toBe(true);
  });
});
