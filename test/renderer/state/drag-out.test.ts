/** @file What a dragged candidate carries. */
import { describe, expect, it } from 'vitest';
import { createClient } from '../../../renderer/link/client.ts';
import { type Dragged, DragOut } from '../../../renderer/state/drag-out.ts';
import { FakeHost } from '../fake-transport.ts';

function setUp() {
  const host = new FakeHost();
  const given = new Map<string, string>();
  const event = {
    dataTransfer: { effectAllowed: 'none', setData: (type: string, text: string) => void given.set(type, text) },
  } as unknown as DragEvent;
  return { host, given, event, drag: new DragOut(createClient(host, () => undefined)) };
}

const molecule: Dragged = { id: 7, sequence: 'CCO', modality: 'molecule' };

describe('a molecule', () => {
  it('carries its SMILES, its molfile and a file', async () => {
    const { given, event, drag } = setUp();
    await drag.prepare(molecule);
    drag.start(event, molecule);
    expect([given.get('text/plain'), given.get('chemical/x-daylight-smiles')]).toEqual(['CCO', 'CCO']);
    expect(given.get('chemical/x-mdl-molfile')).toContain('M  END');
    const [, name, content] =
      /^chemical\/x-mdl-sdfile:(.*):data:chemical\/x-mdl-sdfile;base64,(.*)$/.exec(given.get('DownloadURL') ?? '') ??
      [];
    expect(name).toBe('candidate-7.sdf');
    expect(atob(content)).toMatch(/M {2}END\n> {2}<smiles>\nCCO\n\n\$\$\$\$\n$/);
  });

  it('carries only its SMILES if the connection is lost', async () => {
    const { host, given, event, drag } = setUp();
    host.become({ status: 'lost', retryAt: null });
    await drag.prepare(molecule);
    drag.start(event, molecule);
    expect([...given.keys()]).toEqual(['text/plain', 'chemical/x-daylight-smiles']);
  });

  it('is requested once', async () => {
    const { host, drag } = setUp();
    await drag.prepare(molecule);
    await drag.prepare(molecule);
    expect(host.calls).toHaveLength(1);
  });

  it('that is not read yet cannot be dragged', () => {
    const { drag } = setUp();
    expect(drag.source({ ...molecule, sequence: '' }).draggable).toBe(false);
  });
});

it('DNA carries its bases and a FASTA file', async () => {
  const { host, given, event, drag } = setUp();
  const dna: Dragged = { id: 3, sequence: 'ACGT', modality: 'dna' };
  await drag.prepare(dna);
  drag.start(event, dna);
  expect(host.calls).toHaveLength(0);
  expect(given.get('text/plain')).toBe('ACGT');
  expect(atob(given.get('DownloadURL')?.split('base64,')[1] ?? '')).toBe('>candidate-3\nACGT\n');
});
