/** Scaffolds kept by random writing: whatever a generator would choose, the grammar holds. */
import { beforeAll, describe, expect, it, test } from 'vitest';
import type { Rdkit } from '../../../engine/chem/rdkit.ts';
import { scaffoldTemplate } from '../../../engine/chem/scaffold-template.ts';
import { Purpose, type RandomStream, randomStream } from '../../../engine/generator/random.ts';
import { scaffoldGuide } from '../../../engine/generator/scaffold-guide.ts';
import { smilesVocabulary } from '../../../engine/generator/smiles-kinds.ts';
import { scaffoldSmarts } from '../../../engine/objectives/families/scaffold-match.ts';
import { loadRdkitFromDisk } from '../../../host/chemistry/chemistry.ts';

const vocabulary =
  '<s> c C ( ) 1 O 2 = N n 3 S F - [C@@H] [C@H] o s Cl 4 [nH] [O-] / # [NH+] [N+] Br [NH2+] \\ 5 [n+]'.split(' ');
/** Without aromatic atoms the grammar sees everything. */
const saturated = vocabulary.filter((token) => !/^\[?[a-z]/.test(token));
const context = 96;
const draws = 150;

let rdkit: Rdkit;
beforeAll(async () => {
  rdkit = await loadRdkitFromDisk();
});

/** Draws uniformly among what is allowed. @returns null where the sequence did not end */
function write(template: string, random: RandomStream, tokens = vocabulary): string | null {
  const guide = scaffoldGuide(template, { vocabulary: tokens, context })(random);
  let text = '';
  for (let length = 0; length < context; length++) {
    const allowed = [...guide.allowed()!].flatMap((may, id) => (may === 1 ? [id] : []));
    if (allowed.length === 0) throw new Error(`Nothing may follow ${text}`);
    const token = allowed[Math.floor(random.uniform() * allowed.length)];
    guide.push(token);
    if (token === 0) return text;
    text += tokens[token];
  }
  return null;
}

interface Judged {
  readonly text: string | null;
  readonly valid: boolean;
  readonly keeps: boolean;
}

function judge(text: string | null, smarts: string): Judged {
  const molecule = text === null ? null : rdkit.parse(text);
  if (!molecule) return { text, valid: false, keeps: false };
  const pattern = rdkit.pattern(smarts);
  const keeps = molecule.has(pattern);
  pattern.dispose();
  molecule.dispose();
  return { text, valid: true, keeps };
}

function canonical(smiles: string): string {
  const molecule = rdkit.parse(smiles);
  if (!molecule) throw new Error(`${smiles} does not parse`);
  const text = molecule.canonical;
  molecule.dispose();
  return text;
}

describe.each([
  ['[*:1]c1nc2ccccc2n1[*:2]', vocabulary, 0.1],
  ['c1ccncc1', vocabulary, 0.1],
  ['O=C1N([*:1])CCN1[*:2]', saturated, 0.95],
  ['N[C@@H](C=[*:1])C(=O)[*:2]', saturated, 0.95],
  ['CC(C)O', saturated, 0.95],
])('%s', (scaffold, tokens, leastValid) => {
  it('is kept, and what is written ends and is a molecule', () => {
    const template = scaffoldTemplate(scaffold, rdkit);
    const smarts = scaffoldSmarts(canonical(scaffold));
    const judged = Array.from({ length: draws }, (_, i) =>
      judge(write(template, randomStream(1, Purpose.sample, i), tokens), smarts),
    );
    expect(judged.filter(({ valid, keeps }) => valid && !keeps)).toEqual([]);
    expect(judged.filter(({ text }) => text === null).length / draws).toBeLessThan(0.05);
    expect(judged.filter(({ valid }) => valid).length / draws).toBeGreaterThan(leastValid);
  });
});

test('nothing is attached where no point is, and something at each point', () => {
  for (let i = 0; i < draws; i++) {
    const text = write('F*', randomStream(2, Purpose.sample, i));
    expect(text ?? 'FC').toMatch(/^F[^F]|^FF$/);
    expect(text).not.toBe('F');
    expect(write('FC(F)(F)Cl', randomStream(3, Purpose.sample, i))).toBe('FC(F)(F)Cl');
  }
});

test('the tokens of the scaffold are forced', () => {
  const guide = scaffoldGuide('OC(*)F', { vocabulary, context })(randomStream(1, Purpose.sample, 0));
  const only = () => [...guide.allowed()!].flatMap((may, id) => (may === 1 ? [vocabulary[id]] : []));
  for (const token of ['O', 'C', '(']) {
    expect(only()).toEqual([token]);
    guide.push(vocabulary.indexOf(token));
  }
  expect(only()).not.toContain(')');
  expect(only()).not.toContain('=');
  guide.push(vocabulary.indexOf('F'));
  expect(only()).toEqual([')']);
});

test('what the generator cannot write is refused', () => {
  expect(() => scaffoldGuide('C[Si](C)C*', { vocabulary, context })).toThrow(
    /"\[Si\]" at position 2 of C\[Si\]\(C\)C\*/,
  );
  expect(() => scaffoldGuide(`${'C'.repeat(94)}*`, { vocabulary, context })).toThrow(
    'The scaffold takes 96 of the 96 tokens',
  );
});

test.each([
  ['C', 4, false],
  ['c', 3, true],
  ['[nH]', 2, true],
  ['n', 3, true],
  ['o', 2, true],
  ['[O-]', 1, false],
  ['[NH+]', 3, false],
  ['[N+]', 4, false],
  ['[NH3+]', 1, false],
  ['[C@@H]', 3, false],
  ['[S@]', 6, false],
  ['[S+]', 3, false],
  ['Cl', 1, false],
  ['[C-]', 3, false],
  ['[n+]', 3, true],
])('%s can have %i bonds', (text, bonds, aromatic) => {
  expect(smilesVocabulary(['<s>', text]).tokens[1]).toMatchObject({ kind: 'atom', bonds, aromatic });
});
