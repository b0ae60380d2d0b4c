/** @file What exports write, read back by programs that know the format. */
import { genbankToJson } from '@teselagen/bio-parsers';
import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { loadRdkitFromDisk } from '../../../host/chemistry/chemistry.ts';
import { genbankText } from '../../../host/export/genbank.ts';
import { pictureOf } from '../../../host/export/pictures.ts';
import { reportHtml } from '../../../host/export/report/report.ts';
import { xlsxBytes } from '../../../host/export/xlsx.ts';
import { exportTable, molecules } from './export-table.ts';

const rdkit = await loadRdkitFromDisk();

describe('a spreadsheet', () => {
  it('has numbers as numbers, missing values empty, and texts that begin with "=" as texts', async () => {
    const sheets = await readXlsxFile(Buffer.from(await xlsxBytes(exportTable('molecule', molecules), rdkit)));
    const [header, first, , third] = sheets[0].data;
    expect(header.slice(0, 6)).toEqual(['structure', 'smiles', 'total', 'qed', 'logp', 'qed score']);
    expect(first.slice(1, 5)).toEqual([molecules[0], expect.closeTo(0.6333, 3), 0.84, 5.2]);
    expect(third.slice(1, 4)).toEqual(['=CMD()', null, null]);
    expect(sheets[1].sheet).toBe('Goals and limits');
  });

  it('holds a PNG of each molecule that can be drawn', async () => {
    const bytes = Buffer.from(await xlsxBytes(exportTable('molecule', molecules), rdkit));
    expect(bytes.toString('latin1').match(/xl\/media\/[^/]*?\.png/g)?.length).toBeGreaterThanOrEqual(2);
    const png = await pictureOf(molecules[0], rdkit);
    expect(Buffer.from(png!).subarray(1, 4).toString()).toBe('PNG');
    expect(await pictureOf('=CMD()', rdkit)).toBeNull();
  });
});

describe('GenBank', () => {
  const dna = ['ACGTACGTGAATTCAA', 'TTTTGAATTCGGGGCC', 'ACACACACACACACAC'] as const;

  it('keeps sequence, places, strand and notes of features, and values as comments', () => {
    const features = () => [
      { kind: 'motif' as const, name: 'CTCF', start: 2, end: 6, strand: '-' as const, note: 'score 12.1,\n p 1e-5' },
      { kind: 'site' as const, name: 'EcoRI', start: 8, end: 14, strand: null, note: 'cuts after 9' },
      { kind: 'site' as const, name: 'Around', start: 15, end: 18, strand: null, note: 'spans the ends of a circle' },
    ];
    const text = genbankText({ ...exportTable('dna', dna), features });
    const [first] = genbankToJson(text, {});
    const parsed = first.parsedSequence;
    expect(parsed.sequence.toUpperCase()).toBe(dna[0]);
    expect(
      parsed.features.map(
        ({
          name,
          start,
          end,
          strand,
          type,
        }: {
          name: string;
          start: number;
          end: number;
          strand: number;
          type: string;
        }) => [name, start, end, strand, type],
      ),
    ).toEqual([
      ['CTCF', 2, 5, -1, 'protein_bind'],
      ['EcoRI', 8, 13, 1, 'misc_feature'],
    ]);
    expect(text).toContain('/note="score 12.1, p 1e-5"');
    expect(text).toContain('qed: 0.84');
    expect(text.match(/^LOCUS {7}run4-1[123] /gm)).toHaveLength(3);
  });
});

describe('a report', () => {
  it('holds what a run is called as data, never as markup', () => {
    const page = reportHtml(exportTable('molecule', molecules), rdkit);
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).toContain('\\u003c/script>');
    const data = JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)![1]);
    expect(data.title).toContain('$& "quoted"');
    expect(data.candidates.map(({ svg }: { svg: string | null }) => svg === null)).toEqual([false, false, true]);
  });
});
