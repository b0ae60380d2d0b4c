/** The methods by the name that a design gives them. */
import { iterativeRS } from './iterative.ts';
import { morlhf } from './morlhf.ts';
import { rewardsInContext } from './ric.ts';
import type { Method } from './settings.ts';
import { rewardedSoups } from './soups.ts';
import type { RunMethod } from './types.ts';

export const runMethods: Readonly<Record<Method, RunMethod>> = {
  iterative: iterativeRS,
  morlhf,
  soups: rewardedSoups,
  ric: rewardsInContext,
};
