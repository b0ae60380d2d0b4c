/**
 * @file Lines of a log without what belongs to the user: structures, sequences, quoted names and paths. It rather takes
 * out a word too many than one too few.
 */

/** A whole word of SMILES: atoms, bonds, rings and branches. At least one bond, ring or branch, or six atoms. */
const smiles = /^(?:Br|Cl|[BCNOPSFIbcnops]|\[[^\]\s]*\]|[=#\-+()/\\.%:$*@\d])+$/;
const dna = /^[ACGTUN-]{6,}$/i;
const quoted = /“[^”]*”|"[^"]*"|'[^']*'|`[^`]*`/g;
const path = /(?:[A-Za-z]:\\|\/)(?:[^\s/\\:]+[/\\])+[^\s/\\:,;)]*/g;

/** @param program folder whose paths tell nothing of the user */
export function redacted(line: string, program: string): string {
  return line
    .replaceAll(program, '[program]')
    .replace(quoted, '[text]')
    .replace(path, '[path]')
    .split(/(\s+)/)
    .map((word) => (isStructure(word.replace(/[,;:.]+$/, '')) ? '[structure]' : word))
    .join('');
}

function isStructure(word: string): boolean {
  if (/\[(?:program|text|path)\]/.test(word)) return false;
  return (
    dna.test(word) || (smiles.test(word) && /[A-Za-z]/.test(word) && (/[=#()[\]\d]/.test(word) || word.length > 5))
  );
}
