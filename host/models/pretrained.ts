/** @file A trained generator: its best parameters, its vocabulary and its history. */
import { basename } from 'node:path';
import type { Modality } from '../../engine/base/modality.ts';
import type { Generator } from '../../engine/generator/checkpoint.ts';
import type { Corpus, CorpusLanguage } from '../../engine/learn/corpus.ts';
import type { PretrainSettings, PretrainState } from '../../engine/learn/pretrain.ts';
import { version } from '../base/paths.ts';
import type { Model } from './generators.ts';

/** The data it was trained on, and the generator it was trained from. */
export interface Origins {
  /** Names of the files. */
  readonly data: readonly string[];
  /** SHA-256 over the bytes of the files, hexadecimal. */
  readonly dataSha256: string;
  /** How the data were read, in words. */
  readonly reading: string;
  /** The generator that the training started from; undefined if it started from random weights. */
  readonly base: Pick<Model, 'name' | 'key'> | undefined;
}

export function pretrainedGenerator(
  { weights, best, tokens, curve, finished }: PretrainState,
  { vocabulary, report }: Corpus,
  settings: PretrainSettings,
  modality: Modality,
  { data, dataSha256, reading, base }: Origins,
): Generator {
  const { layers, width, heads, keyValueHeads, context } = settings;
  const history = {
    data,
    dataSha256,
    ...(base && { from: { name: basename(base.name), sha256: base.key } }),
    corpus: report,
    settings,
    tokens,
    curve,
    ended: finished,
    software: version,
    reading,
  };
  return {
    config: { modality, layers, width, heads, keyValueHeads, context, vocabulary: [...vocabulary] },
    weights: best ?? weights,
    history,
  };
}

/** How data were read. The corpus depends on it as much as on the data. */
export function readingOf(language: CorpusLanguage): string {
  if (language.modality === 'molecule') return `least count ${language.leastCount}`;
  return `${language.k}-mers, ${language.bothStrands ? 'both strands' : 'one strand'}, ${language.phases} phases`;
}
