import { expect, test } from 'vitest';
import { formatCompact, parseCompact } from '../../../engine/objectives/parameters.ts';

test.each([
  ['qed', { id: 'qed', parameters: {} }],
  ['alerts', { id: 'alerts', parameters: { sets: ['pains', 'brenk'] } }],
  ['alerts:sets=pains,brenk', { id: 'alerts', parameters: { sets: ['pains', 'brenk'] } }],
  ['alerts:sets=brenk', { id: 'alerts', parameters: { sets: ['brenk'] } }],
  [
    'similarity:reference=celecoxib',
    { id: 'similarity', parameters: { reference: 'celecoxib', combine: 'max', fingerprint: 'ecfp4', measure: 'bits' } },
  ],
  [
    'similarity:ref=CCO,fp=ap',
    { id: 'similarity', parameters: { reference: 'CCO', combine: 'max', fingerprint: 'ap', measure: 'bits' } },
  ],
  ['scaffold:ref=c1ccccc1', { id: 'scaffold', parameters: { reference: 'c1ccccc1', kind: 'murcko' } }],
  [
    'similarity:references=CCO,CCN',
    {
      id: 'similarity',
      parameters: { references: ['CCO', 'CCN'], combine: 'max', fingerprint: 'ecfp4', measure: 'bits' },
    },
  ],
  [
    'similarity:reference=CC(=O)Oc1ccccc1C(=O)O,fingerprint=ecfp6',
    {
      id: 'similarity',
      parameters: { reference: 'CC(=O)Oc1ccccc1C(=O)O', combine: 'max', fingerprint: 'ecfp6', measure: 'bits' },
    },
  ],
  ['substructure:smarts=[C,N]=[O,S]', { id: 'substructure', parameters: { smarts: '[C,N]=[O,S]', stereo: true } }],
  [
    'no-substructure:smarts=[$(C=O),$([#6,#7]=S)]',
    { id: 'no-substructure', parameters: { smarts: '[$(C=O),$([#6,#7]=S)]', stereo: true } },
  ],
])('%s', (text, expected) => expect(parseCompact(text)).toEqual(expected));

test.each([
  ['similarty:reference=C', 'There is no objective "similarty". Did you mean "similarity"?'],
  ['similarity:C=O', 'Objective "similarity" has no parameter "C"'],
  ['similarity:CCO', 'should be name=value pairs'],
  ['similarity:reference=celecoxib,fingerprnt=ecfp6', 'no parameter "fingerprnt". Did you mean "fingerprint"?'],
  ['similarity', 'needs the parameter "reference"'],
  ['similarity:ref=CCO,reference=CCN', 'has the parameter "reference" twice'],
  ['alerts:sets=pain', 'Parameter "sets" of objective "alerts"'],
  ['cns-mpo:pH=15', 'it must be at most 14, not 15'],
  ['motif-count:name=TBP,p=0', 'it must be above 0, not 0'],
  ['tm:sodium=much', 'it must be a number'],
  ['orf-count:min_codons=2.5', 'it must be a whole number'],
  ['substructure:smarts=', 'it is empty'],
])('%s is refused', (text, message) => expect(() => parseCompact(text)).toThrow(message));

test('the compact form of given parameters reads back', () => {
  const request = {
    id: 'similarity',
    parameters: { reference: 'CC(=O)O', combine: 'mean', fingerprint: 'ecfp6', measure: 'counts' },
  };
  expect(formatCompact({ id: 'qed', parameters: {} })).toBe('qed');
  expect(parseCompact(formatCompact(request))).toEqual(request);
});
