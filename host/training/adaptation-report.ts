/** @file The result of adapting a generator: a verdict in words, and the card that is kept with it. */
import type { AdaptationPoint, AdaptationReport, SequencesInfo } from '../../contract/api.ts';
import { modalityWords } from '../../engine/base/modality.ts';
import type { PretrainSettings } from '../../engine/learn/pretrain.ts';
import { version } from '../base/paths.ts';
import { isByHeart, type MemoryCheck, memoryInWords } from './adaptation.ts';

interface Outcome {
  readonly info: SequencesInfo;
  /** The first is the generator's before it was adapted. */
  readonly curve: readonly AdaptationPoint[];
  readonly memory: MemoryCheck;
  readonly seconds: number;
}

const loss = (value: number): string => value.toFixed(3);
const percent = (value: number): string => `${(100 * value).toFixed(1)}%`;

export function adaptationReportOf({ info, curve, memory, seconds }: Outcome): AdaptationReport {
  const { examples, ...shares } = memory;
  return {
    verdict: verdictOf(info, curve, memory),
    curve: [...curve],
    memory: shares,
    lines: [...info.lines],
    examples: [...examples],
    seconds,
  };
}

function verdictOf(
  { prior, modality }: SequencesInfo,
  curve: readonly AdaptationPoint[],
  memory: MemoryCheck,
): AdaptationReport['verdict'] {
  const { kind, many } = modalityWords[modality];
  const [before, ...measured] = curve;
  const best = measured.reduce((a, b) => (b.validation < a.validation ? b : a));
  const change = `Held-out ${many}: loss ${loss(before.validation)} nats per token before, ${loss(best.validation)} after ${passes(best.pass)} (lower is better). The generator with the lowest loss is kept.`;
  const reasons = [change, ...memoryInWords(memory, kind, 'Fewer passes over the data')];
  if (best.validation >= before.validation)
    return {
      tier: 'no-gain',
      text: `No improvement: its loss on held-out ${many} is no lower than that of ${prior}.`,
      reasons,
    };
  if (isByHeart(memory))
    return {
      tier: 'by-heart',
      text: `It generates ${many} like yours, but has memorised much of your data: ${percent(memory.trained)} of its ${many} are in your file.`,
      reasons,
    };
  return {
    tier: 'good',
    text: `It generates new ${many} like yours: ${percent(memory.trained)} of its ${many} are in your file.`,
    reasons,
  };
}

const passes = (pass: number): string =>
  Math.round(pass) <= 1 ? 'one pass over the data' : `${Math.round(pass)} passes over the data`;

/** The card below its title; its first line is the headline. */
export function cardText(
  { prior, kept, modality }: SequencesInfo,
  { verdict, curve, memory, lines }: AdaptationReport,
  { tokens, seed }: PretrainSettings,
): string {
  const { many } = modalityWords[modality];
  const rows = curve.map(
    ({ pass, train, validation }) =>
      `| ${pass.toFixed(1)} | ${train === null ? '' : loss(train)} | ${loss(validation)} |`,
  );
  return [
    `${prior} adapted to ${kept} of your ${many}. Of ${memory.sampled} samples, ${percent(memory.valid)} are valid and ${percent(memory.trained)} are training ${many}.`,
    '',
    verdict.text,
    '',
    ...verdict.reasons.map((line) => `- ${line}`),
    '',
    '## Data',
    ...lines.map((line) => `- ${line}`),
    '',
    '## Training',
    `At most ${tokens} tokens, seed ${seed}, Amalgam ${version}. A tenth of the ${many} was held out.`,
    '',
    '| passes | training loss | held-out loss |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
