/** @file One predictor of DNA per worker. Objectives that read the same batch share one pass over it. */
import { isInDomain } from '../../../predictor/sequence/applicability.ts';
import { Ensemble, type Prediction } from '../../../predictor/sequence/ensemble.ts';
import type { Predictor } from '../../../predictor/sequence/predictor.ts';
import type { Device } from '../../../tensor/device.ts';
import type { DnaBatch } from '../../dna.ts';

/** What the predictor says of one sequence; null if it is invalid or too short. */
export interface KnownSequence {
  readonly predictions: readonly Prediction[];
  readonly isInDomain: boolean;
}

export class SharedPredictor {
  readonly predictor: Predictor;
  readonly #ensemble: () => Promise<Ensemble>;
  readonly #known = new WeakMap<DnaBatch, Promise<(KnownSequence | null)[]>>();

  constructor(predictor: Predictor, device: Device) {
    this.predictor = predictor;
    let started: Promise<Ensemble> | undefined;
    this.#ensemble = () => (started ??= Ensemble.create(device, predictor));
  }

  of(batch: DnaBatch): Promise<(KnownSequence | null)[]> {
    const known = this.#known.get(batch) ?? this.#predict(batch);
    this.#known.set(batch, known);
    return known;
  }

  async #predict(batch: DnaBatch): Promise<(KnownSequence | null)[]> {
    const valid = batch.filter((sequence) => sequence !== null);
    const predictions = await (await this.#ensemble()).predict(valid);
    let next = 0;
    return batch.map((sequence) => {
      const one = sequence === null ? null : predictions[next++];
      return one && { predictions: one, isInDomain: isInDomain(sequence!, this.predictor) };
    });
  }
}
