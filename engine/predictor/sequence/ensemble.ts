/**
 * Runs a predictor on a device. All members are in one program with their weights as constants, and both strands of a
 * sequence are side by side in the batch.
 */
import { viewParameters } from '../../generator/parameters.ts';
import type { Device, Program } from '../../tensor/device.ts';
import type { Tensor } from '../../tensor/tf.ts';
import * as tf from '../../tensor/tf.ts';
import { errorOf, residualAt } from './calibration.ts';
import { encodeCentred, middleOf, toOppositeStrand } from './encoding.ts';
import { CHANNELS, networkOutputs, networkParameters } from './network.ts';
import type { Predictor } from './predictor.ts';
import { wordScores } from './words.ts';

/** One quantity of one sequence, in the unit of its task. */
export interface Prediction {
  /** Mean of the members. */
  readonly value: number;
  /** Standard deviation over the members. */
  readonly spread: number;
  /** Calibrated standard error against a measurement. */
  readonly error: number;
}

/** Rows of a pass: enough for efficient products, and few enough for the cache. */
const ROWS = 32;

export class Ensemble {
  readonly #predictor: Predictor;
  readonly #program: Program;
  /** One-hot rows of one pass. [ROWS, L, 4] */
  readonly #input: Float32Array;

  private constructor(predictor: Predictor, program: Program) {
    this.#predictor = predictor;
    this.#program = program;
    this.#input = new Float32Array(ROWS * predictor.network.length * CHANNELS);
  }

  static async create(device: Device, predictor: Predictor): Promise<Ensemble> {
    const { network, members } = predictor;
    const specs = networkParameters(network);
    const constants = (weights: Float32Array) =>
      viewParameters(specs, weights).map((view, i) => tf.tensor(view, [...specs[i].shape]));
    const all = (input: Tensor) => [
      tf.concat(
        members.map((weights) => networkOutputs(network, constants(weights), input)),
        0,
      ),
    ];
    return new Ensemble(predictor, await device.compile(all, [{ shape: [ROWS, network.length, CHANNELS] }]));
  }

  /**
   * Predictions of each task. Only the middle is read of a sequence that is longer than the input of the network.
   * @param sequences A, C, G and T only
   * @returns [sequences][tasks]; null for a sequence shorter than any training sequence
   */
  async predict(sequences: readonly string[]): Promise<(Prediction[] | null)[]> {
    const { network, bothStrands, shortest } = this.#predictor;
    const atOnce = bothStrands ? ROWS / 2 : ROWS;
    const read = sequences
      .filter(({ length }) => length >= shortest)
      .map((sequence) => middleOf(sequence, network.length));
    const predictions: Prediction[][] = [];
    for (let start = 0; start < read.length; start += atOnce)
      predictions.push(...(await this.#pass(read.slice(start, start + atOnce))));
    let next = 0;
    return sequences.map(({ length }) => (length >= shortest ? predictions[next++] : null));
  }

  async #pass(sequences: readonly string[]): Promise<Prediction[][]> {
    const strands = this.#encode(sequences);
    const [outputs] = await this.#program.run([this.#input]);
    return sequences.map((sequence, i) => {
      const words = wordScores(this.#predictor.words, sequence, this.#predictor.bothStrands);
      return words.map((value, task) =>
        this.#predictionOf(this.#networkValues(outputs as Float32Array, i * strands, strands, task), value, task),
      );
    });
  }

  /** Fills the rows; the strands of a sequence follow one another. @returns strands per sequence */
  #encode(sequences: readonly string[]): number {
    const { network, bothStrands } = this.#predictor;
    const [size, strands] = [network.length * CHANNELS, bothStrands ? 2 : 1];
    this.#input.fill(0);
    sequences.forEach((sequence, i) => {
      for (let strand = 0; strand < strands; strand++) {
        const row = this.#input.subarray((i * strands + strand) * size, (i * strands + strand + 1) * size);
        encodeCentred(sequence, network.length, row);
        if (strand === 1) toOppositeStrand(row);
      }
    });
    return strands;
  }

  /** Mean over the strands, one value per member. @param outputs [members * ROWS, tasks] */
  #networkValues(outputs: Float32Array, row: number, strands: number, task: number): number[] {
    const { members, network } = this.#predictor;
    return members.map((_, member) => {
      let sum = 0;
      for (let strand = 0; strand < strands; strand++)
        sum += outputs[(member * ROWS + row + strand) * network.outputs + task];
      return sum / strands;
    });
  }

  /** @param networks standardised values of the members @param words value of the word model */
  #predictionOf(networks: readonly number[], words: number, task: number): Prediction {
    const predicted = this.#predictor.tasks[task];
    const { mean, deviation, blend } = predicted;
    const values = networks.map(
      (network) => mean + deviation * (blend.network * network + blend.words * words + blend.offset),
    );
    const value = values.reduce((sum, one) => sum + one, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, one) => sum + (one - value) ** 2, 0) / Math.max(1, values.length - 1));
    return { value, spread, error: errorOf(spread, residualAt(predicted, value)) };
  }

  dispose(): Promise<void> {
    return this.#program.dispose();
  }
}
