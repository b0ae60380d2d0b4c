/** Replay and the memory of diversity. */
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../engine/generator/random.ts';
import { DiversityMemory, emptyMemory, textKey } from '../../../engine/learn/diversity.ts';
import { Replay } from '../../../engine/learn/replay.ts';

const entry = (canonical: string, reward: number) => ({
  canonical,
  reward,
  tokens: Int32Array.of(0, 1, 0),
  logPrior: -3,
  forced: null,
});

describe('Replay', () => {
  it('keeps the best, one a molecule, older first among equals, and no zero', () => {
    const replay = new Replay(3, []);
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
    );
    const drawn = replay.draw(3, randomStream(1, 2)).map((e) => e.canonical);
    expect(new Set(drawn).size).toBe(3);
    expect(new Replay(10, replay.entries).draw(3, randomStream(1, 2)).map((e) => e.canonical)).toEqual(drawn);
    expect(replay.draw(9, randomStream(1)).length).toBe(5);
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
