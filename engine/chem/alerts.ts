/**
 * Structural alerts: named SMARTS patterns of groups that tend to react, to be
 * toxic or to disturb assays. Sets: PAINS (Baell and Holloway, J. Med. Chem.
 * 2010, 53, 2719) and Brenk's set of the Dundee screening library (Brenk et al.,
 * ChemMedChem 2008, 3, 435). The patterns come from models/alerts.
 */
import type { Molecule } from './molecule.ts';
import { Query } from './smarts/query.ts';

export const alertSets = ['pains', 'brenk'] as const;
export type AlertSet = (typeof alertSets)[number];

export interface Alert {
  readonly set: AlertSet;
  readonly name: string;
  readonly smarts: string;
}

/** @param table lines of set, name and SMARTS, separated by tabs @throws Error naming the first bad line */
export function readAlerts(table: string): Alert[] {
  const lines = table.split('\n').filter((line) => line !== '');
  return lines.map((line, i) => {
    const [set, name, smarts] = line.split('\t');
    const known = alertSets.find((one) => one === set);
    if (!known || !name || !smarts) throw new Error(`Line ${i + 1} of the table of structural alerts is not "set, name, SMARTS": ${line}`);
    return { set: known, name, smarts };
  });
}

/** Chosen sets of alerts with their queries prepared once. */
export class AlertMatcher {
  readonly #alerts: readonly { readonly alert: Alert; readonly query: Query }[];

  constructor(alerts: readonly Alert[], sets: readonly AlertSet[]) {
    this.#alerts = alerts.filter((alert) => sets.includes(alert.set)).map((alert) => ({ alert, query: new Query(alert.smarts) }));
  }

  /** Every alert that the molecule has; each pattern counts once. */
  hits({ graph }: Molecule): Alert[] {
    return this.#alerts.filter(({ query }) => query.isIn(graph)).map(({ alert }) => alert);
  }
}
