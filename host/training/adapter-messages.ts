/** @file Messages between the host and the process that adapts generators. */
import type { AdaptationPoint, AdaptationReport, SequencesInfo } from '../../contract/api.ts';

export type ToAdapter =
  /** @param prior a name or a file */
  | { readonly type: 'open'; readonly file: string; readonly prior: string }
  | { readonly type: 'adapt'; readonly passes?: number };

export type FromAdapter =
  | { readonly type: 'opened'; readonly info: SequencesInfo }
  /** @param card Markdown below the title */
  | { readonly type: 'adapted'; readonly report: AdaptationReport; readonly bytes: Uint8Array; readonly card: string };

export interface AdaptationProgress {
  readonly phase: 'training' | 'checking';
  /** Of the phase, 0 to 1. */
  readonly share: number;
  readonly curve: readonly AdaptationPoint[];
}
