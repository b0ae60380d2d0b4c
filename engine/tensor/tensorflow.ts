/**
 * The `tensorflow` device: TF.js on @tensorflow/tfjs-node or tfjs-node-gpu, if the user has installed one of them. It
 * is never a dependency, because its binary is downloaded at install time and exists for few systems.
 */
import nodeUtil from 'node:util';
import type { Device } from './device.ts';
import { eagerDevice } from './eager.ts';

const TENSORFLOW_PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

/** tfjs-node 4.22 calls two helpers that Node 23 removed from `util`. */
function restoreRemovedHelpers(): void {
  const util = nodeUtil as unknown as Record<string, unknown>;
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
}

/**
 * Loads the binding, which registers its backend with TF.js.
 * @param load resolves a package from where the user installed it
 * @throws Error naming the packages that were tried, with the reasons
 */
export function tensorflowDevice(load: (name: string) => unknown, threads: number): Device {
  restoreRemovedHelpers();
  const reasons: string[] = [];
  for (const name of TENSORFLOW_PACKAGES) {
    try {
      load(name);
      const label = name.endsWith('gpu') ? 'TensorFlow (GPU binding)' : 'TensorFlow (CPU binding)';
      return eagerDevice({ id: 'tensorflow', backend: 'tensorflow', label, threads });
    } catch (error) {
      reasons.push(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    }
  }
  throw new Error(`No TensorFlow binding is installed (${reasons.join('; ')}).`);
}
