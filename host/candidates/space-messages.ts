/** @file Messages between the host and the threads that examine many structures; structured-cloneable. */
import type { Modality } from '../../engine/base/modality.ts';
import type { Embedding } from '../../engine/chem/conformer.ts';

/** Passed when the thread starts. */
export interface SpaceWorkerData {
  readonly modality: Modality;
}

export interface SpaceQuestion {
  /** Only fingerprints exist for DNA. */
  readonly type: 'fingerprints' | 'scaffolds' | 'matches' | 'similarities' | 'conformers' | 'drugs';
  readonly sequences: readonly string[];
  /** The SMARTS to match, or the SMILES to compare with; '' for neither. */
  readonly structure: string;
}

/** A molecule's Bemis–Murcko scaffold, '' for none, and its generic form, null if there cannot be one. */
export interface ScaffoldNames {
  readonly murcko: string;
  readonly generic: string | null;
}

export interface NearestDrug {
  /** Index in the table of approved drugs. */
  readonly drug: number;
  /** Of ECFP4, from 0 to 1. */
  readonly similarity: number;
}

/** One answer per question, in order. */
export type SpaceAnswer =
  /** Row after row, all zeros for a sequence that cannot be read. */
  | { readonly type: 'fingerprints'; readonly rows: Uint8Array<ArrayBuffer> }
  /** null for a sequence that cannot be read. */
  | { readonly type: 'scaffolds'; readonly scaffolds: readonly (ScaffoldNames | null)[] }
  /** 1 if the molecule has the substructure. */
  | { readonly type: 'matches'; readonly matches: Uint8Array<ArrayBuffer> }
  /** NaN for a sequence that cannot be read. */
  | { readonly type: 'similarities'; readonly similarities: Float32Array<ArrayBuffer> }
  /** The index of the most similar approved drug; null for a sequence that cannot be read. */
  | { readonly type: 'drugs'; readonly drugs: readonly (NearestDrug | null)[] }
  /** null for a sequence that cannot be read. */
  | { readonly type: 'conformers'; readonly conformers: readonly (Embedding | null)[] };
