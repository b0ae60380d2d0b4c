/**
 * @file Which tokens may come next while a piece of a molecule is written as SMILES: a grammar that counts bonds. Rings
 * and branches are closed, no atom has too many bonds, and aromatic atoms are in rings of five or six. It cannot tell
 * whether such a ring has a Kekule form; a few molecules fail there.
 *
 * It never gets stuck: at every level the last atom keeps a bond for the continuation, unless the level may end with
 * it. As in canonical SMILES, a branch is followed by a chain, and an aromatic ring is opened at its first atom and
 * closed at an aromatic one.
 */
import type { SmilesToken, Vocabulary } from './smiles-kinds.ts';

interface Atom {
  /** Bonds that it can still have. */
  free: number;
  readonly aromatic: boolean;
  readonly parent: Atom | null;
  /** Numbers of its rings. */
  rings: number;
  /** Neighbours over aromatic bonds. */
  readonly beside: Atom[];
}

interface Ring {
  readonly atom: Atom;
  /** Opened where an aromatic system was entered; it closes at an atom of the same system. */
  readonly aromatic: boolean;
}

/** Most ring numbers per atom. */
const MOST_RINGS = 2;
/** Atoms of an aromatic ring. */
const SMALLEST = 5;
const LARGEST = 6;

export class SmilesWriter {
  readonly #vocabulary: Vocabulary;
  /** Ring numbers that are used around the piece. */
  readonly #taken: ReadonlySet<string>;
  /** Atoms whose branch is being written, outermost first. */
  readonly #branches: Atom[] = [];
  /** Open rings, in the order of opening. */
  readonly #rings = new Map<string, Ring>();
  #atom: Atom | null = null;
  /** Order of a written bond that waits for its atom; 0 for none. */
  #bond: number;
  #last: SmilesToken['kind'] | 'start' = 'start';
  /** An aromatic system was entered: a ring number must follow. */
  #entered = false;

  /** @param bond order of a bond written before the piece; 0 for none */
  constructor(vocabulary: Vocabulary, taken: ReadonlySet<string>, bond: number) {
    this.#vocabulary = vocabulary;
    this.#taken = taken;
    this.#bond = bond;
  }

  get hasBegun(): boolean {
    return this.#last !== 'start';
  }

  /** Whether everything is closed. */
  get mayEnd(): boolean {
    return this.#branches.length === 0 && this.#rings.size === 0 && this.#levelMayEnd();
  }

  /** Most tokens until everything is closed, if it finishes as fast as possible. */
  get toClose(): number {
    return LARGEST * this.#rings.size + this.#branches.length + 1;
  }

  mayCome(token: SmilesToken): boolean {
    if (this.#entered) return token.kind === 'ring' && this.#mayOpen(token.text);
    switch (token.kind) {
      case 'atom':
        return this.#mayAdd(token);
      case 'bond':
        return this.#mayBond(token.order);
      case 'open':
        return this.#bond === 0 && this.#last !== 'start' && this.#last !== 'open' && this.#free >= 2;
      case 'close':
        return this.#branches.length > 0 && this.#levelMayEnd() && !this.#strands();
      case 'ring':
        return (
          this.#isAtAtom() && (this.#rings.has(token.text) ? this.#mayClose(token.text) : this.#mayOpen(token.text))
        );
      default:
        return false;
    }
  }

  /** Whether a token that may come closes a ring or a branch. */
  closes({ kind, text }: SmilesToken): boolean {
    return kind === 'close' || (kind === 'ring' && this.#rings.has(text));
  }

  push(token: SmilesToken): void {
    if (token.kind === 'atom') this.#add(token);
    else if (token.kind === 'bond') this.#bond = token.order;
    else if (token.kind === 'ring') this.#ring(token.text);
    else if (token.kind === 'close') this.#atom = this.#branches.pop() ?? null;
    else if (this.#atom) this.#branches.push(this.#atom);
    this.#last = token.kind;
  }

  get #free(): number {
    return this.#atom?.free ?? 0;
  }

  #isAtAtom(): boolean {
    return (this.#last === 'atom' || this.#last === 'ring') && this.#bond === 0;
  }

  #levelMayEnd(): boolean {
    return this.#isAtAtom() && !this.#entered;
  }

  #mayBond(order: number): boolean {
    const atom = this.#atom;
    if (atom === null || this.#bond > 0) return false;
    return this.#hasRoom(atom, order) && !(atom.aromatic && order > 2) && !this.#strands();
  }

  /** Where a branch begins, the atom keeps a bond for the chain that follows it. */
  #hasRoom(atom: Atom, order: number): boolean {
    const kept = this.#branches.at(-1) === atom ? 1 : 0;
    return atom.free >= kept + (atom.aromatic ? 1 : order);
  }

  #mayAdd({ aromatic, bonds }: SmilesToken): boolean {
    const order = this.#bond || 1;
    if ((aromatic && order > 1) || (this.#atom && !this.#hasRoom(this.#atom, order))) return false;
    const left = bonds - order;
    if (this.#staysAromatic(aromatic)) return left >= 1 && this.#ringCanGrow();
    if (this.#bond === 0 && this.#strands()) return false;
    if (aromatic)
      return (
        left >= 2 &&
        this.#vocabulary.tokens.some(
          ({ kind, text }) => kind === 'ring' && !this.#taken.has(text) && !this.#rings.has(text),
        )
      );
    return left >= 1 || (left === 0 && (this.#branches.length > 0 || this.#rings.size === 0));
  }

  /** An aromatic atom right after another is in the same system. */
  #staysAromatic(aromatic: boolean): boolean {
    return aromatic && this.#atom?.aromatic === true && this.#bond === 0;
  }

  /** Whether the ring that was opened last can have one more atom. */
  #ringCanGrow(): boolean {
    const sizes = [...this.#rings.values()].map(({ atom }) => this.#size(atom, this.#atom)).filter((size) => size > 0);
    const last = sizes.at(-1);
    return last !== undefined && last < LARGEST;
  }

  /** Number of atoms of the ring that would close between two atoms over aromatic bonds; 0 if there is none. */
  #size(from: Atom, to: Atom | null): number {
    const seen = new Set([from]);
    let front = [from];
    for (let size = 1; front.length > 0; size++) {
      if (to && front.includes(to)) return size;
      front = front.flatMap(({ beside }) => beside).filter((atom) => !seen.has(atom) && seen.add(atom));
    }
    return 0;
  }

  /** Whether leaving the aromatic system here would leave one of its rings open for ever. */
  #strands(): boolean {
    return [...this.#rings.values()].some(
      ({ atom, aromatic }) =>
        aromatic && this.#size(atom, this.#atom) > 0 && !this.#branches.some((branch) => this.#size(atom, branch) > 0),
    );
  }

  #mayOpen(text: string): boolean {
    const atom = this.#atom;
    if (atom === null || this.#taken.has(text) || this.#rings.has(text) || atom.rings >= MOST_RINGS) return false;
    return atom.free >= 2 && (this.#entered || !atom.aromatic || this.#ringCanGrow() || !this.#strands());
  }

  #mayClose(text: string): boolean {
    const [atom, ring] = [this.#atom, this.#rings.get(text)];
    if (!atom || !ring || atom === ring.atom || atom.parent === ring.atom || atom.free < 1 || atom.rings >= MOST_RINGS)
      return false;
    const size = this.#size(ring.atom, atom);
    if (ring.aromatic || (atom.aromatic && ring.atom.aromatic)) {
      if (size < SMALLEST) return false;
    }
    return atom.free > 1 || this.#branches.length > 0 || this.#rings.size === 1;
  }

  #add({ aromatic, bonds }: SmilesToken): void {
    const order = this.#bond || 1;
    const parent = this.#atom;
    const stays = this.#staysAromatic(aromatic);
    const atom: Atom = { free: bonds - order, aromatic, parent, rings: 0, beside: [] };
    if (parent) parent.free -= parent.aromatic ? 1 : order;
    if (parent && stays) join(parent, atom);
    this.#entered = aromatic && !stays;
    this.#atom = atom;
    this.#bond = 0;
  }

  #ring(text: string): void {
    const [atom, opened] = [this.#atom, this.#rings.get(text)];
    if (!atom) return;
    atom.free--;
    atom.rings++;
    if (!opened) this.#rings.set(text, { atom, aromatic: this.#entered });
    else {
      this.#rings.delete(text);
      if (atom.aromatic && opened.atom.aromatic) join(atom, opened.atom);
    }
    this.#entered = false;
  }
}

function join(a: Atom, b: Atom): void {
  a.beside.push(b);
  b.beside.push(a);
}
