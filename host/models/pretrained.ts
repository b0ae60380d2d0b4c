/** @file A generator as a training leaves it: its best parameters, its vocabulary, and where it comes from. */
import { basename } from 'node:path';
import type { Modality } from '../../engine/base/modality.ts';
import type { Generator } from '../../engine/generator/checkpoint.ts';
import type { Corpus, CorpusLanguage } from '../../engine/learn/corpus.ts';
import type { PretrainSettings, PretrainState } from '../../engine/learn/pretrain.ts';
import { version } from '../base/paths.ts';
import type { Model } from './generators.ts';

/** What it was trained on, and from what. */
export interface Origins {
  /** Names of the files. */
  readonly data: readonly string[];
  /** Over the files' bytes, hexadecimal. */
  readonly dataSha256: string;
  /** How the data were read, in words. */
  readonly reading: string;
  /** The generator that it goes on from; undefined for one trained anew. */
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

/** How data were read, on which the corpus depends as on the data themselves. */
export function readingOf(language: CorpusLanguage): string {
  if (language.modality === 'molecule') return `least count ${language.leastCount}`;
  return `${language.k}-mers, ${language.bothStrands ? 'both strands' : 'one strand'}, ${language.phases} phases`;
}
