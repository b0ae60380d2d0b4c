/** @file A shortlist with entries of two designs, for tests of the interface. */
import type { ShortlistEntry } from '../../contract/api.ts';
import { celecoxib } from './fake-data.ts';

const origin = (candidateId: number, design: string) => ({
  candidateId,
  runId: 1,
  design,
  created: '2026-05-12T09:20:31Z',
  total: 0.61,
  values: [
    { label: 'Drug-likeness (QED)', unit: '', value: 0.93 },
    { label: 'Size (molecular weight)', unit: 'g/mol', value: null },
  ],
});
export const shortlist: ShortlistEntry[] = [
  {
    modality: 'molecule',
    sequence: celecoxib,
    origins: [origin(1, 'COX-2 leads'), origin(7, 'Soluble ones')],
    note: 'ask Maria',
    rating: 4,
    tags: ['soluble'],
    place: null,
  },
  {
    modality: 'dna',
    sequence: 'ACGTACGTAA',
    origins: [origin(9, 'Enhancers')],
    note: '',
    rating: 2,
    tags: [],
    place: 0,
  },
  {
    modality: 'molecule',
    sequence: 'CCO',
    origins: [origin(3, 'COX-2 leads')],
    note: '',
    rating: null,
    tags: ['small', 'soluble'],
    place: null,
  },
];
