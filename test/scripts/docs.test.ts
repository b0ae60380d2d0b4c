import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { apiReference } from '../../scripts/lib/docs/api-reference.mjs';
import { fill, readFigures, resultsPage, typedFigures } from '../../scripts/lib/docs/results-page.mjs';
import { root } from '../../scripts/lib/root.mjs';

function page(name: string): string {
  return readFileSync(join(root, name), 'utf8');
}

describe('the API reference', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'amalgam-docs-'));
    mkdirSync(join(folder, 'contract'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('docs/api.md says what contract/ says; npm run docs writes it', async () => {
    expect(page('docs/api.md')).toBe(await apiReference(root));
  });

  test('a method has its comment, its parameters with limits and defaults, its result and the errors', async () => {
    writeFileSync(
      join(folder, 'contract', 'pots.ts'),
      `/** @file Pots on the stove. */
import { z } from 'zod';

/** A pot. */
const pot = z.object({
  name: z.string(),
  /** In litres. */
  size: z.number().nullable(),
  lids: z.array(z.object({ colour: z.enum(['red', 'blue']) })),
});

export const potMethods = {
  /** Fills a pot. @throws conflict where it is full */
  'pot.fill': {
    params: z.object({
      /** How far. */
      share: z.number().min(0).max(1).default(0.5),
      times: z.number().int().positive().optional(),
    }),
    result: pot.nullable(),
  },
} as const;
`,
    );
    writeFileSync(
      join(folder, 'contract', 'api.ts'),
      `import { potMethods } from './pots.ts';
export const errorCodes = [
  /** It is full. */
  'conflict',
] as const;
export const methodSchemas = { ...potMethods };
export const topicSchemas = {};
`,
    );
    const text = await apiReference(folder);
    expect(text.slice(text.indexOf('## Error codes'))).toBe(`## Error codes

An error has one of these codes (\`contract/api.ts\`), a \`message\` for the user, and sometimes \`details\`.

| code | meaning |
|---|---|
| \`conflict\` | It is full. |

## pots

\`contract/pots.ts\`: Pots on the stove.

### pot.fill

Fills a pot. Fails with conflict where it is full.

Parameters:

| name | type | description |
|---|---|---|
| \`share\` | number from 0 to 1; default \`0.5\` | How far. |
| \`times\` | integer above 0, optional |  |

Result: [pot](#type-pot) or null.

### type pot

A pot.

| name | type | description |
|---|---|---|
| \`name\` | text |  |
| \`size\` | number or null | In litres. |
| \`lids\` | list of objects |  |
| \`lids[].colour\` | \`"red"\` or \`"blue"\` |  |
`);
  });

  test('a schema that it has no words for is an error', async () => {
    writeFileSync(
      join(folder, 'contract', 'pots.ts'),
      `import { z } from 'zod';
export const potMethods = { 'pot.find': { params: z.object({}), result: z.promise(z.string()) } };
`,
    );
    writeFileSync(
      join(folder, 'contract', 'api.ts'),
      `import { potMethods } from './pots.ts';
export const errorCodes = [] as const;
export const topicSchemas = {};
export const methodSchemas = potMethods;
`,
    );
    await expect(apiReference(folder)).rejects.toThrow('no words for a schema of type "promise"');
  });
});

describe('the results', () => {
  const set = {
    command: '`npm run bench -- pots`',
    date: '2026-01-02',
    machine: 'a stove',
    seeds: '1',
    conditions: 'None.',
    units: 'litres',
    figures: { count: 1200, range: { from: 0.5, to: 1, digits: 1, unit: 's' } },
    tables: {
      sizes: {
        columns: [{ label: '' }, { label: 'size', digits: 2 }, { label: 'share', unit: '%' }],
        rows: [
          { label: 'small', cells: [1, { values: [5, 6] }] },
          { label: 'large', cells: [{ mean: 2, interval: 0.5 }, null] },
        ],
      },
    },
  };
  const template = '{{about pots}}\n{{pots.count}} pots in {{pots.range}}\n{{table pots.sizes}}';

  test('docs/results.md says what docs/results/ says; npm run docs writes it', () => {
    expect(page('docs/results.md')).toBe(resultsPage(root));
  });

  test('a template has no figure that was typed by hand', () => {
    expect(typedFigures(page('docs/results/template.md'))).toEqual([]);
    expect(typedFigures('{{pots.count}} of `12` [pots 3](x4) with ECFP4 and pH-7 take 1,200.5 s, -3 or 98%')).toEqual([
      '1,200.5',
      '-3',
      '98%',
    ]);
  });

  test('every set of figures says how, when and where it was measured', () => {
    const sets = [...readFigures(root).values()];
    expect(sets.length).toBeGreaterThan(10);
    for (const { command, date, machine, seeds, conditions, units } of sets) {
      expect(command).toMatch(/^`.+`/);
      expect(date).toMatch(/^\d{4}-\d\d-\d\d/);
      for (const text of [machine, seeds, conditions, units]) expect(text).toMatch(/\w/);
    }
  });

  test('figures keep their digits, units, ranges and intervals', () => {
    expect(fill(template, new Map([['pots', set]]))).toBe(`- Command: \`npm run bench -- pots\`
- Date: 2026-01-02
- Machine: a stove
- Seeds: 1
- Conditions: None.
- Units: litres
1,200 pots in 0.5 to 1.0 s
|  | size | share |
| --- | --- | --- |
| small | 1.00 | 5; 6% |
| large | 2.00 ± 0.50 |  |`);
  });

  test('a placeholder without a figure and a figure without a placeholder are errors', () => {
    const sets = new Map([['pots', set]]);
    expect(() => fill(`${template} {{pots.lids}}`, sets)).toThrow('docs/results/ has nothing for {{pots.lids}}.');
    expect(() => fill(template.replace('{{pots.count}}', ''), sets)).toThrow('leaves out: figure pots.count.');
  });
});
