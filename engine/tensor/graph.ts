/**
 * The graph under construction while a function is recorded: nodes in execution order and constants, each stored once.
 * All names are made here.
 */
import type { Attribute, OnnxConstant, OnnxGraph, OnnxNode, OnnxTypeName, OnnxValue } from './onnx.ts';

/** Operators that ONNX Runtime adds to the standard. */
const RUNTIME_OPERATORS = new Set(['FusedMatMul']);

export class GraphBuilder {
  #nodes: OnnxNode[] = [];
  #constants: OnnxConstant[] = [];
  #constantNames = new Map<string, string>();
  #inputs: OnnxValue[] = [];
  #names = 0;

  #fresh(): string {
    return `t${this.#names++}`;
  }

  input(shape: readonly number[], type: OnnxTypeName): string {
    const name = `in${this.#inputs.length}`;
    this.#inputs.push({ name, type, shape });
    return name;
  }

  /** Adds a node with one output and returns the output's name. */
  node(op: string, inputs: readonly string[], attributes: Record<string, Attribute> = {}): string {
    return this.nodes(op, inputs, 1, attributes)[0];
  }

  /** Adds a node with several outputs. */
  nodes(op: string, inputs: readonly string[], outputs: number, attributes: Record<string, Attribute> = {}): string[] {
    const names = Array.from({ length: outputs }, () => this.#fresh());
    const modality = RUNTIME_OPERATORS.has(op) ? 'com.microsoft' : '';
    this.#nodes.push({ op, modality, inputs, outputs: names, attributes });
    return names;
  }

  /** Stores a constant; equal small constants share one entry. */
  constant(values: ArrayBufferView, shape: readonly number[], type: OnnxTypeName): string {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
    const key = bytes.length <= 64 ? `${type}:${shape.join()}:${bytes.join()}` : undefined;
    const known = key === undefined ? undefined : this.#constantNames.get(key);
    if (known !== undefined) return known;
    const name = this.#fresh();
    this.#constants.push({ name, type, shape, bytes });
    if (key !== undefined) this.#constantNames.set(key, name);
    return name;
  }

  integers(values: readonly number[]): string {
    return this.constant(BigInt64Array.from(values.map(BigInt)), [values.length], 'int64');
  }

  scalar(value: number): string {
    return this.constant(Float32Array.of(value), [], 'float32');
  }

  finish(outputs: readonly OnnxValue[]): OnnxGraph {
    return { nodes: this.#nodes, constants: this.#constants, inputs: this.#inputs, outputs };
  }
}
