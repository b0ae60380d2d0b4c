import { availableParallelism } from 'node:os';

/** Threads of what trains or samples by itself, unless others are asked for; more would mostly wait for each other. */
export const usualThreads = (): number => Math.min(4, availableParallelism());
