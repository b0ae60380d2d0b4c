import { availableParallelism } from 'node:os';

/** Default number of threads for training or sampling alone. More threads would mostly wait for each other. */
export const usualThreads = (): number => Math.min(4, availableParallelism());
