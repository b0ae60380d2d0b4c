/** @file Finds objectives by everyday words. */
import type { ObjectiveInfo } from '../../../../contract/api.ts';

/** Everyday words that occur in neither label nor description. */
export const everyday: Readonly<Record<string, string>> = {
  sa: 'easy to make synthesise synthesize synthetic accessibility simple',
  logp: 'greasy greasiness oily fatty lipophilic lipophilicity hydrophobic',
  mw: 'size small big large mass heavy mol wt',
  'heavy-atoms': 'size small big large',
  alerts: 'pains brenk toxicophores bad groups red flags',
  tpsa: 'psa polarity',
  hbd: 'hydrogen bond donor',
  hba: 'hydrogen bond acceptor',
  fsp3: 'flat flatness three-dimensional 3d shape',
  rotb: 'flexible flexibility',
  similarity: 'like alike analogue analog close tanimoto fingerprint ecfp',
  dissimilarity: 'unlike diverse different novel new',
  novelty: 'new novel',
  substructure: 'keep smarts contains group',
  'no-substructure': 'avoid exclude smarts without group',
  'admet-herg': 'heart cardiac cardiotoxicity qt',
  'admet-bbb-martins': 'brain cns penetration',
  'cns-mpo': 'brain blood-brain barrier',
  'admet-solubility-aqsoldb': 'soluble dissolves aqueous',
  'admet-dili': 'liver hepatotoxicity toxic',
  'admet-ames': 'mutagenic genotoxic toxic',
  'admet-bioavailability-ma': 'pill swallowed absorbed',
  gc: 'gc% base composition',
  tm: 'annealing primer',
  'restriction-sites': 'cut sites cutters enzymes cloning digestion ecori',
  'restriction-present': 'cut sites cutters cloning digestion ecori',
  synthesis: 'easy to make order synthesise synthesize twist idt vendor gblock',
  'motif-score': 'transcription factor binding site jaspar hocomoco tf tfbs',
  'motif-count': 'transcription factor binding site jaspar hocomoco tf tfbs',
  'motif-spacing': 'transcription factor binding site distance tf tfbs',
  'motif-order': 'transcription factor binding site grammar tf tfbs',
  homopolymer: 'homopolymers polya repeats',
  'edit-distance': 'levenshtein similar',
  identity: 'similar similarity alike',
};

const little = new Set(['a', 'an', 'and', 'the', 'of', 'to', 'in', 'for', 'no', 'not', 'is', 'it', 'by', 'with']);

/** Benchmark tasks are found by their drugs' names. In other searches, they come last. */
const benchmarkTask = /^pmo-/;
const benchmarkWorth = 0.25;

/**
 * How well an objective matches a search; 0 for no match. Every word must match. Matches in the label count most, then
 * everyday words, then the description.
 */
export function fit({ id, label, description, group, unit }: ObjectiveInfo, search: string): number {
  const wanted = wordsOf(search);
  const asked = wanted.some((word) => !little.has(word)) ? wanted.filter((word) => !little.has(word)) : wanted;
  const fields = [
    { words: wordsOf(`${label} ${id}`), worth: 4 },
    { words: wordsOf(everyday[id] ?? ''), worth: 3 },
    { words: wordsOf(`${description} ${group} ${unit}`), worth: 1 },
  ];
  const worths = asked.map((word) =>
    Math.max(0, ...fields.map(({ words, worth }) => worth * Math.max(0, ...words.map((known) => alike(word, known))))),
  );
  if (worths.includes(0)) return 0;
  const mean = worths.reduce((sum, worth) => sum + worth, 0) / worths.length;
  return benchmarkTask.test(id) ? benchmarkWorth * mean : mean;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\d%]+/gu) ?? [];
}

/** Minimum number of letters that two words of the same stem share, such as "soluble" and "solubility". */
const stemLetters = 4;
/** Number of letters at the end of a word that may differ. */
const endingLetters = 3;

/** 1 for the same word or a prefix of it, less for the same stem or a substring, else 0. */
function alike(wanted: string, known: string): number {
  if (known === wanted) return 1;
  if (known.startsWith(wanted)) return 0.95;
  const shared = sharedLetters(wanted, known);
  if (shared >= Math.max(stemLetters, wanted.length - endingLetters)) return 0.8;
  return wanted.length >= stemLetters && known.includes(wanted) ? 0.5 : 0;
}

function sharedLetters(a: string, b: string): number {
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return shared;
}
