/**
 * Names and structures of approved drugs, for references by name: the shipped table and a few synonyms. It is read on
 * first use, since most commands need no name.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelsFolder } from '../../base/paths.ts';

/** Common synonyms, mostly international names, that the table lacks -> name in the table. */
const SECOND_NAMES: Readonly<Record<string, string>> = {
  'acetylsalicylic acid': 'aspirin',
  aciclovir: 'acyclovir',
  adrenaline: 'epinephrine',
  calcipotriol: 'calcipotriene',
  cefalotin: 'cephalothin',
  ciclosporin: 'cyclosporine',
  clomifene: 'clomiphene',
  'cromoglicic acid': 'cromolyn',
  'etacrynic acid': 'ethacrynic acid',
  ethinylestradiol: 'ethinyl estradiol',
  glibenclamide: 'glyburide',
  isoprenaline: 'isoproterenol',
  lacosamide: 'erlosamide',
  mesalazine: 'mesalamine',
  metamfetamine: 'methamphetamine',
  noradrenaline: 'norepinephrine',
  norethisterone: 'norethindrone',
  orciprenaline: 'metaproterenol',
  paracetamol: 'acetaminophen',
  pethidine: 'meperidine',
  phenoxymethylpenicillin: 'penicillin v',
  proguanil: 'chloroguanide',
  rifampicin: 'rifampin',
  salbutamol: 'albuterol',
  succinylcholine: 'suxamethonium',
  tioguanine: 'thioguanine',
  torasemide: 'torsemide',
  'ursodeoxycholic acid': 'ursodiol',
  valaciclovir: 'valacyclovir',
};

export interface Drug {
  readonly name: string;
  readonly smiles: string;
  /** ATC codes of the fourth level, e.g. N02BA; empty if the drug has none. */
  readonly codes: readonly string[];
}

let drugs: readonly Drug[] | undefined;
let names: Readonly<Record<string, string>> | undefined;

/** All drugs in the order of the table. */
export function approvedDrugs(): readonly Drug[] {
  return (drugs ??= rows('drugs.tsv').map(([name, smiles, codes]) => ({
    name,
    smiles,
    codes: codes ? codes.split(';') : [],
  })));
}

/** Name in lower case -> SMILES. */
export function drugNames(): Readonly<Record<string, string>> {
  return (names ??= withSecondNames());
}

/** Names that start with the text, then names that contain it, each in alphabetical order; case does not matter. */
export function namesLike(text: string, limit: number): string[] {
  const wanted = text.trim().toLowerCase();
  const holding = Object.keys(drugNames())
    .filter((name) => name.includes(wanted))
    .sort();
  return [
    ...holding.filter((name) => name.startsWith(wanted)),
    ...holding.filter((name) => !name.startsWith(wanted)),
  ].slice(0, limit);
}

/** @param name in any case @returns undefined for an unknown name */
export function drugSmiles(name: string): string | undefined {
  const [known, wanted] = [drugNames(), name.toLowerCase()];
  return Object.hasOwn(known, wanted) ? known[wanted] : undefined;
}

function withSecondNames(): Record<string, string> {
  const approved = Object.fromEntries(approvedDrugs().map(({ name, smiles }) => [name, smiles]));
  const second = Object.entries(SECOND_NAMES).map(([name, first]) => [name, approved[first]]);
  return { ...approved, ...Object.fromEntries(second) };
}

/** Names of ATC classes, by code. */
export function drugClasses(): ReadonlyMap<string, string> {
  return new Map(rows('atc.tsv').map(([code, name]) => [code, name]));
}

/** Whether a drug is in a class; '' is the class of all drugs. */
export function isOfClass({ codes }: Drug, code: string): boolean {
  return code === '' || codes.some((one) => one.startsWith(code));
}

function rows(file: string): string[][] {
  const lines = readFileSync(join(modelsFolder, 'approved-drugs', file), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.map((line) => line.split('\t'));
}
