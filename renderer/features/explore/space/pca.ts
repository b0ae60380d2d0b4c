/**
 * @file Principal components of fingerprints: the two directions in which candidates differ most. The covariance of all
 * rows is exact (bits are sparse: 100,000 rows take about a second). Its leading eigenvectors come from subspace
 * iteration with Rayleigh-Ritz projection (Saad, Numerical Methods for Large Eigenvalue Problems, 5.2), always from the
 * same initial vectors.
 */
import { EigenvalueDecomposition, Matrix, QrDecomposition } from 'ml-matrix';
import { dimensionsOf, eachBit, type Fingerprints, rowLength } from './fingerprints.ts';
import { uniforms } from './sample.ts';

export interface Pca {
  /** Coordinates by number; NaN where a candidate has no fingerprint. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Shares of the total variance along the two axes. */
  readonly shares: readonly [number, number];
}

/** Called with the progress, from 0 to 1. */
export type Progress = (share: number) => void;

const seed = 20_260_101;
/** More vectors than wanted, because convergence depends on the gap to the last one. */
const block = 12;
const mostRounds = 300;
/** Tolerance of the residual, relative to the eigenvalue. */
const tolerance = 1e-7;
/** Rows between two progress reports. */
const stretch = 8192;

/** Calls back with the index and value of each nonzero entry of a row. */
type EachValue = (number: number, take: (dimension: number, value: number) => void) => void;

/** Bits are used as they are. Counts are divided by the sum of their row, so that length has no effect. */
function valuesOf(fingerprints: Fingerprints, sizes: Uint32Array): EachValue {
  const { kind, rows } = fingerprints;
  const length = rowLength(kind);
  if (kind === 'bits') return (number, take) => eachBit(fingerprints, number, (bit) => take(bit, 1));
  return (number, take) => {
    for (let k = 0, at = number * length; k < length; k++, at++) if (rows[at] !== 0) take(k, rows[at] / sizes[number]);
  };
}

/**
 * @param numbers candidates with a fingerprint that define the axes; others with a fingerprint are projected onto them
 * @returns null if fewer than two of them differ
 */
export function principalComponents(
  fingerprints: Fingerprints,
  sizes: Uint32Array,
  numbers: Int32Array,
  progress: Progress,
): Pca | null {
  const each = valuesOf(fingerprints, sizes);
  const { mean, covariance } = moments(each, numbers, dimensionsOf(fingerprints.kind), (share) =>
    progress(0.5 * share),
  );
  const total = covariance.trace();
  if (numbers.length < 2 || total === 0) return null;
  const { vectors, values } = leading(covariance, (share) => progress(0.5 + 0.4 * share));
  const [x, y] = vectors.map((vector) => project(each, sizes, vector, mean));
  return { x, y, shares: [values[0] / total, values[1] / total] };
}

function moments(
  each: EachValue,
  numbers: Int32Array,
  dimensions: number,
  progress: Progress,
): { mean: Float64Array; covariance: Matrix } {
  const sums = new Float64Array(dimensions);
  const products = new Float64Array(dimensions * dimensions);
  const places = new Int32Array(dimensions);
  const values = new Float64Array(dimensions);
  numbers.forEach((number, i) => {
    if (i % stretch === 0) progress(i / numbers.length);
    let count = 0;
    each(number, (dimension, value) => {
      places[count] = dimension;
      values[count++] = value;
    });
    for (let a = 0; a < count; a++) {
      sums[places[a]] += values[a];
      for (let b = a, row = places[a] * dimensions; b < count; b++) products[row + places[b]] += values[a] * values[b];
    }
  });
  const mean = sums.map((sum) => sum / numbers.length);
  return { mean, covariance: centred(products, mean, numbers.length) };
}

/** The whole matrix from the sums of products of its upper half. */
function centred(products: Float64Array, mean: Float64Array, count: number): Matrix {
  const size = mean.length;
  const covariance = new Matrix(size, size);
  for (let a = 0; a < size; a++) {
    for (let b = a; b < size; b++) {
      const value = (products[a * size + b] - count * mean[a] * mean[b]) / Math.max(1, count - 1);
      covariance.set(a, b, value).set(b, a, value);
    }
  }
  return covariance;
}

interface Leading {
  readonly vectors: readonly [Float64Array, Float64Array];
  readonly values: readonly [number, number];
}

/** The two largest eigenvalues of a symmetric matrix with their vectors. */
function leading(matrix: Matrix, progress: Progress): Leading {
  const columns = Math.min(block, matrix.rows);
  let basis = orthonormal(Matrix.random(matrix.rows, columns, { random: uniforms(seed) }).sub(0.5));
  for (let round = 0; ; round++) {
    progress(round / mostRounds);
    const image = matrix.mmul(basis);
    const { rotation, values } = ritz(basis, image);
    const [vectors, images] = [basis.mmul(rotation), image.mmul(rotation)];
    const done = [0, 1].every((j) => residual(vectors, images, values[j], j) <= tolerance * values[0]);
    if (done || round === mostRounds)
      return { vectors: [column(vectors, 0), column(vectors, 1)], values: [values[0], values[1]] };
    basis = orthonormal(images);
  }
}

const orthonormal = (matrix: Matrix): Matrix => new QrDecomposition(matrix).orthogonalMatrix;

/** Eigenvectors within the subspace, the largest eigenvalue first. */
function ritz(basis: Matrix, image: Matrix): { rotation: Matrix; values: number[] } {
  const small = new EigenvalueDecomposition(basis.transpose().mmul(image), { assumeSymmetric: true });
  const order = small.realEigenvalues
    .map((_, i) => i)
    .sort((a, b) => small.realEigenvalues[b] - small.realEigenvalues[a]);
  return {
    rotation: small.eigenvectorMatrix.subMatrixColumn(order),
    values: order.map((i) => small.realEigenvalues[i]),
  };
}

function residual(vectors: Matrix, images: Matrix, value: number, j: number): number {
  let sum = 0;
  for (let i = 0; i < vectors.rows; i++) sum += (images.get(i, j) - value * vectors.get(i, j)) ** 2;
  return Math.sqrt(sum);
}

/** A column with the sign that makes its largest entry positive. Either sign is valid, so one is fixed. */
function column(matrix: Matrix, j: number): Float64Array {
  const vector = Float64Array.from(matrix.getColumn(j));
  const largest = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return largest < 0 ? vector.map((value) => -value) : vector;
}

function project(each: EachValue, sizes: Uint32Array, vector: Float64Array, mean: Float64Array): Float32Array {
  const origin = vector.reduce((sum, value, i) => sum + value * mean[i], 0);
  return Float32Array.from(sizes, (size, number) => {
    if (size === 0) return NaN;
    let sum = -origin;
    each(number, (dimension, value) => {
      sum += value * vector[dimension];
    });
    return sum;
  });
}
