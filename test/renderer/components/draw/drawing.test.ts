/** @file A structure that is typed and drawn at once. */
import { describe, expect, it } from 'vitest';
import { ContractError, type Drawable } from '../../../../contract/api.ts';
import { Drawing } from '../../../../renderer/components/draw/drawing.svelte.ts';
import { pastedMolecules } from '../../../../renderer/components/draw/structure-file.ts';
import { createClient } from '../../../../renderer/link/client.ts';
import { FakeHost } from '../../fake-transport.ts';

function setUp(as: Drawable = 'structure') {
  const host = new FakeHost();
  const client = createClient(host, (error) => {
    throw error;
  });
  const shown: (string | null)[] = [];
  return {
    host,
    client,
    shown,
    drawing: new Drawing(client, as),
    board: { show: (molfile: string | null) => void shown.push(molfile), close: () => undefined },
  };
}

describe('a drawing', () => {
  it('shows what was read before its board was ready', async () => {
    const { drawing, board, shown } = setUp();
    await drawing.read('CCO');
    expect(drawing.ready).toBe(true);
    drawing.on(board);
    expect(shown).toEqual(['<CCO>']);
  });

  it('writes what is drawn, and does not draw it again', async () => {
    const { drawing, board, shown } = setUp();
    drawing.on(board);
    await drawing.draw('<c1ccncc1>');
    expect(drawing.text).toBe('c1ccncc1');
    expect(shown).toEqual([null]);
    await drawing.draw(null);
    expect([drawing.text, drawing.ready]).toEqual(['', false]);
  });

  it('cannot be used while its text is no structure, and keeps the text', async () => {
    const { drawing } = setUp();
    await drawing.read('CC!');
    expect([drawing.text, drawing.problem, drawing.ready]).toEqual(['CC!', '“CC!” is no structure.', false]);
    await drawing.read('CC');
    expect([drawing.problem, drawing.ready]).toEqual([undefined, true]);
  });

  it('says that a pattern with choices cannot be drawn', async () => {
    const { drawing, board, shown } = setUp('pattern');
    drawing.on(board);
    await drawing.read('[C,N]=O');
    expect(drawing.ready).toBe(true);
    expect(drawing.note).toMatch(/can’t show/);
    expect(shown.at(-1)).toBeNull();
  });

  it('lets the last of several changes win', async () => {
    const { drawing, host } = setUp();
    const answer = host.handlers['molecule.read'];
    let release = (): void => undefined;
    host.handlers['molecule.read'] = async (params) => {
      if (params.text === 'slow') await new Promise<void>((resolve) => (release = resolve));
      return answer(params);
    };
    const slow = drawing.read('slow');
    await drawing.read('CCN');
    release();
    await slow;
    expect([drawing.text, drawing.ready]).toEqual(['CCN', true]);
  });

  it('opens the first structure of a file, and says of how many', async () => {
    const { drawing } = setUp();
    await drawing.open(new File(['CCO ethanol\nCCN\n'], 'two.smi'));
    expect([drawing.text, drawing.note]).toEqual(['CCO ethanol', 'The first of 2 structures in two.smi.']);
    await drawing.open(new File(['\n'], 'empty.smi'));
    expect(drawing.problem).toBe('empty.smi contains no structure.');
  });
});

describe('files', () => {
  it('that cannot be read leave the text as it was, and say why', async () => {
    const { drawing, host } = setUp();
    await drawing.read('CC');
    await drawing.open(new File(['C!C first\nCCO\n'], 'two.smi'));
    expect([drawing.text, drawing.problem, drawing.ready]).toEqual(['CC', 'Line 1 of two.smi is no molecule.', false]);
    host.handlers['molecule.file'] = () => Promise.reject(new ContractError('bad-input', 'x.pdf is a PDF document.'));
    await drawing.open(new File(['%PDF'], 'x.pdf'));
    expect([drawing.problem, drawing.ready]).toEqual(['x.pdf is a PDF document.', false]);
  });

  it('are converted if they are pasted; other text is left to the field', async () => {
    const { client } = setUp();
    const pasting = (text: string) =>
      ({ clipboardData: { getData: () => text }, preventDefault: () => undefined }) as unknown as ClipboardEvent;
    expect(pastedMolecules(pasting('CCO'), client)).toBeUndefined();
    expect(await pastedMolecules(pasting('<CCO>\nM  END\n$$$$\n<CCN>\nM  END\n$$$$\n'), client)).toEqual([
      'CCO',
      'CCN',
    ]);
    expect(await pastedMolecules(pasting('CCO\tethanol\nCCN\tamine\n'), client)).toEqual([
      'CCO\tethanol',
      'CCN\tamine',
    ]);
    await expect(pastedMolecules(pasting('CCO\t1\nC!\t2\n'), client)).rejects.toThrow('Its line 2 is no molecule.');
    expect(pastedMolecules(pasting('CCO\n2,4-dinitrophenol'), client)).toBeUndefined();
    expect(pastedMolecules(pasting('CC |$;;R1$|'), client)).toBeUndefined();
  });
});
