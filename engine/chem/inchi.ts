/**
 * @file The structure of an InChI. RDKit-JS writes InChI and does not read it, so the structure is built from the
 * layers (InChI Technical Manual, IUPAC): atoms and connections are given, and bond orders, mobile hydrogens and
 * charges are searched for. A structure is only accepted if RDKit writes the same InChI for it.
 */
import type { Rdkit } from './rdkit.ts';
import { atomicNumber } from './smarts/elements.ts';

/** Whether a text is written as an InChI. */
export const isInchi = (text: string): boolean => /^\s*InChI=/.test(text);

/** Candidates that are compared with the InChI before it is given up. */
const MOST_CANDIDATES = 400;
/** Steps of the search for bond orders. */
const MOST_STEPS = 2_000;
const MOST_ATOMS = 200;

interface Component {
  /** [atoms] atomic numbers; atom n of the InChI is at n - 1. */
  readonly elements: readonly number[];
  readonly bonds: readonly (readonly [number, number])[];
  /** [atoms] hydrogens that stay at their atom. */
  readonly hydrogens: readonly number[];
  readonly mobile: readonly { readonly count: number; readonly atoms: readonly number[] }[];
  readonly charge: number;
  readonly protons: number;
  readonly double: readonly { readonly atoms: readonly [number, number]; readonly isCis: boolean }[];
  readonly centres: ReadonlyMap<number, boolean>;
  readonly isotopes: ReadonlyMap<number, { readonly shift: number; readonly heavy: readonly number[] }>;
}

/** @returns canonical SMILES, or why the text gives no structure */
export function smilesOfInchi(rdkit: Rdkit, text: string): { readonly smiles: string } | { readonly problem: string } {
  const inchi = text.trim();
  const components = componentsOf(inchi);
  if (components === null) return { problem: 'not an InChI: its layers cannot be read' };
  const atoms = components.reduce((sum, { elements }) => sum + elements.length, 0);
  if (atoms === 0 || atoms > MOST_ATOMS) return { problem: `an InChI of ${atoms} atoms, which is not read here` };
  const parts: string[] = [];
  for (const component of components) {
    const smiles = smilesOfComponent(rdkit, component);
    if (smiles === null) return { problem: 'an InChI whose bonds cannot be found here; give its SMILES' };
    parts.push(smiles);
  }
  const smiles = parts.join('.');
  return inchiOf(rdkit, smiles) === standard(inchi)
    ? {
        smiles: rdkit.withMolecule(
          smiles,
          ({ canonical }) => canonical,
          () => smiles,
        ),
      }
    : { problem: 'an InChI whose structure cannot be built here; give its SMILES' };
}

const standard = (inchi: string): string => inchi.replace(/^InChI=1\//, 'InChI=1S/');

function inchiOf(rdkit: Rdkit, smiles: string): string | null {
  return rdkit.withMolecule<string | null>(
    smiles,
    ({ inchi }) => inchi,
    () => null,
  );
}

type Layers = ReadonlyMap<string, string>;

/** null where it cannot be read. */
function componentsOf(inchi: string): Component[] | null {
  const [prefix, formula, ...rest] = inchi.split('/');
  if (!/^InChI=1S?$/.test(prefix) || formula === undefined) return null;
  const layers = new Map(rest.map((layer) => [layer[0] ?? '', layer.slice(1)]));
  const formulas = formula.split('.').flatMap((part) => repeated(/^(\d*)(.*)$/.exec(part)!));
  const protons = Number(layers.get('p') ?? 0);
  const split = (name: string) => splitLayer(layers.get(name) ?? '', formulas.length);
  const each = ['c', 'h', 'q', 'b', 't', 'i'].map((name) => [name, split(name)] as const);
  const signs = (layers.get('m') ?? '').split('');
  const read = formulas.map((one, i) =>
    componentOf(
      one,
      new Map(each.map(([name, parts]) => [name, parts[i] ?? ''])),
      signs[i] === '1',
      i === 0 ? protons : 0,
    ),
  );
  return read.some((one) => one === null) ? null : (read as Component[]);
}

function repeated([, times, what]: RegExpExecArray): string[] {
  return Array.from({ length: Number(times || 1) }, () => what);
}

/** Parts of a layer between semicolons; "2*x" stands for two of them. */
function splitLayer(layer: string, count: number): string[] {
  const parts = layer.split(';').flatMap((part) => {
    const found = /^(\d+)\*(.*)$/.exec(part);
    return found === null ? [part] : Array.from({ length: Number(found[1]) }, () => found[2]);
  });
  return [...parts, ...Array.from({ length: Math.max(0, count - parts.length) }, () => '')];
}

function componentOf(formula: string, layers: Layers, isInverted: boolean, protons: number): Component | null {
  const elements = elementsOf(formula);
  const bonds = connections(layers.get('c') ?? '');
  const hydrogens = hydrogensOf(layers.get('h') ?? '', elements?.length ?? 0);
  if (elements === null || bonds === null || hydrogens === null) return null;
  const last = elements.length;
  if (bonds.some((bond) => bond.some((atom) => atom < 1 || atom > last))) return null;
  return {
    elements,
    bonds,
    ...hydrogens,
    charge: Number((layers.get('q') ?? '').replace('+', '') || 0),
    protons,
    double: signed(layers.get('b') ?? '').map(([atoms, sign]) => {
      const [a, b] = atoms.split('-').map(Number);
      return { atoms: [a, b], isCis: sign === '-' };
    }),
    centres: new Map(
      signed(layers.get('t') ?? '').map(([atom, sign]) => [Number(atom), (sign === '-') !== isInverted]),
    ),
    isotopes: isotopesOf(layers.get('i') ?? ''),
  };
}

/** "3-2+,5-" as pairs of place and sign; unknown ones are left out. */
function signed(layer: string): [string, string][] {
  return layer.split(',').flatMap((one): [string, string][] => {
    const found = /^(\d+(?:-\d+)?)([+-])$/.exec(one);
    return found === null ? [] : [[found[1], found[2]]];
  });
}

/** Atoms in the order of the formula, hydrogen left out. */
function elementsOf(formula: string): number[] | null {
  if (!/^([A-Z][a-z]?\d*)+$/.test(formula)) return null;
  const elements: number[] = [];
  for (const [, symbol, count] of formula.matchAll(/([A-Z][a-z]?)(\d*)/g)) {
    const element = atomicNumber(symbol);
    if (element === undefined) return null;
    if (element !== 1) elements.push(...Array.from({ length: Number(count || 1) }, () => element));
  }
  return elements;
}

function connections(layer: string): (readonly [number, number])[] | null {
  const bonds: (readonly [number, number])[] = [];
  const open: number[] = [];
  let before: number | null = null;
  for (const [token] of layer.matchAll(/\d+|[-(),]|./g)) {
    if (/\d/.test(token)) {
      if (before !== null) bonds.push([before, Number(token)]);
      before = Number(token);
    } else if (token === '(') open.push(before ?? 0);
    else if (token === ',') before = open.at(-1) ?? null;
    else if (token === ')') before = open.pop() ?? null;
    else if (token !== '-') return null;
  }
  return bonds;
}

function hydrogensOf(layer: string, atoms: number): Pick<Component, 'hydrogens' | 'mobile'> | null {
  const hydrogens = new Array<number>(atoms).fill(0);
  const mobile: Component['mobile'][number][] = [];
  const fixed = layer.replace(/\(H(\d*)(?:-\d*)?,([\d,]+)\)/g, (_, count: string, list: string) => {
    mobile.push({ count: Number(count || 1), atoms: list.split(',').map(Number) });
    return '';
  });
  for (const [, list, count] of fixed.matchAll(/([\d,-]+)H(\d*)/g))
    for (const range of list.split(',').filter((one) => one !== '')) {
      const [from, to = from] = range.split('-').map(Number);
      for (let atom = from; atom <= to; atom++) {
        if (atom < 1 || atom > atoms) return null;
        hydrogens[atom - 1] += Number(count || 1);
      }
    }
  return { hydrogens, mobile };
}

function isotopesOf(layer: string): Component['isotopes'] {
  const isotopes = new Map<number, { shift: number; heavy: number[] }>();
  for (const [, atom, shift, heavy] of layer.matchAll(/(\d+)([+-]\d+)?((?:[DT]\d*)*)/g)) {
    const masses = [...heavy.matchAll(/([DT])(\d*)/g)].flatMap(([, kind, count]) =>
      Array.from({ length: Number(count || 1) }, () => (kind === 'D' ? 2 : 3)),
    );
    isotopes.set(Number(atom), { shift: Number(shift ?? NaN), heavy: masses });
  }
  return isotopes;
}

/** Atoms with their hydrogens and charges, before the bond orders are known. */
interface Placed {
  readonly hydrogens: readonly number[];
  readonly charges: readonly number[];
}

function smilesOfComponent(rdkit: Rdkit, component: Component): string | null {
  let tried = 0;
  for (const placed of placements(component)) {
    for (const isHigh of [false, true]) {
      const orders = bondOrders(component, placed, isHigh);
      if (orders === null) continue;
      const smiles = rdkit.smilesWithStereo(jsonOf(component, placed, orders));
      if (smiles !== null) return smiles;
    }
    if (++tried >= MOST_CANDIDATES) return null;
  }
  return null;
}

/** Ways to place mobile hydrogens, protons and charges, the likely ones first. */
function* placements(component: Component): Generator<Placed> {
  const none = {
    hydrogens: component.hydrogens,
    charges: component.elements.map((_, i) => Number(isOnium(component, i + 1))),
  };
  const charge = component.charge + component.protons;
  for (const mobile of withMobile(component, none, 0))
    for (const whole of withProtons(component, mobile, component.protons))
      yield* withCharge(component, whole, charge - whole.charges.reduce((sum, one) => sum + one, 0));
}

const neighboursOf = ({ bonds }: Component, atom: number): number[] =>
  bonds.flatMap(([a, b]) => (a === atom ? [b] : b === atom ? [a] : []));

/** An atom of oxygen, nitrogen or sulfur at the end, without hydrogen, which a double bond may hold. */
function isEnd(component: Component, atom: number): boolean {
  const { elements, hydrogens } = component;
  return (
    [7, 8, 16].includes(elements[atom - 1]) && hydrogens[atom - 1] === 0 && neighboursOf(component, atom).length === 1
  );
}

/** Nitrogen with four bonds and sulfur with three, unless an oxide takes the bond. */
function isOnium(component: Component, atom: number): boolean {
  const usual = { 7: 4, 16: 3 }[component.elements[atom - 1]];
  const neighbours = neighboursOf(component, atom);
  return (
    neighbours.length + component.hydrogens[atom - 1] === usual && !neighbours.some((other) => isEnd(component, other))
  );
}

/** Whether an atom may have a higher valence than its usual one. */
function mayBeHigh(component: Component, atom: number): boolean {
  const neighbours = neighboursOf(component, atom);
  const usual = VALENCES[component.elements[atom - 1]]?.[0] ?? 0;
  return (
    neighbours.length + component.hydrogens[atom - 1] > usual || neighbours.some((other) => isEnd(component, other))
  );
}

function* withMobile(component: Component, placed: Placed, group: number): Generator<Placed> {
  const next = component.mobile[group] as Component['mobile'][number] | undefined;
  if (next === undefined) yield placed;
  else
    for (const atoms of choices(next.atoms, next.count))
      yield* withMobile(component, changed(placed, atoms, 1, 0), group + 1);
}

/** Atoms taken `count` times in all, each once, or up to three times where that is needed. */
function* choices(atoms: readonly number[], count: number): Generator<number[]> {
  for (const most of [1, 2, 3]) yield* chosen(atoms, count, most, most);
}

/** @param need times that one atom must be taken, so that nothing is chosen twice */
function* chosen(atoms: readonly number[], count: number, most: number, need: number): Generator<number[]> {
  if (count === 0) {
    if (need <= 1) yield [];
    return;
  }
  const [first, ...rest] = atoms;
  if (first === undefined || count > most * atoms.length) return;
  for (let times = Math.min(most, count); times >= 0; times--) {
    const taken = Array.from({ length: times }, () => first);
    for (const others of chosen(rest, count - times, most, times === need ? 1 : need)) yield [...taken, ...others];
  }
}

function changed(placed: Placed, atoms: readonly number[], hydrogens: number, charge: number): Placed {
  const next = { hydrogens: [...placed.hydrogens], charges: [...placed.charges] };
  for (const atom of atoms) {
    next.hydrogens[atom - 1] += hydrogens;
    next.charges[atom - 1] += charge;
  }
  return next;
}

const all = ({ elements }: Component): number[] => elements.map((_, i) => i + 1);

function* withCharge(component: Component, placed: Placed, charge: number): Generator<Placed> {
  if (charge === 0) {
    yield placed;
    return;
  }
  const size = Math.abs(charge);
  const atoms = all(component).sort((a, b) => chargeRank(component, b) - chargeRank(component, a));
  if (atoms.length === 1)
    yield changed(
      placed,
      Array.from({ length: size }, () => 1),
      0,
      Math.sign(charge),
    );
  else for (const some of chosen(atoms, size, 1, 1)) yield changed(placed, some, 0, Math.sign(charge));
}

/** Atoms with one bond too many for a neutral atom carry a charge first. */
function chargeRank({ elements, bonds, hydrogens }: Component, atom: number): number {
  const degree = bonds.filter((bond) => bond.includes(atom)).length + hydrogens[atom - 1];
  return degree - (VALENCES[elements[atom - 1]]?.[0] ?? 0) + (elements[atom - 1] === 6 ? -10 : 0);
}

function* withProtons(component: Component, placed: Placed, protons: number): Generator<Placed> {
  if (protons === 0) {
    yield placed;
    return;
  }
  const rank = (atom: number) => [8, 16, 17, 35, 53, 9, 7, 15, 6].indexOf(component.elements[atom - 1]);
  const able = all(component).filter((atom) =>
    protons < 0 ? placed.hydrogens[atom - 1] > 0 : rank(atom) >= 0 && rank(atom) < 8,
  );
  const sorted = able.sort((a, b) => rank(a) - rank(b));
  for (const some of chosen(sorted, Math.abs(protons), 1, 1)) yield changed(placed, some, Math.sign(protons), 0);
}

/** Valences of neutral atoms, the usual one first. */
const VALENCES: Readonly<Record<number, readonly number[]>> = {
  5: [3],
  6: [4],
  7: [3, 5],
  8: [2],
  9: [1],
  14: [4],
  15: [3, 5],
  16: [2, 4, 6],
  17: [1, 3, 5, 7],
  33: [3, 5],
  34: [2, 4, 6],
  35: [1, 3, 5, 7],
  52: [2, 4, 6],
  53: [1, 3, 5, 7],
};

/** Valence that a charge leaves an atom: cations of N, O, P and S have one bond more, anions one less. */
function valencesOf(element: number, charge: number): readonly number[] {
  const neutral = VALENCES[element];
  if (neutral === undefined) return [0, 1, 2, 3, 4, 5, 6];
  const sign = element === 5 ? -1 : element === 6 || element === 14 ? -Math.sign(charge) : 1;
  return neutral.map((valence) => valence + sign * charge);
}

/**
 * Orders of the bonds by which every atom has a valence that it may have.
 * @param isHigh whether the higher valences of N, P, S and halogens may be used
 */
function bondOrders(component: Component, { hydrogens, charges }: Placed, isHigh: boolean): number[] | null {
  const { elements, bonds } = component;
  const degree = elements.map((_, i) => bonds.filter((bond) => bond.includes(i + 1)).length);
  const options = elements.map((element, i) => {
    const open = valencesOf(element, charges[i])
      .map((valence) => valence - degree[i] - hydrogens[i])
      .filter((rest) => rest >= 0);
    return isHigh && mayBeHigh(component, i + 1) ? open : open.slice(0, 1);
  });
  if (options.some((open) => open.length === 0)) return null;
  const orders = bonds.map(() => 1);
  return filled(bonds, orders, options, { steps: 0 }) ? orders : null;
}

/** Fills the bonds of the atom with the fewest ways first. */
function filled(
  bonds: readonly (readonly [number, number])[],
  orders: number[],
  options: readonly (readonly number[])[],
  spent: { steps: number },
): boolean {
  const extra = options.map(() => 0);
  bonds.forEach(([a, b], i) => {
    extra[a - 1] += orders[i] - 1;
    extra[b - 1] += orders[i] - 1;
  });
  const most = options.map((open, i) => Math.max(...open) - extra[i]);
  const isDone = (i: number) => options[i].includes(extra[i]);
  const wanting = options.flatMap((_, i) => (isDone(i) ? [] : [i]));
  if (wanting.length === 0) return true;
  if (spent.steps++ > MOST_STEPS) return false;
  const ways = wanting.map((i) =>
    bonds.flatMap((bond, at) => {
      const other = bond[0] === i + 1 ? bond[1] : bond[1] === i + 1 ? bond[0] : 0;
      return other > 0 && orders[at] < 3 && most[i] > 0 && most[other - 1] > 0 ? [at] : [];
    }),
  );
  const [fewest] = ways.sort((a, b) => a.length - b.length);
  for (const at of fewest) {
    orders[at]++;
    if (filled(bonds, orders, options, spent)) return true;
    orders[at]--;
  }
  return false;
}

/** RDKit's JSON (commonchem), with the bonds of each atom in the order of its neighbours' numbers. */
function jsonOf(component: Component, { hydrogens, charges }: Placed, orders: readonly number[]): string {
  const heavy = [...component.isotopes].flatMap(([atom, { heavy: masses }]) => masses.map((mass) => ({ atom, mass })));
  const count = (atom: number) => heavy.filter((one) => one.atom === atom).length;
  const atoms = component.elements.map((z, i) => {
    const shift = component.isotopes.get(i + 1)?.shift ?? NaN;
    const centre = component.centres.get(i + 1);
    const neighbours = component.bonds.filter((bond) => bond.includes(i + 1)).length;
    return {
      z,
      impHs: hydrogens[i] - count(i + 1),
      chg: charges[i],
      ...(!Number.isNaN(shift) && { isotope: Math.round(usualMass(z)) + shift }),
      ...(centre !== undefined && { stereo: centre === neighbours > 3 ? 'ccw' : 'cw' }),
    };
  });
  const bonds = component.bonds
    .map((bond, i) => ({ bond: [...bond].sort((a, b) => a - b), order: orders[i] }))
    .sort((a, b) => a.bond[0] - b.bond[0] || a.bond[1] - b.bond[1])
    .map(({ bond, order }) => ({ bo: order, atoms: bond.map((atom) => atom - 1), ...stereoOf(component, bond) }));
  const more = heavy.map(({ atom }, i) => ({ bo: 1, atoms: [atom - 1, atoms.length + i] }));
  return JSON.stringify({
    commonchem: { version: 10 },
    defaults: {
      atom: { z: 6, impHs: 0, chg: 0, nRad: 0, isotope: 0, stereo: 'unspecified' },
      bond: { bo: 1, stereo: 'unspecified' },
    },
    molecules: [
      { atoms: [...atoms, ...heavy.map(({ mass }) => ({ z: 1, isotope: mass }))], bonds: [...bonds, ...more] },
    ],
  });
}

/** A double bond's arrangement, by the highest neighbour at each end. */
function stereoOf({ double, bonds }: Component, [a, b]: readonly number[]): Record<string, unknown> {
  const found = double.find(({ atoms }) => atoms.includes(a) && atoms.includes(b));
  if (found === undefined) return {};
  const highest = (atom: number, other: number) =>
    Math.max(
      ...bonds
        .filter((bond) => bond.includes(atom))
        .flatMap((bond) => bond.filter((one) => one !== atom && one !== other)),
    );
  return { stereo: found.isCis ? 'cis' : 'trans', stereoAtoms: [highest(a, b) - 1, highest(b, a) - 1] };
}

/** Rounded average masses, from which InChI counts isotopes. */
const MASSES: Readonly<Record<number, number>> = {
  5: 11,
  6: 12,
  7: 14,
  8: 16,
  9: 19,
  11: 23,
  12: 24,
  14: 28,
  15: 31,
  16: 32,
  17: 35,
  19: 39,
  20: 40,
  34: 79,
  35: 80,
  53: 127,
};

const usualMass = (element: number): number => MASSES[element] ?? NaN;
