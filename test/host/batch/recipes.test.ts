/** @file The recipes of docs/batch.md run as they are written, where their programs are installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { designFile, root, smallDesign, temporaryFolder } from '../tools.ts';

const folder = temporaryFolder();
const page = readFileSync(join(root, 'docs/batch.md'), 'utf8');

/** `SNAKEMAKE` names it where it is not on the path, as in a virtual environment. */
const snakemake = process.env.SNAKEMAKE ?? 'snakemake';
const isInstalled = spawnSync(snakemake, ['--version']).status === 0;
const title = isInstalled ? 'Snakemake' : 'Snakemake (skipped, not installed: pip install snakemake)';

describe.skipIf(!isInstalled)(title, { timeout: 600_000 }, () => {
  it('runs every task and merges', () => {
    const tiny = smallDesign.replace(/= 16/g, '= 8').replace('steps = 6', 'steps = 2');
    designFile(folder, tiny, 'design.toml');
    designFile(folder, 'designs = ["design.toml"]\nseeds = 2\n', 'plan.toml');
    const [, recipe] = /```python\n(.*?)```/s.exec(page)!;
    writeFileSync(join(folder, 'Snakefile'), recipe.replace('TASKS = 9', 'TASKS = 2'));
    writeFileSync(join(folder, 'amalgam'), `#!/bin/sh\nexec "${process.execPath}" "${root}/dist/host/cli.js" "$@"\n`, {
      mode: 0o755,
    });
    const { status, stderr } = spawnSync(snakemake, ['--cores', '2'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
    });
    expect(status, stderr).toBe(0);
    const [header, ...runs] = readFileSync(join(folder, 'weekend/summary.csv'), 'utf8').trimEnd().split('\r\n');
    const state = header.split(',').indexOf('state');
    expect(runs.map((row) => row.split(',')[state])).toEqual(['finished', 'finished']);
    expect(existsSync(join(folder, 'weekend/candidates.csv'))).toBe(true);
  });
});
