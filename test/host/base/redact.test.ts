import { expect, test } from 'vitest';
import { redacted } from '../../../host/base/redact.ts';

const program = '/opt/Amalgam/resources/app';

test.each([
  ['aspirin CC(=O)Oc1ccccc1C(=O)O failed', 'aspirin [structure] failed'],
  ['a chain CCCCCC, then c1ccccc1.', 'a chain [structure] then [structure]'],
  ['a salt [Na+].[Cl-] here', 'a salt [structure] here'],
  ['the site GGATCC and ttgacannnn', 'the site [structure] and [structure]'],
  ['“Secret lead” and "my/design" are running', '[text] and [text] are running'],
  ['Cannot read /home/ada/secret/lab.amalgam: it is locked', 'Cannot read [path]: it is locked'],
  ['C:\\Users\\ada\\lab.amalgam is gone', '[path] is gone'],
  [`    at run (${program}/dist/host/cli.js:12:3)`, '    at run ([program][path]:12:3)'],
  ['Error: database is locked (code 5)', 'Error: database is locked (code 5)'],
  ['Node v22.13.0 ended with signal SIGKILL after 12 s', 'Node v22.13.0 ended with signal SIGKILL after 12 s'],
])('%s', (line, expected) => {
  expect(redacted(line, program)).toBe(expected);
});
