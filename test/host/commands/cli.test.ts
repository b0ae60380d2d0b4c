/** @file The command line as a program: output, exit codes, bad input, resume after a kill. */
import { copyFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { close, dumpForComparison, openForReading, openForWriting } from '../../../db/index.ts';
import { amalgam, designFile, smallDesign, start, temporaryFolder, tinyPrior } from '../tools.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);

describe('amalgam', () => {
  it.each([
    ['--help'],
    ['design', '--help'],
    ['score', '--help'],
    ['motifs', '--help'],
    ['features', '--help'],
    ['sample', '--help'],
    ['steer', '--help'],
    ['export', '--help'],
    ['pretrain', '--help'],
    ['train-predictor', '--help'],
    ['objectives', '--help'],
    ['models', '--help'],
    ['runs', '--help'],
    ['backup', '--help'],
    ['batch', '--help'],
    ['batch', 'status', '--help'],
    ['batch', 'merge', '--help'],
    ['batch', 'submit', '--help'],
    ['doctor', '--help'],
    ['serve', '--help'],
  ])('explains itself: %s %s', async (...args) => {
    const { code, out } = await amalgam(args.filter((arg) => arg !== undefined));
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: amalgam/);
  });

  it.each(['features', 'motifs', 'pretrain', 'sample', 'train-predictor'])(
    '%s takes --workspace as others do',
    async (name) => {
      const { code, out } = await amalgam([name, '--workspace', at('any.amalgam'), '--help']);
      expect(code).toBe(0);
      expect(out).toContain('--workspace <file>');
      expect(existsSync(at('any.amalgam'))).toBe(false);
    },
  );

  it('has the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect((await amalgam(['--version'])).out.trim()).toBe(version);
  });

  it.each([
    [['desing'], /Did you mean design/],
    [['sample', '--model', 'x', '-n', 'many'], /whole number/],
    [['sample', '--model', 'nothing-like-it'], /There is no generator "nothing-like-it"/],
    [['design'], /Give a design file/],
    [['export', '1', '--out', 'x.pdf', '--workspace', 'no-such.amalgam'], /There is no workspace at/],
    [['serve', '--device', 'gpu'], /There is no device "gpu"/],
    [['design', 'x.toml', '--extend', '2'], /--extend needs --resume RUN/],
  ])('exits with 2 for %j', async (args, message) => {
    const { code, err, out } = await amalgam(args);
    expect(err).toMatch(message);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});

describe('amalgam score', () => {
  const lines = ['CCO ethanol', 'not-a-molecule', '', 'Cc1ccc(-c2cc(C(F)(F)F)nn2-c2ccc(S(N)(=O)=O)cc2)cc1'];
  // Python RDKit: QED.qed and Descriptors.MolWt.
  const expected = [
    'sequence,name,qed,mw,reason',
    'CCO,ethanol,0.4068079656553945,46.069,',
    'not-a-molecule,,,,not a valid molecule: syntax error at position 3',
    ',,,,no molecule',
  ];

  it('writes one row an input line, in order', async () => {
    const { code, out } = await amalgam(
      ['score', '-', '--objective', 'qed', '--objective', 'mw'],
      `${lines.join('\n')}\n`,
    );
    expect(code).toBe(0);
    const rows = out.split('\r\n');
    expect(rows).toHaveLength(6);
    expect(rows[0]).toBe(expected[0]);
    expect(rows.slice(2, 4)).toEqual(expected.slice(2));
    const ethanol = rows[1].split(',');
    expect(ethanol[0]).toBe('CCO');
    expect(ethanol[1]).toBe('ethanol');
    expect(Number(ethanol[2])).toBeCloseTo(0.40680796565539457, 6);
    expect(Number(ethanol[3])).toBeCloseTo(46.069, 3);
  });

  it('reads CSV and compressed files, and names columns as asked', async () => {
    writeFileSync(at('in.csv.gz'), gzipSync('name,smiles\n"a, b",CCO\nempty,\nshort\n'));
    const { code, err } = await amalgam([
      'score',
      at('in.csv.gz'),
      '--objective',
      'similarity:reference=aspirin',
      '--out',
      at('out.csv'),
    ]);
    expect(err).toMatch(/3 lines, 1 valid/);
    expect(code).toBe(0);
    const rows = readFileSync(at('out.csv'), 'utf8').split('\r\n');
    expect(rows[0]).toBe('sequence,name,similarity:reference=aspirin,reason');
    expect(rows.slice(2)).toEqual([',empty,,no molecule', ',short,,no molecule', '']);
  });

  it('keeps the order over many batches', async () => {
    const many = Array.from({ length: 3000 }, (_, i) => 'C'.repeat(1 + (i % 40)));
    const { out } = await amalgam(['score', '-', '--objective', 'mw'], many.join('\n'));
    const rows = out.trimEnd().split('\r\n').slice(1);
    expect(rows.map((row) => row.split(',')[0])).toEqual(many);
  });

  it.each([
    [['score', 'nowhere.smi', '--objective', 'qed'], /Cannot read .*nowhere\.smi: there is no such file/],
    [['score', '-'], /Nothing to compute/],
    [['score', '-', '--objective', 'qde'], /There is no objective "qde"\. Did you mean "qed"/],
    [
      ['score', '-', '--objective', 'similarity:reference=CC(C'],
      /neither a valid SMILES, nor a known name, nor a file/,
    ],
    [['score', '-', '--objective', 'similarity:reference=pimozid'], /The nearest known name is "pimozide"/],
    [['score', '-', '--objective', 'qed', '--out', '/no/such/folder/x.csv'], /Cannot write/],
    [['score', 'dna.fasta', '--objective', 'qed'], /Cannot read .*dna\.fasta: there is no such file/],
    [['score', '-', '--objective', 'qed', '--objective', 'gc'], /one scores molecules, the other DNA/],
  ])('exits with 2 for %j', async (args, message) => {
    const { code, err } = await amalgam(args, 'CCO\n');
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });

  it('takes the objectives of a design', async () => {
    const { out } = await amalgam(['score', '-', '--design', designFile(folder)], 'CCO\n');
    expect(out.split('\r\n')[0]).toBe('sequence,name,qed,similarity:reference=celecoxib,reason');
  });

  it('scores DNA, a row a record of FASTA', async () => {
    writeFileSync(at('in.fasta'), '>one\nACGT\nac\n>two\n\n>three\nACNT\n');
    const { code, out } = await amalgam(['score', at('in.fasta'), '--objective', 'gc']);
    expect(code).toBe(0);
    expect(out.split('\r\n')).toEqual([
      'sequence,name,gc,reason',
      'ACGTac,one,0.5,',
      ',two,,no sequence',
      'ACNT,three,,"not DNA: ""N"" at position 3 stands for several bases"',
      '',
    ]);
  });

  it('leaves no half-written file when it is stopped, and the former one as it was', async () => {
    writeFileSync(at('kept.csv'), 'former');
    // All different and slow enough, so that the command is still writing when it is stopped.
    const alcohols = Array.from(
      { length: 20_000 },
      (_, i) => `${'C'.repeat(1 + (i % 150))}O${'C'.repeat(1 + i / 150)}`,
    );
    writeFileSync(at('alcohols.smi'), alcohols.join('\n'));
    const { child, ended } = start(['score', at('alcohols.smi'), '--objective', 'qed', '--out', at('kept.csv')]);
    while (!existsSync(at('kept.csv.part')) && child.exitCode === null) await wait(20);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, err: expect.stringContaining(`${at('kept.csv')} was not written`) });
    expect(existsSync(at('kept.csv.part'))).toBe(false);
    expect(readFileSync(at('kept.csv'), 'utf8')).toBe('former');
  });
});

describe('amalgam sample', () => {
  it('gives one result for one seed', async () => {
    const args = ['sample', '--model', tinyPrior, '-n', '40', '--threads', '1'];
    const [a, b, c] = [
      await amalgam([...args, '--seed', '3']),
      await amalgam([...args, '--seed', '3']),
      await amalgam([...args, '--seed', '4']),
    ];
    expect(a.out.split('\n')).toHaveLength(41);
    expect(b.out).toBe(a.out);
    expect(c.out).not.toBe(a.out);
  });

  it('refuses a truncated model', async () => {
    copyFileSync(tinyPrior, at('half.safetensors'));
    truncateSync(at('half.safetensors'), 5000);
    expect(await amalgam(['sample', '--model', at('half.safetensors')])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/truncated/),
    });
  });
});

describe('amalgam pretrain', () => {
  const shape = [
    '--layers',
    '1',
    '--width',
    '16',
    '--heads',
    '2',
    '--context',
    '32',
    '--tokens',
    '40000',
    '--threads',
    '1',
    '--least-count',
    '1',
  ];

  it('resumes after kill -9 to the same model', async () => {
    writeFileSync(
      at('data.smi'),
      Array.from(
        { length: 400 },
        (_, i) => `${'C'.repeat(1 + (i % 19))}${'O'.repeat(1 + (i % 7))}${'N'.repeat(i % 3)}\n`,
      ).join(''),
    );
    expect(await amalgam(['pretrain', at('data.smi'), '--out', at('whole.safetensors'), ...shape])).toMatchObject({
      code: 0,
    });
    const { child, ended } = start([
      'pretrain',
      at('data.smi'),
      '--out',
      at('killed.safetensors'),
      ...shape,
      '--tokens',
      '400000',
    ]);
    while (!existsSync(at('killed.safetensors.state')) && child.exitCode === null) await wait(20);
    child.kill('SIGKILL');
    await ended;
    expect(existsSync(at('killed.safetensors'))).toBe(false);
    expect(
      await amalgam([
        'pretrain',
        at('data.smi'),
        '--out',
        at('killed.safetensors'),
        '--least-count',
        '1',
        '--threads',
        '1',
        '--resume',
      ]),
    ).toMatchObject({ code: 0 });
    expect(
      await amalgam(['pretrain', at('data.smi'), '--out', at('again.safetensors'), ...shape, '--tokens', '400000']),
    ).toMatchObject({ code: 0 });
    expect(readFileSync(at('killed.safetensors')).equals(readFileSync(at('again.safetensors')))).toBe(true);
  });

  it.each([
    [['--resume', '--layers', '2'], /--layers cannot be used with --resume/],
    [['--resume'], /Nothing to resume/],
    [['--heads', '5'], /does not divide/],
  ])('exits with 2 for %j', async (args, message) => {
    const { code, err } = await amalgam(['pretrain', at('data.smi'), '--out', at('none.safetensors'), ...args]);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });
});

describe('amalgam design', () => {
  const run = (workspace: string, ...more: string[]) => [
    'design',
    ...more,
    '--workspace',
    at(workspace),
    '--device',
    'cpu',
  ];

  function digest(workspace: string): unknown {
    const db = openForReading(at(workspace));
    try {
      return dumpForComparison(db, 1);
    } finally {
      close(db);
    }
  }

  it('ends the same whether the host is killed or not', async () => {
    const file = designFile(folder);
    const whole = await amalgam(run('whole.amalgam', file, '--seed', '9', '--json'));
    expect(whole).toMatchObject({ code: 0 });
    expect(JSON.parse(whole.out)).toMatchObject({
      id: 1,
      state: 'finished',
      seed: 9,
      figures: { prior: { sampled: 16 } },
    });
    const first = start(run('killed.amalgam', file, '--seed', '9'));
    await until(first, /Round 1 of 3/);
    first.child.kill('SIGKILL');
    await first.ended;
    expect(JSON.parse((await amalgam(['runs', '--json', '--workspace', at('killed.amalgam')])).out)).toMatchObject([
      { id: 1, design: 'Small', state: 'interrupted', seed: 9, method: 'iterative' },
    ]);
    const second = start(run('killed.amalgam', '--resume', '1'));
    await until(second, /Round 2 of 3/);
    second.child.kill('SIGINT');
    const { code, err } = await second.ended;
    expect(code).toBe(0);
    if (/Paused/.test(err)) {
      expect(err).toMatch(/To continue: amalgam design --resume 1/);
      expect(await amalgam(run('killed.amalgam', '--resume', '1'))).toMatchObject({ code: 0 });
    }
    expect(digest('killed.amalgam')).toEqual(digest('whole.amalgam'));
  });

  it('lists, exports and steers what it found', async () => {
    const workspace = ['--workspace', at('whole.amalgam')];
    expect((await amalgam(['runs', ...workspace])).out).toMatch(/^run {2}design/);
    expect(await amalgam(['export', '1', ...workspace, '--top', '5', '--out', at('best.sdf')])).toMatchObject({
      code: 0,
    });
    expect(readFileSync(at('best.sdf'), 'utf8').match(/\$\$\$\$/g)).toHaveLength(5);
    await amalgam(['export', '1', ...workspace, '--top', '2', '--out', at('best.order.csv')]);
    expect(readFileSync(at('best.order.csv'), 'utf8')).toMatch(/^name,smiles,inchikey,.*,amount \[mg\],/);
    expect(await amalgam(['export', '1', ...workspace, '--top', '1', '--out', at('best.3d.sdf')])).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringMatching(/^100% 1 of 1 molecule embedded in 3D/),
    });
    expect(readFileSync(at('best.3d.sdf'), 'utf8')).toMatch(/3D[\s\S]*M {2}END[\s\S]*MMFF94 energy/);
    const steered = await amalgam([
      'steer',
      '1',
      ...workspace,
      '--weights',
      'qed=1',
      '--reach',
      '2',
      '-n',
      '10',
      '--json',
    ]);
    expect(JSON.parse(steered.out)).toMatchObject({ weights: [1, 0], reach: 2 });
    expect(await amalgam(['steer', '1', ...workspace, '--weights', 'qed=1', '--reach', '17'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('from 0 to 16'),
    });
    expect(await amalgam(['steer', '1', ...workspace, '--weights', 'qde=1'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean "qed"?'),
    });
    expect(await amalgam(['export', '7', ...workspace, '--out', at('x.csv')])).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no run 7'),
    });
  });

  it('names file, line and the nearest valid name', async () => {
    const file = designFile(folder, smallDesign.replace('"qed"', '"qde"'), 'bad.toml');
    expect(await amalgam(run('none.amalgam', file))).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining(`${file}:12: There is no objective "qde". Did you mean "qed"?`),
    });
    expect(existsSync(at('none.amalgam'))).toBe(false);
  });

  it('explains a design without running it', async () => {
    const { code, out } = await amalgam(run('none.amalgam', designFile(folder), '--explain'));
    expect(code).toBe(0);
    expect(out).toMatch(/^learning_rate = .*# default$/m);
    expect(existsSync(at('none.amalgam'))).toBe(false);
  });

  it('leaves alone what is no workspace, or one of a newer version', async () => {
    writeFileSync(at('text.amalgam'), 'this is not SQLite at all, but long enough to look at'.repeat(20));
    const before = readFileSync(at('text.amalgam'));
    expect(await amalgam(run('text.amalgam', designFile(folder)))).toMatchObject({
      code: 2,
      err: expect.stringContaining('is not an Amalgam workspace'),
    });
    expect(readFileSync(at('text.amalgam')).equals(before)).toBe(true);
    close(openForWriting(at('newer.amalgam')));
    const newer = new Database(at('newer.amalgam'));
    newer.pragma('user_version = 100000');
    newer.close();
    expect(await amalgam(run('newer.amalgam', designFile(folder)))).toMatchObject({
      code: 2,
      err: expect.stringContaining('newer version of Amalgam'),
    });
  });

  it('refuses a workspace that another process has open', async () => {
    const db = openForWriting(at('busy.amalgam'));
    expect(await amalgam(run('busy.amalgam', designFile(folder)))).toMatchObject({
      code: 1,
      err: expect.stringContaining(`in use by process ${process.pid}`),
    });
    close(db);
  });
});

async function until({ child }: ReturnType<typeof start>, pattern: RegExp): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on('data', (text) => pattern.test((said += String(text))) && resolve());
    child.on('close', () => reject(new Error(`It ended before ${String(pattern)}: ${said}`)));
  });
}
