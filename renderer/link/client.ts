/**
 * @file The typed client: every answer and every event is checked against the
 * contract before the interface sees it.
 */
import { z } from 'zod';
import {
  ContractError,
  type Method,
  methodSchemas,
  type Params,
  type Result,
  type Topic,
  type TopicEvent,
  type TopicParams,
  topicSchemas,
  type Transport,
} from '../../contract/api.ts';

export interface Client {
  /** @throws ContractError with the host's code, or `bad-message` if the answer violates the contract */
  invoke<M extends Method>(method: M, params: Params<M>): Promise<Result<M>>;
  /** @returns a function that ends the subscription */
  subscribe<T extends Topic>(topic: T, params: TopicParams<T>, listener: (event: TopicEvent<T>) => void): () => void;
}

/** @param report called for an event that violates the contract; the event is dropped */
export function createClient(transport: Transport, report: (error: ContractError) => void): Client {
  return {
    async invoke<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
      const answer = await transport.invoke(method, params);
      return check(methodSchemas[method].result, answer, method) as Result<M>;
    },
    subscribe<T extends Topic>(topic: T, params: TopicParams<T>, listener: (event: TopicEvent<T>) => void) {
      return transport.subscribe(topic, params, (event) => {
        try {
          listener(check(topicSchemas[topic].event, event, topic) as TopicEvent<T>);
        } catch (error) {
          report(asContractError(error));
        }
      });
    },
  };
}

function check(schema: z.ZodType, value: unknown, name: string): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = z.prettifyError(parsed.error);
  throw new ContractError(
    'bad-message',
    `The answer to ${name} is invalid. Interface and engine may have different versions.`,
    where,
  );
}

/** Converts anything thrown to an error with a code and a sentence. */
export function asContractError(error: unknown): ContractError {
  if (error instanceof ContractError) return error;
  return new ContractError('failed', error instanceof Error ? error.message : String(error));
}
