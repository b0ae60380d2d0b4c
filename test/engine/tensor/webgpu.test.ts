/**
 * The webgpu device on Chromium's software Vulkan driver, in a process of its own:
 * the driver is found by the environment that a process starts with.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const chromium = '/usr/lib/chromium';
const driver = join(chromium, 'vk_swiftshader_icd.json');
if (!existsSync(driver)) console.log(`skipped: no software Vulkan driver at ${driver}`);

const program = `
import { selfTest } from '../../../engine/generator/self-test.ts';
import { ortDevice } from '../../../engine/tensor/ort.ts';
console.log(JSON.stringify(await selfTest(ortDevice({ id: 'webgpu', threads: 1 }))));
process.exit(0);
`;

describe.skipIf(!existsSync(driver))('webgpu device', () => {
  let folder = '';

  beforeAll(() => {
    // Inside the project, so that the packages are found.
    folder = mkdtempSync(join(import.meta.dirname, 'webgpu-'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('gives the loss and the gradients of PyTorch to 1e-4', async () => {
    const [entry, bundle] = [join(folder, 'entry.ts'), join(folder, 'entry.mjs')];
    writeFileSync(entry, program.replaceAll('../../../', '../../../../'));
    await build({
      entryPoints: [entry],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      mainFields: ['module', 'main'],
      external: ['onnxruntime-node'],
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    const env = { ...process.env, VK_ICD_FILENAMES: driver, LD_LIBRARY_PATH: chromium };
    const answer = execFileSync(process.execPath, [bundle], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const { passed, error } = JSON.parse(answer.trim().split('\n').at(-1)!) as { passed: boolean; error: number };
    expect(error).toBeLessThan(1e-4);
    expect(passed).toBe(true);
  }, 120_000);
});
