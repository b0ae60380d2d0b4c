/** Families of near-identical DNA: who falls together and who does not. */
import { describe, expect, it } from 'vitest';
import { iupacReverseComplement } from '../../../engine/dna/iupac.ts';
import { familyKey } from '../../../engine/dna/sketch.ts';
import { type RandomStream, randomStream } from '../../../engine/generator/random.ts';

const bases = (n: number, random: RandomStream) => Array.from({ length: n }, () => 'ACGT'[random.below(4)]).join('');

function mutated(sequence: string, times: number, random: RandomStream): string {
  const letters = [...sequence];
  for (let i = 0; i < times; i++) {
    const at = random.below(letters.length);
    letters[at] = 'ACGT'[('ACGT'.indexOf(letters[at]) + 1 + random.below(3)) % 4];
  }
  return letters.join('');
}

/** Share of 1,000 random sequences whose relative, made by `relate`, has the same key. */
function agreement(relate: (sequence: string, random: RandomStream) => string): number {
  let same = 0;
  for (let i = 0; i < 1000; i++) {
    const random = randomStream(7, i);
    const sequence = bases(200, random);
    if (familyKey(sequence) === familyKey(relate(sequence, random))) same++;
  }
  return same / 1000;
}

describe('familyKey', () => {
  it('is the same for the opposite strand, and mostly for small changes', () => {
    expect(agreement(iupacReverseComplement)).toBe(1);
    expect(agreement((sequence, random) => mutated(sequence, 1, random))).toBeGreaterThan(0.77);
    expect(agreement((sequence, random) => mutated(sequence, 3, random))).toBeGreaterThan(0.45);
  });

  it('differs for sequences that share no more than an adapter', () => {
    const adapter = 'AGGACCGGATCAACT';
    const keys = Array.from({ length: 5000 }, (_, i) => familyKey(adapter + bases(185, randomStream(8, i))));
    expect(new Set(keys).size).toBeGreaterThan(4950);
  });

  it('keeps short sequences apart', () => {
    expect(familyKey('ACGT')).toBe('ACGT');
    expect(familyKey('ACGTACGTAC')).toBe('ACGTACGTAC ACGTACGTAC');
  });
});
