/**
 * @file The unit tests of `npm test -- quick`, as parts of their paths: contract, storage, goals, sequences, design
 * files, table intake and the interface's logic. They train nothing and sample nothing.
 */
export const quickTests = [
  'test/contract/',
  'test/db/migrations',
  'test/db/rounds',
  'test/db/steering',
  'test/engine/base/',
  'test/engine/dna/',
  'test/engine/hostile-files',
  'test/engine/objectives/aggregate',
  'test/engine/objectives/catalogue',
  'test/engine/objectives/constraints',
  'test/engine/objectives/transforms',
  'test/engine/soup/merge',
  'test/host/design/design-file',
  'test/host/design/dna-references',
  'test/host/design/goal-search',
  'test/host/intake/',
  'test/renderer/components/',
  'test/renderer/lib/',
  'test/renderer/link/',
  'test/renderer/state/',
  'test/scripts/scripts',
];
