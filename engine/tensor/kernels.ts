/**
 * Kernels of the recorder: how each TF.js operation is written in ONNX. An operation that is not in the table is
 * reported as unsupported.
 */
import { OnnxType } from './onnx.ts';
import { onnxType, RECORDER, RecordingBackend } from './recorder.ts';
import * as tf from './tf.ts';

interface Call {
  readonly inputs: Record<string, tf.TensorInfo>;
  readonly attributes: Record<string, unknown>;
  readonly backend: RecordingBackend;
}
type Kernel = (call: Call) => tf.TensorInfo | tf.TensorInfo[];

const { assertAndGetBroadcastShape } = tf.broadcast_util;
const { inferFromImplicitShape, parseAxisParam, sizeFromShape } = tf.util;

/** Two tensors, broadcast; `result` is the type if it is not that of the inputs. */
function binary(op: string, result?: tf.DataType): Kernel {
  return ({ inputs: { a, b }, backend }) => {
    const shape = assertAndGetBroadcastShape(a.shape, b.shape);
    return backend.tensor(backend.graph.node(op, [backend.name(a), backend.name(b)]), shape, result ?? a.dtype);
  };
}

function unary(op: string): Kernel {
  return ({ inputs: { x }, backend }) => backend.tensor(backend.graph.node(op, [backend.name(x)]), x.shape, x.dtype);
}

/** Chains of operators with one input, innermost first. */
function chain(...ops: string[]): Kernel {
  return ({ inputs: { x }, backend }) => {
    const name = ops.reduce((value, op) => backend.graph.node(op, [value]), backend.name(x));
    return backend.tensor(name, x.shape, x.dtype);
  };
}

/**
 * ReduceSum takes its axes as an input, the other reductions as an attribute (opset 17). Only TF.js's Max calls its
 * axes `reductionIndices`.
 */
function reduce(op: string): Kernel {
  return ({ inputs: { x }, attributes, backend }) => {
    const axes = parseAxisParam((attributes.reductionIndices ?? attributes.axis) as number | number[], x.shape);
    const keep = attributes.keepDims ? 1 : 0;
    const shape = x.shape.flatMap((d, i) => (axes.includes(i) ? (keep ? [1] : []) : [d]));
    const name =
      op === 'ReduceSum'
        ? backend.graph.node(op, [backend.name(x), backend.graph.integers(axes)], { keepdims: keep })
        : backend.graph.node(op, [backend.name(x)], { axes, keepdims: keep });
    return backend.tensor(name, shape, x.dtype);
  };
}

function overLastAxis(op: string): Kernel {
  return ({ inputs: { logits }, backend }) =>
    backend.tensor(backend.graph.node(op, [backend.name(logits)], { axis: -1 }), logits.shape);
}

function reshaped(backend: RecordingBackend, x: tf.TensorInfo, shape: number[]): tf.TensorInfo {
  if (shape.length === x.shape.length && shape.every((d, i) => d === x.shape[i])) return backend.alias(x);
  const name = backend.graph.node('Reshape', [backend.name(x), backend.graph.integers(shape)]);
  return backend.tensor(name, shape, x.dtype);
}

function filled(value: number): Kernel {
  return ({ inputs: { x }, backend }) => constant(backend, x.shape, value, x.dtype);
}

function constant(backend: RecordingBackend, shape: number[], value: number, dtype: tf.DataType): tf.TensorInfo {
  const length = sizeFromShape(shape);
  const values = dtype === 'float32' ? new Float32Array(length).fill(value) : new Int32Array(length).fill(value);
  return { dataId: backend.write(values, shape, dtype), shape, dtype };
}

function cast(backend: RecordingBackend, x: tf.TensorInfo, dtype: tf.DataType): tf.TensorInfo {
  if (x.dtype === dtype) return backend.alias(x);
  return backend.tensor(
    backend.graph.node('Cast', [backend.name(x)], { to: OnnxType[onnxType(dtype)] }),
    x.shape,
    dtype,
  );
}

/** One-hot rows: int32 [..] -> float32 [.., depth]. */
function oneHot(backend: RecordingBackend, indices: tf.TensorInfo, depth: number, on = 1, off = 0): string {
  const wide = backend.graph.node('Cast', [backend.name(indices)], { to: OnnxType.int64 });
  const values = backend.graph.constant(Float32Array.of(off, on), [2], 'float32');
  return backend.graph.node('OneHot', [wide, backend.graph.integers([depth]), values], { axis: -1 });
}

/** Multiplies transposed operands without copying them: Gemm for matrices, FusedMatMul for stacks of matrices. */
const matMul: Kernel = ({ inputs: { a, b }, attributes, backend }) => {
  const transA = attributes.transposeA ? 1 : 0;
  const transB = attributes.transposeB ? 1 : 0;
  const rank = a.shape.length;
  const rows = a.shape[rank - (transA ? 1 : 2)];
  const columns = b.shape[b.shape.length - (transB ? 2 : 1)];
  const batch = assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const names = [backend.name(a), backend.name(b)];
  const name =
    transA || transB
      ? backend.graph.node('FusedMatMul', names, { transA, transB })
      : backend.graph.node('MatMul', names);
  return backend.tensor(name, [...batch, rows, columns]);
};

const transpose: Kernel = ({ inputs: { x }, attributes, backend }) => {
  const perm = attributes.perm as number[];
  const shape = perm.map((p) => x.shape[p]);
  const moved = perm.filter((p) => x.shape[p] !== 1);
  if (moved.every((p, i) => i === 0 || p > moved[i - 1])) return reshaped(backend, x, shape);
  return backend.tensor(backend.graph.node('Transpose', [backend.name(x)], { perm }), shape, x.dtype);
};

const split: Kernel = ({ inputs: { x }, attributes, backend }) => {
  const axis = parseAxisParam(attributes.axis as number, x.shape)[0];
  const sizes = tf.backend_util.prepareSplitSize(x as tf.Tensor, attributes.numOrSizeSplits as number | number[], axis);
  const names = backend.graph.nodes('Split', [backend.name(x), backend.graph.integers(sizes)], sizes.length, { axis });
  return sizes.map((size, i) =>
    backend.tensor(
      names[i],
      x.shape.map((d, k) => (k === axis ? size : d)),
      x.dtype,
    ),
  );
};

const concat: Kernel = ({ inputs, attributes, backend }) => {
  const parts = Object.values(inputs);
  const axis = parseAxisParam(attributes.axis as number, parts[0].shape)[0];
  const shape = tf.backend_util.computeOutShape(
    parts.map((part) => part.shape),
    axis,
  );
  return backend.tensor(
    backend.graph.node(
      'Concat',
      parts.map((part) => backend.name(part)),
      { axis },
    ),
    shape,
    parts[0].dtype,
  );
};

const slice: Kernel = ({ inputs: { x }, attributes, backend }) => {
  const begin = attributes.begin as number[];
  const size = (attributes.size as number[]).map((s, i) => (s < 0 ? x.shape[i] - begin[i] : s));
  const end = begin.map((b, i) => b + size[i]);
  const name = backend.graph.node('Slice', [
    backend.name(x),
    backend.graph.integers(begin),
    backend.graph.integers(end),
  ]);
  return backend.tensor(name, size, x.dtype);
};

const pad: Kernel = ({ inputs: { x }, attributes, backend }) => {
  const pairs = attributes.paddings as [number, number][];
  const widths = [...pairs.map((p) => p[0]), ...pairs.map((p) => p[1])];
  const fill = backend.graph.scalar(attributes.constantValue as number);
  const name = backend.graph.node('Pad', [backend.name(x), backend.graph.integers(widths), fill]);
  return backend.tensor(
    name,
    x.shape.map((d, i) => d + pairs[i][0] + pairs[i][1]),
    x.dtype,
  );
};

const gather: Kernel = ({ inputs: { x, indices }, attributes, backend }) => {
  const axis = parseAxisParam(attributes.axis as number, x.shape)[0];
  const name = backend.graph.node('Gather', [backend.name(x), backend.name(indices)], { axis });
  return backend.tensor(name, [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)], x.dtype);
};

/** Sums rows by segment with a one-hot matrix product, so that the order of the terms is the same in every run. */
const segmentSum: Kernel = ({ inputs: { x, segmentIds }, attributes, backend }) => {
  const segments = attributes.numSegments as number;
  const rows = x.shape[0];
  const table = reshaped(backend, x, [rows, sizeFromShape(x.shape) / rows]);
  const name = backend.graph.node('FusedMatMul', [oneHot(backend, segmentIds, segments), backend.name(table)], {
    transA: 1,
    transB: 0,
  });
  return reshaped(backend, backend.tensor(name, [segments, table.shape[1]]), [segments, ...x.shape.slice(1)]);
};

const argMax: Kernel = ({ inputs: { x }, attributes, backend }) => {
  const axis = parseAxisParam(attributes.axis as number, x.shape)[0];
  const wide = backend.graph.node('ArgMax', [backend.name(x)], { axis, keepdims: 0 });
  const name = backend.graph.node('Cast', [wide], { to: OnnxType.int32 });
  return backend.tensor(
    name,
    x.shape.filter((_, i) => i !== axis),
    'int32',
  );
};

const step: Kernel = ({ inputs: { x }, attributes, backend }) => {
  const negative = (attributes.alpha as number | undefined) ?? 0;
  const above = backend.graph.node('Greater', [backend.name(x), backend.graph.scalar(0)]);
  const name = backend.graph.node('Where', [above, backend.graph.scalar(1), backend.graph.scalar(negative)]);
  return backend.tensor(name, x.shape, x.dtype);
};

const clip: Kernel = ({ inputs: { x }, attributes, backend }) => {
  const low = backend.graph.scalar(attributes.clipValueMin as number);
  const high = backend.graph.scalar(attributes.clipValueMax as number);
  return backend.tensor(backend.graph.node('Clip', [backend.name(x), low, high]), x.shape, x.dtype);
};

const select: Kernel = ({ inputs: { condition, t, e }, backend }) => {
  const name = backend.graph.node('Where', [backend.name(condition), backend.name(t), backend.name(e)]);
  return backend.tensor(name, t.shape, t.dtype);
};

const kernels: Record<string, Kernel> = {
  Abs: unary('Abs'),
  Add: binary('Add'),
  ArgMax: argMax,
  BatchMatMul: matMul,
  Cast: ({ inputs: { x }, attributes, backend }) => cast(backend, x, attributes.dtype as tf.DataType),
  ClipByValue: clip,
  Concat: concat,
  Cos: unary('Cos'),
  Elu: unary('Elu'),
  Equal: binary('Equal', 'bool'),
  Erf: unary('Erf'),
  Exp: unary('Exp'),
  ExpandDims: ({ inputs: { input }, attributes, backend }) => {
    const shape = [...input.shape];
    const dim = attributes.dim as number;
    shape.splice(dim < 0 ? shape.length + dim + 1 : dim, 0, 1);
    return reshaped(backend, input, shape);
  },
  Fill: ({ attributes, backend }) =>
    constant(
      backend,
      attributes.shape as number[],
      attributes.value as number,
      (attributes.dtype as tf.DataType | undefined) ?? 'float32',
    ),
  GatherV2: gather,
  Greater: binary('Greater', 'bool'),
  GreaterEqual: binary('GreaterOrEqual', 'bool'),
  Identity: ({ inputs: { x }, backend }) => backend.alias(x),
  LeakyRelu: ({ inputs: { x }, attributes, backend }) =>
    backend.tensor(
      backend.graph.node('LeakyRelu', [backend.name(x)], { alpha: { float: attributes.alpha as number } }),
      x.shape,
    ),
  Less: binary('Less', 'bool'),
  LessEqual: binary('LessOrEqual', 'bool'),
  Log: unary('Log'),
  LogicalAnd: binary('And', 'bool'),
  LogicalNot: unary('Not'),
  LogicalOr: binary('Or', 'bool'),
  LogSoftmax: overLastAxis('LogSoftmax'),
  Max: reduce('ReduceMax'),
  Maximum: binary('Max'),
  Mean: reduce('ReduceMean'),
  Min: reduce('ReduceMin'),
  Minimum: binary('Min'),
  Multiply: binary('Mul'),
  Neg: unary('Neg'),
  NotEqual: ({ inputs: { a, b }, backend }) => {
    const equal = backend.graph.node('Equal', [backend.name(a), backend.name(b)]);
    return backend.tensor(backend.graph.node('Not', [equal]), assertAndGetBroadcastShape(a.shape, b.shape), 'bool');
  },
  OneHot: ({ inputs: { indices }, attributes, backend }) => {
    const depth = attributes.depth as number;
    const name = oneHot(
      backend,
      indices,
      depth,
      attributes.onValue as number | undefined,
      attributes.offValue as number | undefined,
    );
    return cast(
      backend,
      backend.tensor(name, [...indices.shape, depth]),
      (attributes.dtype as tf.DataType | undefined) ?? 'float32',
    );
  },
  OnesLike: filled(1),
  PadV2: pad,
  Pow: binary('Pow'),
  Prod: reduce('ReduceProd'),
  RealDiv: binary('Div'),
  Reciprocal: unary('Reciprocal'),
  Relu: unary('Relu'),
  Reshape: ({ inputs: { x }, attributes, backend }) =>
    reshaped(backend, x, inferFromImplicitShape(attributes.shape as number[], sizeFromShape(x.shape))),
  Rsqrt: chain('Sqrt', 'Reciprocal'),
  Select: select,
  Sigmoid: unary('Sigmoid'),
  Sin: unary('Sin'),
  Slice: slice,
  Softmax: overLastAxis('Softmax'),
  Softplus: unary('Softplus'),
  SplitV: split,
  Sqrt: unary('Sqrt'),
  Square: ({ inputs: { x }, backend }) =>
    backend.tensor(backend.graph.node('Mul', [backend.name(x), backend.name(x)]), x.shape, x.dtype),
  SquaredDifference: ({ inputs: { a, b }, backend }) => {
    const gap = backend.graph.node('Sub', [backend.name(a), backend.name(b)]);
    return backend.tensor(backend.graph.node('Mul', [gap, gap]), assertAndGetBroadcastShape(a.shape, b.shape), a.dtype);
  },
  Step: step,
  Sub: binary('Sub'),
  Sum: reduce('ReduceSum'),
  Tanh: unary('Tanh'),
  Tile: ({ inputs: { x }, attributes, backend }) => {
    const reps = attributes.reps as number[];
    const name = backend.graph.node('Tile', [backend.name(x), backend.graph.integers(reps)]);
    return backend.tensor(
      name,
      x.shape.map((d, i) => d * reps[i]),
      x.dtype,
    );
  },
  Transpose: transpose,
  UnsortedSegmentSum: segmentSum,
  ZerosLike: filled(0),
};

for (const [kernelName, kernel] of Object.entries(kernels)) {
  tf.registerKernel({
    kernelName,
    backendName: RECORDER,
    kernelFunc: ({ inputs, attrs, backend }) =>
      kernel({
        inputs: inputs as Record<string, tf.TensorInfo>,
        attributes: (attrs ?? {}) as Record<string, unknown>,
        backend: backend as RecordingBackend,
      }),
  });
}
