/** @file Lines of TOML keys: headers, arrays of tables, values over several lines, quoted and dotted keys. */
import { describe, expect, it } from 'vitest';
import { indexLines } from '../../../host/design/lines.ts';

const source = `# [not a table]
name = "a # b = c" # comment

[run]
steps = 4
"merge_every" = 2

[[objective]]
id = "qed"
text = """
[[objective]]
id = "inside a string"
"""
list = [
  1, # ] in a comment
  2,
]
weight = 1

[[objective]]
id = 'sa'
deep.er = 3
`;

describe('indexLines', () => {
  const { lineOf } = indexLines(source);
  const cases: [(string | number)[], number][] = [
    [['name'], 2],
    [['run'], 4],
    [['run', 'steps'], 5],
    [['run', 'merge_every'], 6],
    [['objective', 0, 'id'], 9],
    [['objective', 0, 'list'], 14],
    [['objective', 0, 'weight'], 18],
    [['objective', 1], 20],
    [['objective', 1, 'id'], 21],
    [['objective', 1, 'deep', 'er'], 22],
  ];
  it.each(cases)('%j is on line %i', (path, line) => expect(lineOf(path)).toBe(line));

  it('gives the nearest ancestor of a value that is not there', () => {
    expect(lineOf(['objective', 1, 'goal'])).toBe(20);
    expect(lineOf(['run', 'seed'])).toBe(4);
    expect(lineOf(['nothing'])).toBe(1);
  });
});
