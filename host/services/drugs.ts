/** Approved drugs as a measure: their classes, and where a candidate stands among them. */
import { candidateDetail, getRun } from '../../db/index.ts';
import { translating } from '../base/workspace.ts';
import { comparableClasses, isComparable, rankIn } from '../candidates/drug-scores.ts';
import { approvedDrugs, isOfClass } from '../design/names/drugs.ts';
import { pinnedFor } from '../models/pins.ts';
import { objectivesOf } from '../runs/setup.ts';
import type { HostContext } from './context.ts';
import type { Service } from './handlers.ts';

type Methods = 'drugs.classes' | 'candidate.percentiles';

export function drugService({ db, drugs }: Pick<HostContext, 'db' | 'drugs'>): Service<Methods> {
  return {
    'drugs.classes': () => ({ classes: comparableClasses(), count: approvedDrugs().length }),
    'candidate.percentiles': async ({ candidateId, atc }) => {
      const { runId, raw } = translating(() => candidateDetail(db, candidateId));
      const run = translating(() => getRun(db, runId));
      const objectives = objectivesOf(run);
      pinnedFor(run, { objectives: objectives.filter(isComparable), constraints: [] });
      const comparisons = await drugs.comparisons(objectives, atc);
      return {
        percentiles: raw.map((value, i) => rankIn(comparisons[i], value)),
        count: approvedDrugs().filter((drug) => isOfClass(drug, atc)).length,
      };
    },
  };
}
