/** Structures as PNG, for files that cannot hold a drawing. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { depict } from '../../engine/chem/depict.ts';
import type { Rdkit } from '../../engine/chem/rdkit.ts';

let ready: Promise<void> | undefined;

/** Loads the rasteriser once a process. */
function loaded(): Promise<void> {
  return (ready ??= initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm'))));
}

/** Pixels on screen; drawn twice as fine. */
export const PICTURE = { width: 160, height: 110 } as const;
const FINER = 2;

/** @returns PNG bytes on white, null for what is no molecule any more */
export async function pictureOf(smiles: string, rdkit: Rdkit): Promise<Uint8Array | null> {
  await loaded();
  const svg = rdkit.withMolecule<string | null>(
    smiles,
    (molecule) => depict(molecule, { ...PICTURE, theme: 'light' }),
    () => null,
  );
  if (svg === null) return null;
  const drawing = new Resvg(svg, { background: '#ffffff', fitTo: { mode: 'width', value: PICTURE.width * FINER } });
  const image = drawing.render();
  try {
    return image.asPng();
  } finally {
    image.free();
    drawing.free();
  }
}
