/**
 * @file Parses SMARTS into tests of atoms and bonds. It supports what the shipped tables use (elements, degrees,
 * hydrogens, rings, charges, recursion, logic); stereo and reactions are refused with an error. Language: Daylight
 * Theory Manual, SMARTS. Where implementations differ, it follows RDKit (Code/GraphMol/SmilesParse/smarts.yy): rn is
 * the smallest ring, Rn the number of rings, xn the number of ring bonds, and an unwritten bond is single or aromatic.
 */
import { BondType } from '../graph.ts';
import { atomicNumber } from './elements.ts';
import { bracketKinds, symbolKinds } from './screen.ts';
import type { SearchGraph } from './search-graph.ts';

export type AtomTest = (graph: SearchGraph, atom: number) => boolean;
export type BondTest = (graph: SearchGraph, bond: number) => boolean;

/** One atom of a query, in the order in which it is written. */
export interface QueryAtom {
  readonly test: AtomTest;
  /** Kinds (of a census) that it must be; none if nothing is known. */
  readonly kinds: readonly number[];
  /** The earlier query atom to which it is bonded; -1 at the start of a component. */
  readonly parent: number;
  readonly bond: BondTest;
  /** Further bonds to earlier query atoms, from ring closures. */
  readonly closures: { readonly atom: number; readonly bond: BondTest }[];
}

/** Makes the test of a recursive query $(...), anchored at its first atom. */
export type Recursion = (smarts: string) => AtomTest;

type Test = (graph: SearchGraph, index: number) => boolean;

export class SmartsError extends Error {
  override readonly name = 'SmartsError';
}

const unwritten: BondTest = (graph, b) => graph.type[b] === BondType.single || graph.type[b] === BondType.aromatic;
const ofType =
  (type: number): BondTest =>
  (graph, b) =>
    graph.type[b] === type;

const BONDS: Readonly<Record<string, BondTest>> = {
  '-': ofType(BondType.single),
  '=': ofType(BondType.double),
  '#': ofType(BondType.triple),
  ':': ofType(BondType.aromatic),
  '~': () => true,
  '@': (graph, b) => graph.ringBond[b] === 1,
};

function every(tests: readonly Test[]): Test {
  return tests.length === 1 ? tests[0] : (graph, i) => tests.every((test) => test(graph, i));
}

function some(tests: readonly Test[]): Test {
  return tests.length === 1 ? tests[0] : (graph, i) => tests.some((test) => test(graph, i));
}

/** The logic that atoms and bonds share: "!" binds strongest, then "&" or nothing, then ",", then ";". */
function parseLogic(text: string, primitive: (at: number) => { test: Test; next: number }): Test {
  let at = 0;
  const list = (separator: string, inner: () => Test, join: (tests: readonly Test[]) => Test) => (): Test => {
    const tests = [inner()];
    while (text[at] === separator) {
      at++;
      tests.push(inner());
    }
    return join(tests);
  };
  const unary = (): Test => {
    if (text[at] === '!') {
      at++;
      const negated = unary();
      return (graph, i) => !negated(graph, i);
    }
    const { test, next } = primitive(at);
    at = next;
    return test;
  };
  const and = (): Test => {
    const tests = [unary()];
    while (at < text.length && text[at] !== ',' && text[at] !== ';') {
      if (text[at] === '&') at++;
      tests.push(unary());
    }
    return every(tests);
  };
  const test = list(';', list(',', and, some), every)();
  if (at !== text.length) throw new SmartsError(`Unexpected "${text[at]}" in ${text}`);
  return test;
}

function parseBond(text: string): BondTest {
  if (text === '') return unwritten;
  return parseLogic(text, (at) => {
    const test = BONDS[text[at]];
    if (!test) throw new SmartsError(`The bond "${text}" is not supported`);
    return { test, next: at + 1 };
  });
}

/** A property with a number after it: its name, the default number (any above 0 for h), and where it is stored. */
const COUNTED: Readonly<
  Record<string, { readonly unwritten: number | 'any'; readonly of: (graph: SearchGraph) => ArrayLike<number> }>
> = {
  D: { unwritten: 1, of: (graph) => graph.degrees },
  X: { unwritten: 1, of: (graph) => graph.connections },
  H: { unwritten: 1, of: (graph) => graph.totalHydrogens },
  h: { unwritten: 'any', of: (graph) => graph.hydrogens },
  v: { unwritten: 1, of: (graph) => graph.valences },
};

/** The primitives that start like an element or a property. The longest element symbol wins. */
const PRIMITIVE =
  /(?<rings>[Rrx])(?:(?<ringNumber>\d+)|(?![a-z]))|(?<counted>[DXHhv])(?:(?<count>\d+)|(?![a-z]))|#(?<number>\d+)|(?<charge>\+\d+|-\d+|\++|-+)|(?<isotope>\d+)|(?<symbol>[A-Z][a-z]|se|as|te|si|[A-Za-z*])/y;

function parseAtom(text: string, recursion: Recursion): AtomTest {
  // [H], [2H] and [H+] are the atom; elsewhere H counts hydrogens.
  const bare = /^(\d*)H([+-]?)$/.test(text) ? text.replace('H', '#1') : text;
  return parseLogic(bare, (at) => {
    if (bare.startsWith('$(', at)) {
      const end = closing(bare, at + 1);
      return { test: recursion(bare.slice(at + 2, end)), next: end + 1 };
    }
    PRIMITIVE.lastIndex = at;
    const match = PRIMITIVE.exec(bare);
    if (!match?.groups) throw new SmartsError(`"${bare.slice(at)}" is not supported in [${text}]`);
    const symbol = match.groups.symbol;
    // Two letters that are not an element are an element and a property, e.g. Nv3.
    const length = symbol?.length === 2 && atomicNumber(symbol) === undefined ? 1 : match[0].length;
    return { test: primitiveTest(match.groups, match[0].slice(0, length)), next: at + length };
  });
}

function primitiveTest(groups: Readonly<Record<string, string | undefined>>, text: string): AtomTest {
  if (groups.rings !== undefined) return ringTest(groups.rings, groups.ringNumber ?? '');
  if (groups.counted !== undefined) {
    const { unwritten: usual, of } = COUNTED[groups.counted];
    const wanted = groups.count ? Number(groups.count) : usual;
    return wanted === 'any' ? (graph, a) => of(graph)[a] > 0 : (graph, a) => of(graph)[a] === wanted;
  }
  if (groups.number !== undefined) return elementTest(Number(groups.number));
  if (groups.charge !== undefined) return chargeTest(groups.charge);
  if (groups.isotope !== undefined) {
    const isotope = Number(groups.isotope);
    return (graph, a) => graph.isotope[a] === isotope;
  }
  return symbolTest(text);
}

function ringTest(letter: string, number: string): AtomTest {
  if (number === '') return (graph, a) => graph.ringCounts[a] > 0;
  const wanted = Number(number);
  if (letter === 'x') return (graph, a) => graph.ringBonds[a] === wanted;
  return letter === 'R' || wanted === 0
    ? (graph, a) => graph.ringCounts[a] === wanted
    : (graph, a) => graph.smallestRings[a] === wanted;
}

function elementTest(element: number): AtomTest {
  return (graph, a) => graph.element[a] === element;
}

function chargeTest(text: string): AtomTest {
  const size = /\d/.test(text) ? Number(text.slice(1)) : text.length;
  const charge = text.startsWith('-') ? -size : size;
  return (graph, a) => graph.charge[a] === charge;
}

const ORGANIC = new Set(['B', 'C', 'N', 'O', 'P', 'S', 'F', 'Cl', 'Br', 'I']);

function symbolTest(symbol: string): AtomTest {
  if (symbol === '*') return () => true;
  if (symbol === 'a' || symbol === 'A') {
    const aromatic = symbol === 'a' ? 1 : 0;
    return (graph, a) => graph.aromatic[a] === aromatic;
  }
  const element = atomicNumber(symbol);
  if (element === undefined) throw new SmartsError(`There is no element "${symbol}"`);
  // As in RDKit, [Se] matches aromatic selenium too, while [S] is aliphatic.
  if (!ORGANIC.has(symbol) && symbol[0] !== symbol[0].toLowerCase()) return elementTest(element);
  const aromatic = symbol[0] === symbol[0].toLowerCase() ? 1 : 0;
  return (graph, a) => graph.element[a] === element && graph.aromatic[a] === aromatic;
}

/** Index of the bracket that closes the one at `open`. */
function closing(text: string, open: number): number {
  const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']' };
  const end = pairs[text[open]];
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === text[open]) depth++;
    else if (text[i] === end && --depth === 0) return i;
  }
  throw new SmartsError(`"${text[open]}" is not closed in ${text}`);
}

const BARE = /Cl|Br|[BCNOFPSIbcnops*aA]/y;
const BOND_CHARACTERS = /[-=#:~@!&,;/\\]*/y;
const CLOSURE = /%(\d\d)|(\d)/y;

/** Parses one SMARTS from left to right. */
class SmartsReader {
  readonly #text: string;
  readonly #recursion: Recursion;
  readonly atoms: QueryAtom[] = [];
  readonly #branches: number[] = [];
  readonly #open = new Map<number, { atom: number; bond: string }>();
  #previous = -1;
  #at = 0;

  constructor(text: string, recursion: Recursion) {
    this.#text = text;
    this.#recursion = recursion;
  }

  read(): QueryAtom[] {
    while (this.#at < this.#text.length) this.#step();
    if (this.atoms.length === 0) throw new SmartsError('A SMARTS needs at least one atom');
    if (this.#open.size > 0 || this.#branches.length > 0)
      throw new SmartsError(`A ring or branch is not closed in ${this.#text}`);
    return this.atoms;
  }

  #step(): void {
    const character = this.#text[this.#at];
    if (character === '(' && this.#previous >= 0) return this.#move(() => this.#branches.push(this.#previous));
    if (character === ')') return this.#move(() => (this.#previous = this.#branches.pop() ?? this.#fail()));
    if (character === '.') return this.#move(() => (this.#previous = -1));
    const bond = this.#take(BOND_CHARACTERS)?.[0] ?? '';
    const closure = this.#take(CLOSURE);
    if (closure) this.#close(Number(closure[1] ?? closure[2]), bond);
    else this.#add(bond);
  }

  #move(action: () => unknown): void {
    action();
    this.#at++;
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at += match[0].length;
    return match;
  }

  #add(bond: string): void {
    this.atoms.push({ ...this.#atom(), parent: this.#previous, bond: parseBond(bond), closures: [] });
    this.#previous = this.atoms.length - 1;
  }

  #atom(): Pick<QueryAtom, 'test' | 'kinds'> {
    if (this.#text[this.#at] === '[') {
      const end = closing(this.#text, this.#at);
      const inside = this.#text.slice(this.#at + 1, end);
      this.#at = end + 1;
      return { test: parseAtom(inside, this.#recursion), kinds: bracketKinds(inside) };
    }
    const symbol = this.#take(BARE)?.[0];
    return symbol === undefined ? this.#fail() : { test: symbolTest(symbol), kinds: symbolKinds(symbol) };
  }

  #close(number: number, bond: string): void {
    const opened = this.#open.get(number);
    if (!opened) return void this.#open.set(number, { atom: this.#previous, bond });
    this.#open.delete(number);
    this.atoms[this.#previous].closures.push({ atom: opened.atom, bond: parseBond(bond || opened.bond) });
  }

  #fail(): never {
    throw new SmartsError(`Unexpected "${this.#text[this.#at] ?? 'end'}" at position ${this.#at + 1} of ${this.#text}`);
  }
}

/** @throws SmartsError if it is malformed or not supported */
export function parseSmarts(smarts: string, recursion: Recursion): QueryAtom[] {
  return new SmartsReader(smarts, recursion).read();
}
