/** @file Values of approved drugs: computed once, kept, compared by class. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { comparableClasses, DrugScores, rankIn } from '../../../host/candidates/drug-scores.ts';
import { approvedDrugs, drugClasses, isOfClass } from '../../../host/design/names/drugs.ts';
import { temporaryFolder } from '../tools.ts';

const folder = temporaryFolder();
const weight = { id: 'mw', parameters: {} };

describe('drugs', () => {
  it('have classes', () => {
    const aspirin = approvedDrugs().find(({ name }) => name === 'aspirin');
    expect(aspirin?.codes).toContain('N02BA');
    expect(aspirin && isOfClass(aspirin, 'N02')).toBe(true);
    expect(aspirin && isOfClass(aspirin, 'J')).toBe(false);
    expect(drugClasses().get('N')).toBe('Nervous system');
    const [all, nervous] = ['', 'N'].map((code) => approvedDrugs().filter((drug) => isOfClass(drug, code)).length);
    expect([all, nervous]).toEqual([1764, 282]);
    expect(comparableClasses().find(({ code }) => code === 'N')).toEqual({
      code: 'N',
      name: 'Nervous system',
      count: 282,
    });
  });

  it('are scored once and kept; a class has its own ranks', async () => {
    const [all] = await new DrugScores(folder).comparisons([weight], '');
    expect(all).toHaveLength(1764);
    expect(all).toEqual([...all].sort((a, b) => a - b));
    // The upper median weight of the table by Python RDKit's Descriptors.MolWt.
    expect(all[882]).toBeCloseTo(MEDIAN_WEIGHT, 2);
    expect(rankIn(all, all[882])).toBeCloseTo(50, 0);
    const [file] = readdirSync(folder);
    writeFileSync(join(folder, file), gzipSync(JSON.stringify(approvedDrugs().map((_, i) => (i === 0 ? null : i)))));
    const scores = new DrugScores(folder);
    const [kept, gone] = await scores.comparisons([weight, { id: 'gc', parameters: {} }], '');
    expect(kept).toHaveLength(1763);
    expect(gone).toEqual([]);
    expect(rankIn(gone, 1)).toBeNull();
    expect(rankIn(kept, null)).toBeNull();
    const [nervous] = await scores.comparisons([weight], 'N');
    expect(nervous).toHaveLength(282);
  }, 60_000);

  it('of a class that is not there, or too small, are an error that says what a code is', async () => {
    await expect(new DrugScores(folder).comparisons([weight], 'Q')).rejects.toThrow(
      /No approved drugs have an ATC code that starts with "Q".*A code has 1, 3, 4 or 5 characters/,
    );
    await expect(new DrugScores(folder).comparisons([weight], 'N02BX')).rejects.toThrow(/at least 10 are needed/);
  });
});

const MEDIAN_WEIGHT = 351.353;
