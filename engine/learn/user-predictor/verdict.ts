/** @file Summarises in a sentence what a predictor's figures mean for its use, and when they promise nothing. */
import type { CrossValidation, ValidationFigures } from './cross-validation.ts';
import type { ClassFigures, RegressionFigures } from './figures.ts';

type VerdictTier = 'good' | 'soft' | 'weak' | 'refused';

export interface Verdict {
  readonly tier: VerdictTier;
  /** One sentence. */
  readonly text: string;
  /** Reasons and caveats, one sentence each. */
  readonly reasons: readonly string[];
}

/** With fewer different molecules, no figure generalises. */
const FEWEST_MOLECULES = 50;
/** Fewest molecules of the rarer class. */
const FEWEST_OF_CLASS = 15;
const FEWEST_GROUPS = 8;

interface Tier {
  readonly tier: Exclude<VerdictTier, 'refused'>;
  readonly from: number;
  readonly use: string;
}

const R2_TIERS: readonly Tier[] = [
  { tier: 'good', from: 0.65, use: 'usable as a goal' },
  { tier: 'soft', from: 0.4, use: 'usable as a soft goal' },
  { tier: 'weak', from: 0.15, use: 'a hint, worth a small weight among other goals' },
];
const AUC_TIERS: readonly Tier[] = [
  { tier: 'good', from: 0.85, use: 'usable as a goal' },
  { tier: 'soft', from: 0.75, use: 'usable as a soft goal' },
  { tier: 'weak', from: 0.65, use: 'a hint, worth a small weight among other goals' },
];
/** If a linear model is better by more than this, the predictor missed something in the data. */
const LINEAR_MARGIN = 0.05;
/** The end of the interval above which a figure is more than chance. */
const CHANCE = { r2: 0, auc: 0.5 } as const;

const number = (value: number) => value.toFixed(2);

/** Words for what was learnt from. */
export interface JudgedWords {
  readonly many: string;
  /** What is held out together. */
  readonly groups: string;
  /** What the linear model counts. */
  readonly parts: string;
}

export const moleculeWords: JudgedWords = { many: 'molecules', groups: 'scaffolds', parts: 'fragments' };
export const sequenceWords: JudgedWords = { many: 'sequences', groups: 'families', parts: 'short words' };

/** Reasons why the data are too few to judge a predictor, before anything is trained; empty if they suffice. */
export function tooLittle(kept: number, groups: number, rarer: number | null, words = moleculeWords): string[] {
  return [
    ...(kept < FEWEST_MOLECULES
      ? [`There are ${kept} different ${words.many} with a value; at least ${FEWEST_MOLECULES} are needed.`]
      : []),
    ...(groups < FEWEST_GROUPS
      ? [
          `${groups === 1 ? `Their ${words.groups} do not differ` : `They have ${groups} different ${words.groups}`}; at least ${FEWEST_GROUPS} are needed to hold some out.`,
        ]
      : []),
    ...(rarer !== null && rarer < FEWEST_OF_CLASS
      ? [`Only ${rarer} are of the rarer class; at least ${FEWEST_OF_CLASS} are needed.`]
      : []),
  ];
}

export function regressionVerdict(
  figures: ValidationFigures<RegressionFigures>,
  validation: CrossValidation,
  words = moleculeWords,
): Verdict {
  const { model, linear, headline } = figures;
  const little = tooLittle(validation.rows.length, validation.groups, null, words);
  const reasons = [
    ...little,
    ...(headline !== null && headline.low <= CHANCE.r2
      ? [
          `Depending on which ${words.groups} are held out, R2 may be as low as ${number(headline.low)}: no better than predicting the mean.`,
        ]
      : []),
  ];
  return verdict({
    what: 'R2',
    value: model.r2,
    linear: linear.r2,
    tiers: R2_TIERS,
    reasons,
    words,
    baseline: model.rmse < figures.mean.rmse ? null : 'Its error is as large as that of predicting the mean.',
  });
}

export function classVerdict(figures: ValidationFigures<ClassFigures>, validation: CrossValidation): Verdict {
  const { model, linear, headline } = figures;
  const rarer = Math.min(model.positives, model.count - model.positives);
  const little = tooLittle(validation.rows.length, validation.groups, rarer);
  const reasons = [
    ...little,
    ...(headline !== null && headline.low <= CHANCE.auc
      ? [
          `Depending on which scaffolds are held out, the area may be as low as ${number(headline.low)}: no better than guessing.`,
        ]
      : []),
  ];
  return verdict({
    what: 'a ROC area of',
    value: model.rocAuc ?? 0,
    linear: linear.rocAuc ?? 0,
    tiers: AUC_TIERS,
    reasons,
    words: moleculeWords,
    baseline: model.rocAuc === null ? 'One class is absent among the held-out molecules.' : null,
  });
}

interface Judged {
  readonly what: string;
  readonly value: number;
  readonly linear: number;
  readonly tiers: readonly Tier[];
  readonly reasons: readonly string[];
  readonly baseline: string | null;
  readonly words: JudgedWords;
}

function verdict({ what, value, linear, tiers, reasons, baseline, words }: Judged): Verdict {
  const against = [...reasons, ...(baseline === null ? [] : [baseline])];
  const at = tiers.findIndex(({ from }) => value >= from);
  if (against.length > 0 || at < 0)
    return {
      tier: 'refused',
      text: `Predicts unseen ${words.groups} with ${what} ${number(value)}: unreliable, so it cannot be a goal.`,
      reasons: against.length > 0 ? against : [`At least ${tiers.at(-1)!.from} is needed.`],
    };
  const beaten = linear > value + LINEAR_MARGIN;
  const { tier, use } = tiers[Math.min(tiers.length - 1, at + (beaten ? 1 : 0))];
  const text = `Predicts unseen ${words.groups} with ${what} ${number(value)}: ${use}.`;
  return {
    tier,
    text,
    reasons: linear > value ? [`A linear model of ${words.parts} does better (${number(linear)}).`] : [],
  };
}
