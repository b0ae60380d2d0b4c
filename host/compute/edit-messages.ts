/** What the editing thread and its owner say to each other; structured-cloneable. */
import type { Generate } from '../../engine/generator/generate.ts';
import type { GeneratorKind } from '../../engine/generator/tokenizer.ts';
import type { Child, ChildRequest } from '../../engine/learn/children.ts';

/** Given at the thread's start. */
export interface EditWorkerData {
  readonly writes: GeneratorKind;
  readonly generate: Generate | null;
}

export type EditQuestion = readonly ChildRequest[];

/** One entry per request, in order. */
export type EditAnswer = (Child | null)[];
