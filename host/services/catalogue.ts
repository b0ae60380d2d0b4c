/** The catalogue: everything that a design can ask for. */
import { comparableClasses } from '../candidates/drug-scores.ts';
import { catalogueOf } from '../design/catalogue.ts';
import { approvedDrugs } from '../design/names/drugs.ts';
import type { Service } from './context.ts';

export function catalogueService(): Service<'catalogue'> {
  return {
    'catalogue.get': () => catalogueOf(),
    'catalogue.drugClasses': () => ({ classes: comparableClasses(), count: approvedDrugs().length }),
  };
}
