/** @file What a file is, by its content and not by its name. What Amalgam does not read is refused by its own name. */
import { type FlatFormat, flatFormat } from '../../engine/dna/flat-files.ts';

export type Content = FlatFormat | 'rows' | 'sdf' | 'xlsx' | 'snapgene';

/** What a file is, or what it is called and what would do instead. */
export type Recognised = { readonly content: Content } | { readonly what: string; readonly instead: string };

const TABLE = 'Save its table as CSV or XLSX.';
const SEQUENCES = 'Convert it to FASTA or GenBank.';
const STRUCTURES = 'Convert it to SDF or SMILES.';
const PICKLE = 'Pickle files can run code and are never read. Save the table as CSV.';

/** First bytes as text, one character per byte. */
const MAGIC: readonly (readonly [start: string, what: string, instead: string])[] = [
  ['%PDF', 'a PDF document', 'Export its table as CSV.'],
  ['\xD0\xCF\x11\xE0', 'an old Excel or Word file (.xls, .doc)', 'Save it as .xlsx or CSV.'],
  ['{\\rtf', 'an RTF document', TABLE],
  ['PAR1', 'a Parquet file', 'Save the table as CSV.'],
  ['\x89HDF', 'an HDF5 file', 'Save the table as CSV.'],
  ['SQLite format 3\0', 'an SQLite database', 'Export the table as CSV.'],
  ['\x80\x02', 'a pickle file', PICKLE],
  ['\x80\x03', 'a pickle file', PICKLE],
  ['\x80\x04', 'a pickle file', PICKLE],
  ['\x80\x05', 'a pickle file', PICKLE],
  ['\x89PNG', 'a picture (PNG)', 'Amalgam does not read pictures.'],
  ['\xFF\xD8\xFF', 'a picture (JPEG)', 'Amalgam does not read pictures.'],
  ['GIF8', 'a picture (GIF)', 'Amalgam does not read pictures.'],
  ['BZh', 'packed with bzip2', 'Unpack it first, or pack it with gzip.'],
  ['\xFD7zXZ', 'packed with xz', 'Unpack it first, or pack it with gzip.'],
  ['7z\xBC\xAF', 'a 7z archive', 'Unpack it first.'],
  ['Rar!', 'a RAR archive', 'Unpack it first.'],
  ['\x28\xB5\x2F\xFD', 'packed with zstd', 'Unpack it first, or pack it with gzip.'],
  ['VjCD0100', 'a ChemDraw file (.cdx)', STRUCTURES],
  ['ABIF', 'a chromatogram (.ab1)', SEQUENCES],
  ['.scf', 'a chromatogram (.scf)', SEQUENCES],
  ['BAM\x01', 'a BAM file', SEQUENCES],
  ['\x43\x27\x41\x1A', 'a 2bit genome', SEQUENCES],
];

/** Carbon in brackets alone is no atom that anyone writes as SMILES: it has no hydrogen. */
const SELFIES = /^\s*(\[[=#]?[A-Z][A-Za-z0-9@=#+-]*\])*\[C\](\[[=#]?[A-Z][A-Za-z0-9@=#+-]*\])+\s*$/m;

/** First lines of text formats. */
const TEXTS: readonly (readonly [start: RegExp, what: string, instead: string])[] = [
  [/^\s*<\?xml[^>]*>\s*<CDXML|^\s*<CDXML|^\s*<!DOCTYPE CDXML|CDXML SYSTEM/, 'a ChemDraw file (.cdxml)', STRUCTURES],
  [/^\s*(<!DOCTYPE html|<html)/i, 'a web page (HTML)', TABLE],
  [/^\s*<\?xml|^\s*<[a-z]+[\s>]/i, 'XML', `${STRUCTURES} ${SEQUENCES}`],
  [/^HEADER {4}\S|^(ATOM {2}|HETATM|CRYST1|COMPND|REMARK {3})[ \d]/, 'a PDB file', STRUCTURES],
  [/^data_\S*\s*$[^]*^(loop_|_\w+)/m, 'a CIF file', STRUCTURES],
  [/^@<TRIPOS>/m, 'a MOL2 file', STRUCTURES],
  [/^\$RXN/, 'a reaction file (RXN)', 'Give the molecules of one side as SDF or SMILES.'],
  [/^\$RDFILE/, 'an RD file', STRUCTURES],
  [/^\s*\d+\s*\n[^\n]*\n\s*[A-Z][a-z]?(\s+-?\d+\.\d+){3}/, 'an XYZ file, which has no bonds', STRUCTURES],
  [/^@[^\n]*\n[ACGTUNacgtun.]+\n\+/, 'FASTQ', 'Convert it to FASTA.'],
  [SELFIES, 'SELFIES', 'Convert it to SMILES.'],
  [/^##gff-version/, 'a GFF file', SEQUENCES],
  [/^##fileformat=VCF/, 'a VCF file', SEQUENCES],
  [/^#NEXUS/i, 'a NEXUS alignment', SEQUENCES],
  [/^CLUSTAL/, 'a Clustal alignment', SEQUENCES],
  [/^# STOCKHOLM/, 'a Stockholm alignment', SEQUENCES],
  [/^MEME version/, 'a file of motifs', 'Motif files go where motifs are asked for.'],
  [/^\s*(\{\s*"|\[\s*[{"])/, 'JSON', TABLE],
];

/** By the name, for what has no mark of its own. */
const NAMED: Readonly<Record<string, readonly [what: string, instead: string]>> = {
  xls: ['not a supported table', 'Save it as .xlsx or CSV.'],
  ods: ['not a supported table', 'Save it as .xlsx or CSV.'],
  numbers: ['not a supported table', 'Save it as .xlsx or CSV.'],
  pkl: ['not a supported table', PICKLE],
  parquet: ['not a supported table', 'Save the table as CSV.'],
};

/** @param start first bytes, at most some thousand @param name of the file */
export function recogniseBytes(start: Uint8Array, name: string): Recognised | null {
  const text = Buffer.from(start.subarray(0, 4096)).toString('latin1');
  if (text.startsWith('\x09\0\0\0\x0eSnapGene')) return { content: 'snapgene' };
  // Archives of any kind; what is in them is looked at when all of it is read.
  if (text.startsWith('PK\x03\x04')) return { content: 'xlsx' };
  const known = MAGIC.find(([magic]) => text.startsWith(magic));
  if (known !== undefined) return { what: known[1], instead: known[2] };
  const ending = endingOf(name);
  if (Object.hasOwn(NAMED, ending)) return { what: NAMED[ending][0], instead: NAMED[ending][1] };
  return ending === 'xlsx' ? { content: 'xlsx' } : null;
}

/** @param head first characters, with "\n" as the end of a line */
export function recogniseText(head: string): Recognised {
  const known = TEXTS.find(([start]) => start.test(head));
  if (known !== undefined) return { what: known[1], instead: known[2] };
  const flat = flatFormat(head);
  if (flat !== null) return isProtein(head) ? { what: 'a protein entry', instead: 'Give DNA.' } : { content: flat };
  return { content: isSdf(head) ? 'sdf' : 'rows' };
}

const isProtein = (head: string): boolean => /^LOCUS\s.*\d aa\b/m.test(head) || /^ID {3}.*\d AA\.?\s*$/m.test(head);

/** A counts line among the first lines or the end of a block, which no quote holds. */
function isSdf(head: string): boolean {
  const lines = head.split('\n');
  const isOpen = (line: number) => lines.slice(0, Math.max(0, line)).join('\n').split('"').length % 2 === 0;
  const counts = lines.slice(0, 6).findIndex((line) => /^[\s\d]+.*V[23]000\s*$/.test(line));
  const end = lines.findIndex((line) => /^M {2}END\s*$/.test(line));
  if (counts >= 0 || end >= 0) return !isOpen(counts >= 0 ? counts : end);
  return lines.some((line) => line.startsWith('$$$$'));
}

/** Ending of a file's name in lower case, without ".gz". */
export function endingOf(name: string): string {
  return name.replace(/\.gz$/i, '').split('.').at(-1)!.toLowerCase();
}

/** The marks of archives that are no workbook, by the names of their members. @param bytes of the archive */
export function archiveContent(bytes: Uint8Array): Recognised {
  const text = Buffer.from(bytes).toString('latin1');
  if (text.includes('xl/workbook')) return { content: 'xlsx' };
  if (text.includes('word/document')) return { what: 'a Word document', instead: 'Export its table as CSV.' };
  if (text.includes('ppt/presentation')) return { what: 'a PowerPoint file', instead: 'Export its table as CSV.' };
  if (text.includes('application/vnd.oasis.opendocument'))
    return { what: 'an OpenDocument file', instead: 'Save it as .xlsx or CSV.' };
  return { what: 'a zip archive', instead: 'Unpack it first.' };
}
