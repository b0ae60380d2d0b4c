/** Publishes events to subscribers: the topics of the contract, each subscription with its parameters. */
import type { Topic, TopicEvent } from '../../contract/api.ts';

interface Listener {
  readonly topic: Topic;
  readonly runId: number | null;
  readonly tell: (event: unknown) => void;
}

export class Events {
  readonly #listeners = new Set<Listener>();

  /** @returns a function that ends the subscription */
  listen(topic: Topic, runId: number | null, tell: (event: unknown) => void): () => void {
    const listener = { topic, runId, tell };
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** To all who follow this run. */
  tellRun(runId: number, event: TopicEvent<'run'>): void {
    this.#tell('run', runId, event);
  }

  /** To all who follow the list of runs. */
  tellRuns(event: TopicEvent<'run.summary'>): void {
    this.#tell('run.summary', null, event);
  }

  /** To all who follow the training of a predictor. */
  tellTraining(event: TopicEvent<'predictor.training'>): void {
    this.#tell('predictor.training', null, event);
  }

  /** To all who follow the adaptation of a generator. */
  tellAdaptation(event: TopicEvent<'adaptation'>): void {
    this.#tell('adaptation', null, event);
  }

  /** To all who follow the reproduction. */
  tellReproduction(event: TopicEvent<'reproduction'>): void {
    this.#tell('reproduction', null, event);
  }

  /** To all who follow the export. */
  tellExport(event: TopicEvent<'export'>): void {
    this.#tell('export', null, event);
  }

  /** To all who follow the surface of this run. */
  tellSurface(runId: number, event: TopicEvent<'surface'>): void {
    this.#tell('surface', runId, event);
  }

  #tell(topic: Topic, runId: number | null, event: unknown): void {
    for (const listener of this.#listeners)
      if (listener.topic === topic && listener.runId === runId) listener.tell(event);
  }
}
