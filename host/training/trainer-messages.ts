/** @file Messages between the host and the process that reads tables and trains predictors. */
import type { TableInfo, TableReport, TaskOptionsInfo, TrainingReport } from '../../contract/api.ts';

export type ToTrainer =
  | { readonly type: 'open'; readonly file: string; readonly sheet?: string; readonly fasta?: string }
  | { readonly type: 'inspect'; readonly options: TaskOptionsInfo }
  | { readonly type: 'train'; readonly options: TaskOptionsInfo; readonly wanted?: 'higher' | 'lower' };

export type FromTrainer =
  | { readonly type: 'opened'; readonly table: TableInfo }
  | { readonly type: 'inspected'; readonly report: TableReport }
  | { readonly type: 'trained'; readonly report: TrainingReport; readonly bytes: Uint8Array };
