/**
 * @file A random forest over folded fingerprint bits: the mean over its trees of the probability at the molecule's
 * leaf. Breiman, Machine Learning 2001, 45, 5; as scikit-learn's RandomForestClassifier.predict_proba.
 * models/targets/pack.py writes the packed form.
 */
import { foldedBits } from './folded.ts';
import { PackedReader } from './packed.ts';
import type { BitFingerprint } from './similarity.ts';

/** Bits of the folded fingerprint; a node of this number or above is a leaf. */
const FEATURES = 2048;

export class Forest {
  /** Probabilities that leaves can have. */
  readonly #values: Float64Array;
  /** [nodes] the feature that is tested, or FEATURES plus the index of the leaf's probability. */
  readonly #nodes: Uint16Array;
  /** [nodes] the next node if the bit is set; otherwise it is the following node. */
  readonly #whenSet: Uint32Array;
  readonly #roots: readonly number[];

  /** @param bytes the packed forest, uncompressed @throws Error if the bytes are not a whole forest */
  constructor(bytes: Uint8Array, name: string) {
    const reader = new PackedReader(bytes, 'FOR1', `The forest of ${name}`);
    const [trees, nodes, values] = reader.uint32s(3);
    this.#values = reader.float64s(values);
    this.#nodes = reader.uint16s(nodes);
    const sizes = subtreeSizes(this.#nodes);
    this.#whenSet = sizes.map((_, node) => node + 1 + (sizes[node + 1] ?? 0));
    let next = 0;
    this.#roots = Array.from({ length: trees }, () => {
      const root = next;
      next += sizes[root];
      return root;
    });
  }

  /** @param ids unfolded identifiers @returns 0 to 1 */
  score(ids: BitFingerprint): number {
    const bits = foldedBits(ids, FEATURES);
    let sum = 0;
    for (const root of this.#roots) sum += this.#values[this.#leaf(root, bits) - FEATURES];
    return sum / this.#roots.length;
  }

  #leaf(root: number, bits: Uint8Array): number {
    let node = root;
    while (this.#nodes[node] < FEATURES) node = bits[this.#nodes[node]] ? this.#whenSet[node] : node + 1;
    return this.#nodes[node];
  }
}

/** [nodes] of trees in pre-order. */
function subtreeSizes(nodes: Uint16Array): Uint32Array {
  const sizes = new Uint32Array(nodes.length).fill(1);
  for (let node = nodes.length - 1; node >= 0; node--) {
    if (nodes[node] >= FEATURES) continue;
    const left = sizes[node + 1];
    sizes[node] = 1 + left + sizes[node + 1 + left];
  }
  return sizes;
}
