/**
 * Writes the ONNX messages that a recorded graph needs (onnx.proto3, IR version 9). The protobuf wire format is written
 * by hand, because the schema compilers on npm weigh megabytes and include the whole schema.
 */

/** Element types (TensorProto.DataType). */
export const OnnxType = { float32: 1, int32: 6, int64: 7, bool: 9 } as const;
export type OnnxTypeName = keyof typeof OnnxType;

export type Attribute = number | readonly number[] | { readonly float: number };

export interface OnnxNode {
  readonly op: string;
  /** '' for standard operators. */
  readonly modality: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface OnnxConstant {
  readonly name: string;
  readonly type: OnnxTypeName;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

export interface OnnxValue {
  readonly name: string;
  readonly type: OnnxTypeName;
  readonly shape: readonly number[];
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

/** AttributeProto.AttributeType */
const AttributeType = { float: 1, int: 2, ints: 7 } as const;
const OPSET = 17;
const IR_VERSION = 9;

/** A growing protobuf message. Field numbers are those of onnx.proto3. */
class Message {
  #parts: Uint8Array[] = [];
  #length = 0;

  #push(bytes: Uint8Array): this {
    this.#parts.push(bytes);
    this.#length += bytes.length;
    return this;
  }

  #varint(value: number | bigint): this {
    const bytes: number[] = [];
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
    bytes.push(Number(rest));
    return this.#push(Uint8Array.from(bytes));
  }

  int(field: number, value: number | bigint): this {
    return this.#varint(field << 3).#varint(value);
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.#varint((field << 3) | 5).#push(bytes);
  }

  bytes(field: number, value: Uint8Array): this {
    return this.#varint((field << 3) | 2)
      .#varint(value.length)
      .#push(value);
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  message(field: number, value: Message): this {
    return this.bytes(field, value.done());
  }

  done(): Uint8Array {
    const out = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }
}

/** A ModelProto ready for a runtime. */
export function encodeModel(graph: OnnxGraph): Uint8Array {
  const body = new Message();
  for (const node of graph.nodes) body.message(1, encodeNode(node));
  body.text(2, 'amalgam');
  for (const constant of graph.constants) body.message(5, encodeConstant(constant));
  for (const input of graph.inputs) body.message(11, encodeValue(input));
  for (const output of graph.outputs) body.message(12, encodeValue(output));
  const opset = (modality: string, version: number) => new Message().text(1, modality).int(2, version);
  return new Message()
    .int(1, IR_VERSION)
    .message(7, body)
    .message(8, opset('', OPSET))
    .message(8, opset('com.microsoft', 1))
    .done();
}

function encodeNode(node: OnnxNode): Message {
  const message = new Message();
  for (const input of node.inputs) message.text(1, input);
  for (const output of node.outputs) message.text(2, output);
  message.text(4, node.op);
  for (const [name, value] of Object.entries(node.attributes)) message.message(5, encodeAttribute(name, value));
  if (node.modality !== '') message.text(7, node.modality);
  return message;
}

function encodeAttribute(name: string, value: Attribute): Message {
  const message = new Message().text(1, name);
  if (typeof value === 'number') return message.int(3, value).int(20, AttributeType.int);
  if ('float' in value) return message.float(2, value.float).int(20, AttributeType.float);
  for (const item of value) message.int(8, item);
  return message.int(20, AttributeType.ints);
}

function encodeConstant(constant: OnnxConstant): Message {
  const message = new Message();
  for (const d of constant.shape) message.int(1, d);
  return message.int(2, OnnxType[constant.type]).text(8, constant.name).bytes(9, constant.bytes);
}

function encodeValue(value: OnnxValue): Message {
  const shape = new Message();
  for (const d of value.shape) shape.message(1, new Message().int(1, d));
  const tensor = new Message().int(1, OnnxType[value.type]).message(2, shape);
  return new Message().text(1, value.name).message(2, new Message().message(1, tensor));
}
