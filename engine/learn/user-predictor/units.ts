/** @file Units of measured columns, as headers write them, and the logarithm on which concentrations are learnt. */

/** Moles per litre in one of each unit. */
const CONCENTRATIONS: Readonly<Record<string, number>> = { fM: 1e-15, pM: 1e-12, nM: 1e-9, µM: 1e-6, mM: 1e-3, M: 1 };
const SPELLINGS: Readonly<Record<string, string>> = {
  fm: 'fM',
  pm: 'pM',
  nm: 'nM',
  nmol: 'nM',
  'nmol/l': 'nM',
  um: 'µM',
  µm: 'µM',
  μm: 'µM',
  umol: 'µM',
  'µmol/l': 'µM',
  'umol/l': 'µM',
  mm: 'mM',
  'mmol/l': 'mM',
  'mol/l': 'M',
  molar: 'M',
};
const IN_BRACKETS = /^(.*?)\s*[([{]\s*([^()[\]{}]+?)\s*[)\]}]\s*$/;
const AT_END = /^(.*?)[\s_/-]+(fM|pM|nM|[uµμ]M|mM)$/;

/** A header's name and its unit: "IC50 (nM)", "Ki [µM]", "EC50_nM". */
export interface HeaderUnit {
  readonly name: string;
  /** As it is usually written; '' if the header has none. */
  readonly unit: string;
}

export function headerUnit(header: string): HeaderUnit {
  const trimmed = header.trim();
  const parts = IN_BRACKETS.exec(trimmed) ?? AT_END.exec(trimmed);
  return parts === null || parts[1] === ''
    ? { name: trimmed, unit: '' }
    : { name: parts[1].trim(), unit: usualUnit(parts[2]) };
}

/** "um" and "uM" become µM; other units are unchanged. */
export function usualUnit(unit: string): string {
  const written = unit.trim();
  if (Object.hasOwn(CONCENTRATIONS, written)) return written;
  return SPELLINGS[written.toLowerCase()] ?? written.replace('μ', 'µ');
}

/** Moles per litre in one of the unit; null if it is not a concentration. */
export function molarity(unit: string): number | null {
  return Object.hasOwn(CONCENTRATIONS, unit) ? CONCENTRATIONS[unit] : null;
}

/** How values are changed before they are learnt. */
export const transformIds = ['none', 'p', 'log10'] as const;
export type TransformId = (typeof transformIds)[number];

/** Name and unit of what is learnt from a column. */
export interface LearntQuantity {
  readonly name: string;
  readonly unit: string;
}

/** "IC50" in nM becomes "pIC50" in -log10(M). */
export function learntQuantity({ name, unit }: HeaderUnit, transform: TransformId): LearntQuantity {
  if (transform === 'none') return { name, unit };
  if (transform === 'p') return { name: `p${name}`, unit: '-log10(M)' };
  return { name: `log10 ${name}`, unit: unit === '' ? 'log10' : `log10(${unit})` };
}

/** @param value above 0 @param unit of the value; a concentration if the transform is 'p' */
export function transformed(value: number, transform: TransformId, unit: string): number {
  if (transform === 'none') return value;
  return transform === 'log10' ? Math.log10(value) : -Math.log10(value * (molarity(unit) ?? NaN));
}

/** Measured concentrations vary by factors. Below a hundredfold, the logarithm makes no difference. */
const DECADES = 2;
/** Without a unit, only a wider spread suggests that values vary by factors. */
const DECADES_WITHOUT_UNIT = 3;

/** Share of the values that must be above 0 for a logarithm. */
const MOSTLY_POSITIVE = 0.9;

/** The transform that suits the values, with a note on it; '' without a note. */
export function suggestedTransform(
  values: readonly number[],
  { name, unit }: HeaderUnit,
): { readonly transform: TransformId; readonly note: string } {
  // A few zeros and negative numbers are mistakes, or mean "nothing found". They have no logarithm and are named.
  const positive = values.filter((value) => value > 0);
  const least = positive.reduce((low, value) => Math.min(low, value), Infinity);
  const most = positive.reduce((high, value) => Math.max(high, value), -Infinity);
  const isPositive = positive.length > 0 && positive.length >= MOSTLY_POSITIVE * values.length;
  const decades = isPositive ? Math.log10(most / least) : 0;
  if (molarity(unit) !== null && decades >= DECADES)
    return {
      transform: 'p',
      note: `${name} is a concentration in ${unit} over ${decades.toFixed(1)} powers of ten. The model will learn p${name}, -log10 of it in mol/L, so that higher is stronger.`,
    };
  if (decades < DECADES_WITHOUT_UNIT) return { transform: 'none', note: '' };
  const ask =
    unit === '' && /^(ic|ec|ac|xc|cc|gi)\d\d|^k[id]\b/i.test(name)
      ? ' If it is a concentration, give its unit, e.g. nM.'
      : '';
  return {
    transform: 'none',
    note: `${name} varies over ${decades.toFixed(1)} powers of ten and is learnt without a transform, so the largest values count most. Its logarithm is often better.${ask}`,
  };
}
