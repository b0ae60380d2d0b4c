/**
 * @file The interface with hand-made data and real drawings, for development: `npx vite --config
 * test/renderer/page/vite.config.ts`.
 */
import '../../../renderer/strict.ts';
import '../../../renderer/app.css';
import type { MainModule } from '@rdkit/rdkit';
import { mount } from 'svelte';
import type { RunState } from '../../../contract/api.ts';
import App from '../../../renderer/app/App.svelte';
import { Services } from '../../../renderer/state/services.svelte.ts';
import { FakeHost } from '../fake-transport.ts';

declare global {
  interface Window {
    initRDKitModule(options: { locateFile: () => string }): Promise<MainModule>;
    host: FakeHost;
  }
}

const rdkit = await window.initRDKitModule({ locateFile: () => '/node_modules/@rdkit/rdkit/dist/RDKit_minimal.wasm' });
const query = new URLSearchParams(window.location.search);

function draw(smiles: string, width: number, height: number, dark: boolean): string | null {
  const mol = rdkit.get_mol(smiles);
  if (mol === null) return null;
  const palette = dark
    ? {
        '-1': [0.85, 0.87, 0.89],
        '0': [0.85, 0.87, 0.89],
        '6': [0.85, 0.87, 0.89],
        '1': [0.85, 0.87, 0.89],
        '7': [0.45, 0.65, 1],
        '8': [1, 0.5, 0.45],
        '16': [0.9, 0.8, 0.3],
        '9': [0.4, 0.85, 0.6],
        '17': [0.4, 0.85, 0.6],
      }
    : {};
  const svg = mol.get_svg_with_highlights(
    JSON.stringify({ width, height, clearBackground: false, bondLineWidth: 1.4, atomColourPalette: palette }),
  );
  mol.delete();
  return svg;
}

window.host = new FakeHost({
  candidates: Number(query.get('candidates') ?? 7010),
  rounds: Number(query.get('rounds') ?? 31),
  designs: Number(query.get('designs') ?? 3),
  state: (query.get('state') ?? 'running') as RunState,
  depict: (smiles, { width, height, theme }) => draw(smiles, width, height, theme === 'dark'),
});
const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element with id "app"');
mount(App, { target, props: { services: new Services(window.host, window) } });
