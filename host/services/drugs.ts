/** Approved drugs as a measure: their classes, and where a candidate stands among them. */
import { candidateDetail, getRun } from '../../db/index.ts';
import type { HostContext } from '../context.ts';
import { comparableClasses, rankIn } from '../drug-scores.ts';
import type { Service } from '../handlers.ts';
import { approvedDrugs, isOfClass } from '../names/drugs.ts';
import { objectivesOf } from '../setup.ts';
import { translating } from '../workspace.ts';

type Methods = 'drugs.classes' | 'candidate.percentiles';

export function drugService({ db, drugs }: Pick<HostContext, 'db' | 'drugs'>): Service<Methods> {
  return {
    'drugs.classes': () => ({ classes: comparableClasses(), count: approvedDrugs().length }),
    'candidate.percentiles': async ({ candidateId, atc }) => {
      const { runId, raw } = translating(() => candidateDetail(db, candidateId));
      const objectives = objectivesOf(translating(() => getRun(db, runId)));
      const comparisons = await drugs.comparisons(objectives, atc);
      return { percentiles: raw.map((value, i) => rankIn(comparisons[i], value)), count: approvedDrugs().filter((drug) => isOfClass(drug, atc)).length };
    },
  };
}
