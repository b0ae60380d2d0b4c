/**
 * Names of approved drugs and their structures, for references given by name:
 * the shipped table and a few second names. Read at first use, since most
 * commands need no name.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelsFolder } from '../paths.ts';

/** Common second names that the table lacks -> the table's name. */
const SECOND_NAMES: Readonly<Record<string, string>> = {
  aciclovir: 'acyclovir',
  aspirin: 'acetylsalicylic acid',
  paracetamol: 'acetaminophen',
  salbutamol: 'albuterol',
};

let names: Readonly<Record<string, string>> | undefined;

/** Name in lower case -> SMILES. */
export function drugNames(): Readonly<Record<string, string>> {
  return (names ??= readNames());
}

/** Names that start with the text, then those that hold it, each in alphabetical order; case does not matter. */
export function namesLike(text: string, limit: number): string[] {
  const wanted = text.trim().toLowerCase();
  const holding = Object.keys(drugNames()).filter((name) => name.includes(wanted)).sort();
  return [...holding.filter((name) => name.startsWith(wanted)), ...holding.filter((name) => !name.startsWith(wanted))].slice(0, limit);
}

/** @param name in any case; undefined where it is not known */
export function drugSmiles(name: string): string | undefined {
  const [known, wanted] = [drugNames(), name.toLowerCase()];
  return Object.hasOwn(known, wanted) ? known[wanted] : undefined;
}

function readNames(): Record<string, string> {
  const lines = readFileSync(join(modelsFolder, 'approved-drugs', 'drugs.tsv'), 'utf8').trimEnd().split('\n');
  const approved = Object.fromEntries(lines.map((line) => line.split('\t') as [string, string]));
  const second = Object.entries(SECOND_NAMES).map(([name, first]) => [name, approved[first]]);
  return { ...approved, ...Object.fromEntries(second) };
}
