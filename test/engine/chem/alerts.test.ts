/**
 * @file Structural alerts of every set against Python RDKit (test/fixtures/alerts/make.py):
 * every fifth of 2,000 molecules, all of them with AMALGAM_ALL_MOLECULES=1.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { AlertMatcher, type AlertSet, alertSets, readAlerts, severityScore } from '../../../engine/chem/alerts.ts';
import type { Molecule } from '../../../engine/chem/molecule.ts';
import type { MoleculeContext } from '../../../engine/objectives/molecules.ts';
import { loadMoleculeContext } from '../../../host/chemistry/chemistry.ts';

interface Reference {
  readonly smiles: string;
  readonly hits: Partial<Record<AlertSet, readonly string[]>>;
}

const rows = JSON.parse(
  gunzipSync(readFileSync(new URL('../../fixtures/alerts/alerts.json.gz', import.meta.url))).toString('utf8'),
) as readonly Reference[];
const compared = rows.filter((_, i) => process.env.AMALGAM_ALL_MOLECULES === '1' || i % 5 === 0);
let context: MoleculeContext;
beforeAll(async () => {
  context = await loadMoleculeContext();
});

function withMolecule<T>(smiles: string, work: (molecule: Molecule) => T): T {
  const molecule = context.rdkit.parse(smiles);
  if (!molecule) throw new Error(`${smiles} does not parse`);
  try {
    return work(molecule);
  } finally {
    molecule.dispose();
  }
}

test('the same alerts as Python RDKit, in every set', () => {
  const matchers = alertSets.map((set) => ({ set, matcher: new AlertMatcher(context.alerts, [set]) }));
  const wrong = compared.flatMap(({ smiles, hits }) =>
    withMolecule(smiles, (molecule) =>
      matchers.flatMap(({ set, matcher }) => {
        const found = matcher
          .alerts(molecule)
          .map(({ name }) => name)
          .sort();
        const expected = [...(hits[set] ?? [])].sort();
        return found.join('; ') === expected.join('; ')
          ? []
          : [`${smiles}, ${set}: ${found.join('; ')}, Python ${expected.join('; ')}`];
      }),
    ),
  );
  expect(wrong).toEqual([]);
  for (const set of alertSets) expect(compared.filter(({ hits }) => hits[set]).length, set).toBeGreaterThan(3);
}, 120_000);

test('hits have their atoms, and a pattern that must match several times does', () => {
  const aldehydes = new AlertMatcher(context.alerts, ['brenk']);
  withMolecule('O=Cc1ccccc1', (molecule) => {
    const [hit, ...rest] = aldehydes.hits(molecule);
    expect(hit).toMatchObject({ set: 'brenk', name: 'aldehyde', matches: [[0, 1]] });
    expect(rest).toEqual([]);
  });
  const twice = new AlertMatcher([{ set: 'nibr', name: 'chlorines', smarts: 'Cl', least: 2, severity: 1 }], ['nibr']);
  withMolecule('ClCC', (molecule) => expect(twice.alerts(molecule)).toEqual([]));
  withMolecule('ClCCCl', (molecule) => expect(twice.hits(molecule)[0].matches).toEqual([[0], [3]]));
});

test('NIBR severities add up, and one that excludes decides', () => {
  const alert = (severity: number) => ({ set: 'nibr', name: 'x', smarts: 'C', least: 1, severity }) as const;
  expect(severityScore([])).toBe(0);
  expect(severityScore([alert(0), alert(1), alert(1)])).toBe(2);
  expect(severityScore([alert(1), alert(2)])).toBe(10);
});

test('a bad line of the table is named', () => {
  expect(() => readAlerts('brenk\tx\tC\t1\t\nbrunk\ty\tN\t1\t')).toThrow('Line 2');
  expect(() => readAlerts('brenk\tx\tC')).toThrow('Line 1');
});
