/**
 * Loads what molecules are scored with: RDKit's WASM, the fragment table of the
 * SA score and the structural alerts, all from files shipped with the program.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';
import { readAlerts } from '../../engine/chem/alerts.ts';
import { FragmentTable, UNLISTED } from '../../engine/chem/fragments.ts';
import { loadRdkit, type Rdkit } from '../../engine/chem/rdkit.ts';
import type { DnaContext } from '../../engine/objectives/dna.ts';
import type { MoleculeContext } from '../../engine/objectives/molecules.ts';
import type { ReadResource } from '../../engine/objectives/types.ts';
import type { Device } from '../../engine/tensor/device.ts';
import { openDevice } from '../../engine/tensor/devices.ts';
import { modelsFolder } from '../base/paths.ts';

/** RDKit alone, for depictions and files. */
export async function loadRdkitFromDisk(): Promise<Rdkit> {
  return loadRdkit(await readFile(createRequire(import.meta.url).resolve('@rdkit/rdkit/RDKit_minimal.wasm')));
}

/** Bytes of a file, as it lies there: shipped under models/, or by its whole path. */
export function resourceBytes(file: string): Uint8Array {
  return readFileSync(isAbsolute(file) ? file : join(modelsFolder, file));
}

/** Tables and weights shipped under models/, or a file by its whole path, unpacked where they end in .gz. */
export function readResource(file: string): Uint8Array {
  const bytes = resourceBytes(file);
  return file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/**
 * What predictors run on: one thread of the CPU in each scoring worker, whatever
 * trains, so that a score never depends on the device of a run.
 */
function predictorDevice(): Device {
  return openDevice('cpu', { threads: 1, load: createRequire(import.meta.url) });
}

/** What DNA is scored with. */
export function dnaContext(resource: ReadResource = readResource): DnaContext {
  return { resource, device: predictorDevice() };
}

/** What molecules are scored with. */
export async function loadMoleculeContext(resource: ReadResource = readResource): Promise<MoleculeContext> {
  const [rdkit, fragments, alerts] = await Promise.all([
    loadRdkitFromDisk(),
    readFile(join(modelsFolder, 'sascore', 'fpscores.bin.gz')).then(promisify(gunzip)),
    readFile(join(modelsFolder, 'alerts', 'alerts.tsv'), 'utf8'),
  ]);
  return {
    rdkit,
    fragments: new FragmentTable(fragments, UNLISTED.sa),
    alerts: readAlerts(alerts),
    resource,
    device: predictorDevice(),
  };
}
