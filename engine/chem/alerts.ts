/**
 * @file Structural alerts: named SMARTS patterns of groups that tend to react, to be toxic or to interfere with assays,
 * in published sets. The patterns come from models/alerts, whose README names the sources.
 */
import type { Molecule } from './molecule.ts';
import { Query } from './smarts/query.ts';

export const alertSets = [
  'pains',
  'brenk',
  'nibr',
  'mcf',
  'bms',
  'glaxo',
  'inpharmatica',
  'lint',
  'mlsmr',
  'surechembl',
] as const;
export type AlertSet = (typeof alertSets)[number];

/** The sets that are searched by default. */
export const usualAlertSets: readonly AlertSet[] = ['pains', 'brenk'];

export interface Alert {
  readonly set: AlertSet;
  readonly name: string;
  readonly smarts: string;
  /** Fewest matches that count as a hit. */
  readonly least: number;
  /** NIBR: 0 to annotate, 1 to flag, 2 to exclude; null in other sets. */
  readonly severity: number | null;
}

/** An alert in a molecule. */
export interface AlertHit extends Alert {
  /** Atoms of each match. */
  readonly matches: readonly (readonly number[])[];
}

/**
 * @param table lines of set, name, SMARTS, fewest matches and severity, separated by tabs
 * @throws Error, which names the first invalid line
 */
export function readAlerts(table: string): Alert[] {
  const lines = table.split('\n').filter((line) => line !== '');
  return lines.map((line, i) => {
    const [set, name, smarts, least, severity] = line.split('\t');
    const known = alertSets.find((one) => one === set);
    if (!known || !name || !smarts || !(Number(least) >= 1))
      throw new Error(
        `Line ${i + 1} of the table of structural alerts is not "set, name, SMARTS, fewest matches, severity": ${line}`,
      );
    return { set: known, name, smarts, least: Number(least), severity: severity ? Number(severity) : null };
  });
}

/** The chosen sets of alerts, with their queries prepared once. */
export class AlertMatcher {
  readonly #alerts: readonly { readonly alert: Alert; readonly query: Query }[];

  constructor(alerts: readonly Alert[], sets: readonly AlertSet[]) {
    this.#alerts = alerts
      .filter((alert) => sets.includes(alert.set))
      .map((alert) => ({ alert, query: new Query(alert.smarts) }));
  }

  /** Every alert in the molecule. Each pattern counts once. */
  alerts({ graph }: Molecule): Alert[] {
    return this.#alerts
      .filter(({ alert, query }) => (alert.least === 1 ? query.isIn(graph) : query.count(graph) >= alert.least))
      .map(({ alert }) => alert);
  }

  /** The same with the matching atoms, for display. */
  hits({ graph }: Molecule): AlertHit[] {
    const found = this.#alerts.map(({ alert, query }) => ({ ...alert, matches: query.matches(graph) }));
    return found.filter(({ matches, least }) => matches.length >= least);
  }
}

/** NIBR's rule: one excluding alert gives this score; otherwise severities add up. */
const EXCLUDED = 10;

/** NIBR's severity score of a molecule from its alerts: Schuffenhauer et al., J. Med. Chem. 2020, 63, 14425. */
export function severityScore(alerts: readonly Alert[]): number {
  const severities = alerts.map(({ severity }) => severity ?? 0);
  return severities.includes(2) ? EXCLUDED : severities.reduce((sum, severity) => sum + severity, 0);
}
