/**
 * @file Bad input in every text field: input pasted by mistake gets a clear message, or is cleaned as the guide says.
 * It stays in the field, and nothing breaks.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fillRun } from '../fill-run.ts';
import { referenceRows } from '../fixtures/chem/read.ts';
import { type Lab, openLab } from './harness.ts';
import { trainSmall } from './trained.ts';

/** Folder of the user's models. */
const data = mkdtempSync(join(tmpdir(), 'amalgam-e2e-data-'));
const trained = 1;
const [molecules, sequences] = [2, 3];
let lab: Lab;
let page: Page;

beforeAll(async () => {
  vi.stubEnv('XDG_DATA_HOME', data);
  lab = await openLab((db) => {
    fillRun(db, 30);
    fillRun(db, 5, 'dna');
  }, trainSmall);
  page = lab.page;
  await page.goto(lab.host.address);
});

afterAll(async () => {
  await lab?.close();
  vi.unstubAllEnvs();
  rmSync(data, { recursive: true, force: true });
});

const given = {
  table: 'smiles\tlogP\nCCO\t-0.3\nCCN\t-0.5',
  long: 'C'.repeat(10_000),
  reaction: 'CCO>>CC=O',
  mixture: 'CCO.CCCN',
  radical: 'CC[CH2]',
  'numbered DNA': '1 acgt acgt\n61 TTTT',
  'negative numbers': '-1, -2',
  emoji: '🧪🧬',
} as const;
type Kind = keyof typeof given;
/** The message for each kind of input; undefined if the field accepts it. */
type Answers = Readonly<Partial<Record<Kind, RegExp>>>;

interface Field {
  readonly open: () => Promise<void>;
  readonly field: () => Locator;
  /** Where messages appear. */
  readonly said: () => Locator;
  readonly answers: Answers;
  /** Requests validation, if it is not automatic. */
  readonly ask?: () => Promise<void>;
}

const main = (): Locator => page.locator('main');
const enter = (): Promise<void> => page.keyboard.press('Enter');

async function open(hash: string): Promise<void> {
  await page.goto(new URL(hash, lab.host.address).href);
  await page.reload();
}

/** A form with one goal, found by words that a user would type. */
async function newGoal(kind: 'Molecules' | 'DNA', words: string, label: string): Promise<void> {
  await open('#/new');
  await page.getByLabel('Name', { exact: true }).waitFor();
  const afresh = page.getByRole('button', { name: 'Clear the form' });
  if (await afresh.isVisible()) await afresh.click();
  await page.getByRole('radiogroup', { name: 'What to design' }).getByText(kind, { exact: true }).click();
  await page.getByLabel('Name', { exact: true }).fill('Bad input');
  await page.getByRole('button', { name: 'Add a goal' }).click();
  await page.getByPlaceholder(/^Search in plain words/).fill(words);
  await page.getByRole('dialog').getByText(label, { exact: true }).click();
}

async function openCandidate(run: number): Promise<void> {
  await open(`#/run/${run}/explore`);
  await page.getByRole('button', { name: /^Candidate 1,/ }).click();
}

/** The user's data for a predictor: logP of known molecules. */
async function chooseTable(): Promise<void> {
  await open('#/models/train');
  const rows = referenceRows()
    .slice(0, 120)
    .map(({ smiles, logp }) => `${smiles},${logp}`);
  await page
    .getByLabel('Table', { exact: true })
    .setInputFiles({ name: 'own.csv', mimeType: 'text/csv', buffer: Buffer.from(`smiles,logP\n${rows.join('\n')}\n`) });
  await page.getByText('The model will learn logP.').waitFor({ timeout: 120_000 });
}

async function motifGoal(): Promise<void> {
  await newGoal('DNA', 'motif', 'Best match to a motif');
  const motif = page.getByRole('textbox', { name: 'Motif', exact: true });
  await motif.fill('CTCF');
  await motif.blur();
  await page.getByText('More settings').click();
}

const molecule: Answers = {
  table: /These are 3 lines\. Give only one structure\. The first is in line 2, “CCO”\./,
  long: /The text of 10,000 characters is too large/,
  reaction: /is a reaction\. Give one of its molecules\. The first product is "CC=O"/,
  mixture: /is a mixture of 2 molecules\. Give only one of them\. The largest is “CCCN”/,
  radical: /is a radical: its atom 3 has an unpaired electron\. With hydrogen there it is “CCC”/,
  'numbered DNA': /These are 2 lines\. Give only one structure\./,
  'negative numbers': /is neither a valid SMILES, nor a known name, nor a file/,
  emoji: /is neither a valid SMILES, nor a known name, nor a file/,
};
/** A single-line field has no line breaks: the browser removes them. */
const oneLine: Answers = {
  ...molecule,
  table: /is neither a valid SMILES, nor a known name, nor a file/,
  'numbered DNA': /is neither a valid SMILES, nor a known name, nor a file/,
};
const pattern: Answers = {
  table: /is not a valid SMARTS pattern/,
  long: /has 10,000 atoms, but molecules have at most/,
  reaction: /is a reaction; give one side of it, such as "CCO"/,
  'numbered DNA': /is not a valid SMARTS pattern/,
  'negative numbers': /is not a valid SMARTS pattern/,
  emoji: /"🧪" at position 1 is not allowed there/,
};
/** In a list of structures, salts and radicals can be known molecules. */
const several: Answers = {
  ...molecule,
  table: /Structure 1 of 3: "smiles\slogP" is neither .* If it is the header of a table, remove that line\./,
  mixture: /Ready to run\./,
  radical: /Ready to run\./,
  'numbered DNA': /Structure 1 of 2: "1 acgt acgt" is neither/,
};
const noMotif = /is a single line\. Paste the whole text of a motif file in MEME, JASPAR or TRANSFAC format/;
const noMotifs = /line 1: this is not a motif format of MEME, JASPAR or TRANSFAC; the shortest is JASPAR’s/;
const motifs: Answers = {
  ...Object.fromEntries(
    (['long', 'reaction', 'mixture', 'radical', 'negative numbers', 'emoji'] as const).map((kind) => [kind, noMotif]),
  ),
  table: noMotifs,
  'numbered DNA': noMotifs,
};
const noBase = /position \d+ (is not a base|is a gap|stands for several bases)\. Bases are A, C, G and T\./;
const dnaTable: Answers = {
  table: /Record 1: "S" at position 1 stands for several bases/,
  long: /Ready to run\./,
  'numbered DNA': /Numbers among the bases are ignored\./,
  ...Object.fromEntries(
    (['reaction', 'mixture', 'radical', 'negative numbers', 'emoji'] as const).map((kind) => [kind, noBase]),
  ),
};
const noFixed = /at position \d+ of the prefix .*\. It takes A, C, G and T\./;
const prefix: Answers = {
  long: /Prefix, mask and suffix take 10,?000 bases; a sequence has at most \d+\./,
  'numbered DNA': /Numbers among the bases are ignored\./,
  ...Object.fromEntries(
    (['table', 'reaction', 'mixture', 'radical', 'negative numbers', 'emoji'] as const).map((kind) => [kind, noFixed]),
  ),
};
const unit: Answers = {
  ...Object.fromEntries(
    (['table', 'reaction', 'mixture', 'radical', 'numbered DNA', 'negative numbers', 'emoji'] as const).map((kind) => [
      kind,
      /^The model will learn logP \(.+\)\.$/,
    ]),
  ),
  long: /The unit has 10,000 characters; use one of at most 40, such as nM\./,
};
const noDna = /not a base|is an amino acid|no sequence/;

const fields: Readonly<Record<string, Field>> = {
  'the name of a design': {
    open: () => open('#/new'),
    field: () => page.getByLabel('Name', { exact: true }),
    said: main,
    answers: {},
    ask: () => page.getByLabel('Name', { exact: true }).blur(),
  },
  'a reference molecule': {
    open: () => newGoal('Molecules', 'similar to', 'Similarity to a reference'),
    field: () => page.getByRole('textbox', { name: 'Reference' }),
    said: () => page.getByRole('article'),
    answers: molecule,
  },
  'several references': {
    open: () => newGoal('Molecules', 'series', 'Fit into a series'),
    field: () => page.getByRole('article').getByRole('textbox', { name: 'Molecules' }),
    said: main,
    answers: several,
  },
  'a scaffold': {
    open: () => newGoal('Molecules', 'drug-like', 'Drug-likeness (QED)'),
    field: () => page.getByRole('textbox', { name: 'Scaffold' }),
    said: main,
    answers: molecule,
  },
  'motifs of a goal': {
    open: motifGoal,
    field: () => page.getByRole('textbox', { name: 'Your own motifs' }),
    said: () => page.getByRole('article'),
    answers: motifs,
  },
  'DNA of a goal': {
    open: () => newGoal('DNA', 'identity', 'Identity with the nearest reference'),
    field: () => page.getByRole('textbox', { name: 'References' }),
    said: main,
    answers: dnaTable,
  },
  'DNA that every sequence begins with': {
    open: () => newGoal('DNA', 'gc content', 'GC content'),
    field: () => page.getByRole('textbox', { name: 'Prefix' }),
    said: main,
    answers: prefix,
  },
  'a unit of own data': {
    open: chooseTable,
    field: () => page.getByLabel('Unit', { exact: true }),
    said: main,
    answers: unit,
    ask: () => page.getByLabel('Unit', { exact: true }).blur(),
  },
  'a pattern of a goal': {
    open: () => newGoal('Molecules', 'substructure', 'Required substructure'),
    field: () => page.getByRole('textbox', { name: 'SMARTS' }),
    said: () => page.getByRole('article'),
    answers: pattern,
  },
  'a drawing': {
    open: async () => {
      await open(`#/run/${molecules}/explore`);
      await page.getByRole('button', { name: 'Draw: Similar to' }).click();
      await page.getByRole('dialog').locator('canvas').last().waitFor();
    },
    field: () => page.getByRole('dialog').getByRole('textbox'),
    said: () => page.getByRole('dialog'),
    answers: molecule,
  },
  'what a candidate contains': {
    open: () => open(`#/run/${molecules}/explore`),
    field: () => page.getByRole('searchbox', { name: 'Contains' }),
    said: () => page.getByRole('complementary', { name: 'Filters' }),
    answers: pattern,
    ask: enter,
  },
  'what a candidate resembles': {
    open: () => open(`#/run/${molecules}/explore`),
    field: () => page.getByRole('searchbox', { name: 'Similar to' }),
    said: () => page.getByRole('complementary', { name: 'Filters' }),
    answers: oneLine,
    ask: enter,
  },
  'text in candidates': {
    open: () => open(`#/run/${molecules}/explore`),
    field: () => page.getByLabel('Text in the SMILES'),
    said: main,
    answers: Object.fromEntries(
      (['long', 'reaction', 'mixture', 'radical', 'negative numbers', 'emoji'] as const).map((kind) => [
        kind,
        /Nothing passes the filters/,
      ]),
    ),
  },
  'a pattern in a sequence': {
    open: () => openCandidate(sequences),
    field: () => page.getByRole('searchbox', { name: /^Find in the sequence/ }),
    said: main,
    answers: {
      table: noDna,
      reaction: noDna,
      mixture: noDna,
      emoji: /"🧪" at position 1 is not a base/,
      'numbered DNA': /\d+ places?|Not found/,
    },
  },
  'a reference sequence': {
    open: async () => {
      await openCandidate(sequences);
      await page.getByText('Paste a reference').click();
    },
    field: () => page.getByRole('textbox', { name: /^Reference/ }),
    said: () => page.getByRole('region', { name: 'Alignment' }),
    answers: {
      ...Object.fromEntries(
        (['table', 'reaction', 'mixture', 'radical', 'negative numbers', 'emoji'] as const).map((kind) => [
          kind,
          /The pasted text can’t be aligned\. .{10}/,
        ]),
      ),
      'numbered DNA': /Numbers among the bases are ignored/,
    },
    ask: () => page.getByRole('button', { name: 'Align', exact: true }).click(),
  },
};

describe.each(Object.entries(fields))('%s', (_, { open: begin, field, said, answers, ask }) => {
  it('rejects or accepts any pasted text, keeps it, and breaks nothing', async () => {
    await begin();
    await page.clock.install();
    await field().waitFor();
    for (const kind of Object.keys(given) as Kind[]) {
      await field().fill(given[kind]);
      const kept = await field().inputValue();
      await ask?.();
      const answer = answers[kind];
      if (answer !== undefined) await said().getByText(answer).first().waitFor();
      else {
        // Longer than the page waits for the end of what is typed.
        await page.clock.runFor(600);
        await lab.calls.allAnswered();
      }
      expect(await field().inputValue(), kind).toBe(kept);
      expect(await main().innerText(), kind).not.toMatch(/\[object|undefined|\bNaN\b/);
      expect(lab.complaints, kind).toEqual([]);
    }
  });
});

describe('numbers', () => {
  it('rejects negative or fractional numbers beside their field, and letters cannot be typed', async () => {
    await newGoal('Molecules', 'similar to', 'Similarity to a reference');
    await page.getByRole('textbox', { name: 'Reference' }).fill('celecoxib');
    await page.getByText('Ready to run.').waitFor();
    const steps = page.getByLabel('Steps of training');
    for (const [typed, words] of [
      ['-4', /at least|too small|>=|from 1/i],
      ['2.5', /whole|integer/i],
    ] as const) {
      await steps.fill(typed);
      await page.getByText(/(One problem|\d+ problems) to fix\./).waitFor();
      await main().getByText(words).first().waitFor();
      expect(await steps.inputValue()).toBe(typed);
    }
    await steps.fill('');
    await steps.pressSequentially('4e🧪a8');
    expect(await steps.inputValue()).not.toMatch(/🧪|a/);
    expect(lab.complaints).toEqual([]);
  });

  it('reports a limit that forbids everything, or an emptied weight, before the start', async () => {
    await open('#/new');
    const afresh = page.getByRole('button', { name: 'Clear the form' });
    if (await afresh.isVisible()) await afresh.click();
    await newGoal('Molecules', 'drug-like', 'Drug-likeness (QED)');
    for (const limit of ['Molecular weight', 'Structural alerts'])
      await page.getByRole('button', { name: `Remove the limit on ${limit}` }).click();
    await page.getByRole('button', { name: 'Add a limit' }).click();
    await page.getByPlaceholder(/^Search in plain words/).fill('molecular weight');
    await page.getByRole('dialog').getByText('Molecular weight', { exact: true }).click();
    await page.getByLabel('At least', { exact: true }).fill('500');
    await page.getByLabel('At most', { exact: true }).fill('-3');
    await page.getByText(/problems? to fix\./).waitFor();
    await page.getByRole('article', { name: 'Molecular weight' }).getByRole('listitem').first().waitFor();
    expect(await page.getByRole('button', { name: 'Start the run' }).isDisabled()).toBe(true);
    expect(lab.complaints).toEqual([]);
  });
});

describe('names of blends', () => {
  it('are taken literally, cut at the maximum length, and unique', async () => {
    await open(`#/run/${trained}/steer`);
    await page.getByRole('button', { name: 'Generate 100 more' }).click();
    const kept = page.getByRole('region', { name: 'Kept blends' });
    const name = kept.getByLabel('Name of this blend');
    for (const kind of Object.keys(given) as Kind[]) {
      await name.fill(given[kind]);
      const taken = await name.inputValue();
      await kept.getByRole('button', { name: 'Keep', exact: true }).click();
      await kept.getByRole('button', { name: `Open ${taken.replace(/\s+/g, ' ')}`, exact: true }).waitFor();
      expect(await name.inputValue(), kind).toBe('');
    }
    expect(await main().evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    await page.getByRole('button', { name: 'Generate 100 more' }).click();
    await page.getByRole('region', { name: 'Previous blend' }).waitFor();
    await name.fill(given.emoji);
    await kept.getByRole('button', { name: 'Keep', exact: true }).click();
    await page
      .getByText(`Another blend of this run is already named “${given.emoji}”. Choose a different name.`)
      .waitFor();
    expect(await name.inputValue()).toBe(given.emoji);
    expect(lab.complaints).toEqual([]);
  });
});

describe('names of the user’s models', () => {
  it('that no file can have are rejected with the allowed characters; the trained model is kept', async () => {
    await chooseTable();
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await page.getByRole('heading', { name: 'Reliability' }).waitFor({ timeout: 240_000 });
    const name = page.getByLabel('Name', { exact: true });
    const refused: readonly (readonly [string, RegExp])[] = [
      ...(['table', 'reaction', 'radical', 'negative numbers', 'emoji'] as const).map(
        (kind) =>
          [given[kind], /is not a valid name for a predictor\. Use at most 81 letters, digits, spaces/] as const,
      ),
      ['../../elsewhere', /is not a valid name for a predictor/],
      ['aux', /"aux" is reserved on Windows.* Use "my aux"\./],
    ];
    for (const [typed, words] of refused) {
      await name.fill(typed);
      const shown = await name.inputValue();
      await page.getByRole('button', { name: /^Keep/ }).click();
      await page
        .getByRole('region', { name: 'Messages' })
        .getByText(words)
        .filter({ hasText: shown.replace(/\s+/g, ' ') })
        .first()
        .waitFor();
      expect(await name.inputValue()).toBe(shown);
    }
    await name.fill(given['numbered DNA']);
    await page.getByRole('button', { name: /^Keep/ }).click();
    await page.getByText(/^Kept as 1 acgt acgt ?61 TTTT\./).waitFor();
    expect(lab.complaints).toEqual([]);
  });
});

describe('names and notes', () => {
  it('may contain emoji and be long, and are restored unchanged', async () => {
    await openCandidate(molecules);
    await page.keyboard.press('s');
    await page.getByRole('button', { name: 'Starred', exact: true }).waitFor();
    await open('#/shortlist');
    const entry = page.getByRole('article', { name: 'Entry 1' });
    const note = `${given.emoji} ${given.table}`;
    await entry.getByLabel('Note').fill(note);
    await entry.getByLabel('Note').blur();
    await entry.getByLabel('Tags, separated by commas').fill(`${given.emoji}, ${given.reaction}, , -1`);
    await entry.getByLabel('Tags, separated by commas').blur();
    await expect
      .poll(() => entry.getByLabel('Tags, separated by commas').inputValue())
      .toBe(`${given.emoji}, ${given.reaction}, -1`);
    await page.reload();
    expect(await entry.getByLabel('Note').inputValue()).toBe(note);
    expect(await entry.getByLabel('Tags, separated by commas').inputValue()).toBe(
      `${given.emoji}, ${given.reaction}, -1`,
    );
    expect(lab.complaints).toEqual([]);
  });
});
