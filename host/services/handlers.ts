/**
 * The shape of the services: one handler for each method of the contract, with
 * parameters after validation. A missing or a surplus handler does not compile.
 */
import type { Method, Parsed, Result } from '../../contract/api.ts';

export type Handler<M extends Method> = (params: Parsed<M>) => Result<M> | Promise<Result<M>>;
export type Handlers = { readonly [M in Method]: Handler<M> };

/** The handlers of one service. */
export type Service<M extends Method> = { readonly [K in M]: Handler<K> };
