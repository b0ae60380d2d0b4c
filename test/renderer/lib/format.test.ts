import { afterEach, describe, expect, it } from 'vitest';
import * as format from '../../../renderer/lib/format.ts';
import { numbers, type NumberStyle } from '../../../renderer/lib/numbers.svelte.ts';

describe('format', () => {
  it('shows a missing value as a dash, never as zero', () => {
    expect([
      format.score(null),
      format.raw(null, 'Å²'),
      format.duration(null),
      format.change(null),
      format.share(0, 0),
    ]).toEqual(['–', '–', '–', '–', '–']);
  });

  it('fits digits to size', () => {
    expect([
      format.raw(0.456789),
      format.raw(-21.432),
      format.raw(381.372, 'g/mol'),
      format.raw(3),
      format.raw(12345),
    ]).toEqual(['0.46', '-21.4', '381 g/mol', '3', '12,345']);
    expect([0.456, 2.96, -21.43, 381.4, 3, null].map(format.brief)).toEqual(['0.46', '3.0', '-21.4', '381', '3', '–']);
  });

  it('writes times in words', () => {
    expect([0.4, 59.6, 130, 120, 3600, 5400].map(format.duration)).toEqual([
      'under 1 s',
      '1 min',
      '2 min 10 s',
      '2 min',
      '1 h',
      '1 h 30 min',
    ]);
    expect([0.3, 8.2, 130].map(format.about)).toEqual(['under a minute', 'about 8 min', 'about 2.2 h']);
    expect([null, 0.4, 130].map(format.timeLeft)).toEqual(['', 'under 1 s left', '2 min 10 s left']);
    expect(format.when('2026-05-12T09:20:00', new Date('2026-05-12T18:00:00'))).toBe('today 09:20');
  });

  it('writes sizes and changes', () => {
    expect([0, 999, 41_200_000, 1_500].map(format.bytes)).toEqual(['0 B', '999 B', '41 MB', '1.5 kB']);
    expect([0.24, -0.1, 0.001].map(format.change)).toEqual(['+0.24', '−0.10', '±0']);
  });
});

describe('numbers', () => {
  afterEach(() => (numbers.style = 'en'));

  it('are written as the user chose, everywhere', () => {
    const written = (style: NumberStyle) => {
      numbers.style = style;
      return [format.score(0.456), format.raw(12345), format.change(-0.1), format.about(130), format.bytes(1500)];
    };
    expect(written('de')).toEqual(['0,46', '12.345', '−0,10', 'about 2,2 h', '1,5 kB']);
    expect(written('en')).toEqual(['0.46', '12,345', '−0.10', 'about 2.2 h', '1.5 kB']);
    expect(written('fr')[1]).toMatch(/^12\s345$/);
  });
});
