/**
 * @file A guide for SMILES with a given scaffold: it dictates the tokens of the scaffold and leaves the attached parts
 * to the generator. The template has the format of chem/scaffold-template.ts: "*" where something must be attached, "?"
 * where something may be. What the generator writes freely follows the grammar of smiles-writer.ts. Near the end of the
 * context the guide makes it finish.
 */
import type { Guide, MakeGuide } from './guide.ts';
import { splitSmiles } from './smiles.ts';
import { type SmilesToken, smilesVocabulary, type Vocabulary } from './smiles-kinds.ts';
import { SmilesWriter } from './smiles-writer.ts';
import { UnknownTokenError } from './tokens.ts';

/** One thing to write: a token of the scaffold, or a part that the generator attaches. */
type Step = { readonly token: number } | { readonly free: 'required' | 'optional' };

/** What a generator can write. */
export interface Writes {
  readonly vocabulary: readonly string[];
  /** Most tokens of a sequence, including its end. */
  readonly context: number;
}

const END = 0;
/** Tokens kept in reserve when the guide decides whether to finish. */
const RESERVE = 4;

/**
 * @throws UnknownTokenError if the generator lacks a token of the scaffold; RangeError if the scaffold leaves no room
 * in its context
 */
export function scaffoldGuide(template: string, writes: Writes): MakeGuide {
  const plan = new Plan(template, writes);
  return () => new ScaffoldGuide(plan);
}

/** What all sequences of a template share. */
class Plan {
  readonly vocabulary: Vocabulary;
  readonly steps: readonly Step[];
  readonly context: number;
  readonly open: number;
  readonly close: number;

  constructor(template: string, { vocabulary, context }: Writes) {
    this.vocabulary = smilesVocabulary(vocabulary);
    this.context = context;
    const idOf = (text: string): number => this.vocabulary.idOf.get(text) ?? missing(template, text);
    this.open = idOf('(');
    this.close = idOf(')');
    this.steps = [
      ...templateTokens(template).map((text): Step =>
        text === '*' ? { free: 'required' } : text === '?' ? { free: 'optional' } : { token: idOf(text) },
      ),
      { token: END },
    ];
    if (this.least(0) + RESERVE > context)
      throw new RangeError(
        `The scaffold takes ${this.least(0)} of the ${context} tokens that the generator can write, which leaves no room for more.`,
      );
  }

  /** Fewest tokens from this step to the end. */
  least(from: number): number {
    return this.steps.slice(from).filter((step) => 'token' in step || step.free === 'required').length;
  }

  /** The next token of the scaffold from this step on. */
  nextToken(from: number): number {
    const next = this.steps.slice(from).find((step) => 'token' in step);
    return next && 'token' in next ? next.token : END;
  }

  kind(token: number): SmilesToken['kind'] {
    return this.vocabulary.tokens[token].kind;
  }
}

function missing(template: string, text: string): never {
  const plain = template.replace(/\?/g, '');
  throw new UnknownTokenError(
    plain,
    text,
    plain.indexOf(text),
    'a scaffold can only contain what the generator was trained on',
  );
}

function templateTokens(template: string): string[] {
  return template.split(/(\?)/).flatMap((part) => (part === '?' ? [part] : splitSmiles(part)));
}

/** The part that the generator is attaching. */
interface Attached {
  readonly writer: SmilesWriter;
  /** The token with which the part ends. */
  readonly exit: number;
  /** Whether the part may be empty. */
  readonly optional: boolean;
  /** Nothing can follow. */
  isStuck: boolean;
}

class ScaffoldGuide implements Guide {
  readonly #plan: Plan;
  readonly #allowed: Uint8Array;
  /** Numbers of the scaffold's open rings. */
  readonly #rings = new Set<string>();
  #step = 0;
  #written = 0;
  #attached: Attached | null = null;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#allowed = new Uint8Array(plan.vocabulary.tokens.length);
  }

  allowed(): Uint8Array {
    this.#allowed.fill(0);
    if (this.#attached) this.#allowAttached(this.#attached);
    else this.#allowScaffold();
    return this.#allowed;
  }

  /** The next token of the scaffold, or an optional branch before it. */
  #allowScaffold(): void {
    this.#allowed[this.#plan.nextToken(this.#step)] = 1;
    if ('free' in this.#plan.steps[this.#step] && !this.#isFull(2 * RESERVE)) this.#allowed[this.#plan.open] = 1;
  }

  #allowAttached(attached: Attached): void {
    const { writer, exit, optional } = attached;
    const mayLeave = writer.mayEnd || (optional && !writer.hasBegun);
    const finishing = this.#isFull(writer.toClose + RESERVE);
    if (mayLeave) this.#allowed[exit] = 1;
    if (mayLeave && finishing) return;
    this.#plan.vocabulary.tokens.forEach((token, id) => {
      if (writer.mayCome(token)) this.#allowed[id] = 1;
    });
    if (finishing) this.#hasten(writer);
    // A case that the grammar does not foresee: an invalid molecule now is better than a long one.
    attached.isStuck = !this.#allowed.includes(1);
    if (attached.isStuck) this.#allowed[attached.exit] = 1;
  }

  /** Closes what can be closed. If nothing can be closed, plain atoms continue. */
  #hasten(writer: SmilesWriter): void {
    const { tokens } = this.#plan.vocabulary;
    const closing = tokens.map((token, id) => this.#allowed[id] === 1 && writer.closes(token));
    const leading = tokens.map(
      (token, id) => this.#allowed[id] === 1 && token.kind !== 'open' && token.kind !== 'bond',
    );
    const kept = closing.includes(true) ? closing : leading.includes(true) ? leading : null;
    kept?.forEach((keep, id) => {
      if (!keep) this.#allowed[id] = 0;
    });
  }

  #isFull(needed: number): boolean {
    return this.#written + needed + this.#plan.least(this.#step) >= this.#plan.context;
  }

  push(token: number): void {
    this.#written++;
    if (this.#attached) this.#attach(this.#attached, token);
    else if (this.#isOffered(token)) this.#offer();
    else this.#write(token);
  }

  #isOffered(token: number): boolean {
    return 'free' in this.#plan.steps[this.#step] && token === this.#plan.open;
  }

  /** A branch that the scaffold does not have. */
  #offer(): void {
    this.#step++;
    this.#attached = { writer: this.#writer(0), exit: this.#plan.close, optional: false, isStuck: false };
  }

  #write(token: number): void {
    const { kind, text, order } = this.#plan.vocabulary.tokens[token];
    while ('free' in this.#plan.steps[this.#step]) this.#step++;
    if (kind === 'ring' && !this.#rings.delete(text)) this.#rings.add(text);
    this.#step++;
    this.#enter(order);
  }

  #attach({ writer, exit, isStuck }: Attached, token: number): void {
    if (token === exit && (writer.mayEnd || !writer.hasBegun || isStuck)) this.#leave(exit);
    else writer.push(this.#plan.vocabulary.tokens[token]);
  }

  /**
   * Starts the part attached at the end of the scaffold or of its own branch.
   * @param bond order of a bond that the scaffold has written before it, 0 for none
   */
  #enter(bond: number): void {
    const step = this.#plan.steps[this.#step];
    if (step === undefined || 'token' in step) return;
    const exit = this.#plan.nextToken(this.#step);
    if (exit !== END && exit !== this.#plan.close) return;
    this.#step++;
    this.#attached = { writer: this.#writer(bond), exit, optional: step.free === 'optional', isStuck: false };
  }

  #writer(bond: number): SmilesWriter {
    return new SmilesWriter(this.#plan.vocabulary, new Set(this.#rings), bond);
  }

  /** A part in a branch of the scaffold ends with the scaffold's token. No branch is offered before such a token. */
  #leave(exit: number): void {
    this.#attached = null;
    const step = this.#plan.steps[this.#step];
    if (step !== undefined && 'token' in step && step.token === exit) this.#step++;
    this.#enter(0);
  }
}
