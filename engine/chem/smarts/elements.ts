/** @file Atomic numbers of element symbols. */

/** By atomic number, from 1. */
export const elementSymbols: readonly string[] = (
  'H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe ' +
  'Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og'
).split(' ');

const numbers: ReadonlyMap<string, number> = new Map(elementSymbols.map((symbol, i) => [symbol, i + 1]));

/** @param symbol as in SMILES, aromatic ones in lower case; undefined if there is no such element */
export function atomicNumber(symbol: string): number | undefined {
  return numbers.get(symbol[0].toUpperCase() + symbol.slice(1));
}

/** @param element atomic number; 0 gives *, a dummy */
export function elementSymbol(element: number): string {
  return element === 0 ? '*' : elementSymbols[element - 1];
}
