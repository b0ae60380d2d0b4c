/**
 * Preflight: tests a design's goals and limits on samples of its untrained generator,
 * and against each other. An expert learns only from differences of reward. If no
 * sample comes near a goal, or none meets the limits, there is nothing to learn from.
 */
import type { PreflightRemark, Result } from '../../contract/api.ts';
import { modalityWords } from '../../engine/base/modality.ts';
import { quantile } from '../../engine/objectives/distribution.ts';
import { makeTransform, type Transform } from '../../engine/objectives/transforms.ts';
import type { RawScores } from '../../engine/objectives/types.ts';
import { correlation } from '../../engine/predictor/sequence/calibration.ts';
import type { Previews } from './previews.ts';
import { type ResolvedConstraint, type ResolvedDesign, type ResolvedObjective, scoringRequest } from './resolved.ts';

/** The sample's raw values, one row per goal or limit in the design's order; null for those not computed. */
export interface SampleScores {
  readonly count: number;
  readonly goals: readonly (RawScores | null)[];
  readonly limits: readonly (RawScores | null)[];
}

/** Shares of the sample below which learning is slow, and above which a goal or limit has no effect. */
const FEW = 0.02;
const NEARLY_ALL = 0.98;
/** Scores from which a goal counts as approached, and as reached. */
const NEAR = 0.1;
const REACHED = 0.9;
/** Correlation of two goals' scores below which they conflict. */
const OPPOSED = -0.5;

/** Worst first. @param design complete */
export function preflight(design: ResolvedDesign, sample: SampleScores): PreflightRemark[] {
  const found = [
    ...contradictions(design),
    ...weightless(design),
    ...(sample.count === 0 ? [nothingWritten(design)] : sampleRemarks(design, sample)),
  ];
  return found.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

const SEVERITIES: readonly PreflightRemark['severity'][] = ['problem', 'warning', 'remark'];

function nothingWritten({ prior, modality }: ResolvedDesign): PreflightRemark {
  const { many } = modalityWords[modality];
  return {
    severity: 'problem',
    path: 'generate',
    message: `${prior} generates no valid ${many} that fit the design, so there is nothing to learn from. ${modality === 'dna' ? 'Relax the length or the mask.' : 'Choose a smaller scaffold, or one with fewer attachment points.'}`,
  };
}

/** Remarks that need the sample. */
function sampleRemarks(design: ResolvedDesign, sample: SampleScores): PreflightRemark[] {
  const scores = design.objectives.map(({ goal }, i) => scoresOf(makeTransform(goal), sample.goals[i]));
  return [
    ...design.objectives.flatMap((objective, i) => goalRemarks(design, objective, i, sample.goals[i], scores[i])),
    ...limitRemarks(design, sample),
    ...opposition(design, scores),
  ];
}

const scoresOf = (transform: Transform, raw: RawScores | null): RawScores | null =>
  raw?.map((value) => (value === null ? null : transform(value))) ?? null;

function goalRemarks(
  { prior, modality }: ResolvedDesign,
  { label }: ResolvedObjective,
  i: number,
  raw: RawScores | null,
  scores: RawScores | null,
): PreflightRemark[] {
  if (raw === null || scores === null) return [];
  const path = `objective.${i}`;
  const { many } = modalityWords[modality];
  const known = scores.filter((score): score is number => score !== null);
  const missing = 1 - known.length / scores.length;
  if (known.length === 0)
    return [
      {
        severity: 'problem',
        path,
        message: `“${label}” has no value for any of ${scores.length} ${many} sampled from ${prior}, so there is nothing to learn from.`,
      },
    ];
  const near = known.filter((score) => score >= NEAR).length;
  const middle = quantile(
    [...known].sort((a, b) => a - b),
    0.5,
  );
  const best = Math.max(...known);
  return [
    ...(missing > 0.5
      ? [
          {
            severity: 'warning' as const,
            path,
            message: `“${label}” has no value for ${percent(missing)} of the samples of ${prior}. These get no score.`,
          },
        ]
      : []),
    ...(near === 0
      ? [
          {
            severity: 'warning' as const,
            path,
            message: `None of ${scores.length} ${many} sampled from ${prior} comes near “${label}”: the best scores ${best.toFixed(2)}. Widen the goal so that scores differ.`,
          },
        ]
      : []),
    ...(middle >= REACHED
      ? [
          {
            severity: 'remark' as const,
            path,
            message: `“${label}” is already reached: half of the samples of ${prior} score ${middle.toFixed(2)}${middle < 0.995 ? ' or more' : ''}. Training will change little.`,
          },
        ]
      : []),
  ];
}

const percent = (share: number): string => `${Math.round(100 * share)}%`;

const keeps = ({ min = -Infinity, max = Infinity }: ResolvedConstraint, value: number | null): boolean =>
  value !== null && value >= min && value <= max;

/** A limit whose violation scores 0; other limits still reward coming closer. */
const isHard = ({ tolerance, learned }: ResolvedConstraint): boolean => tolerance === 0 && learned === undefined;

function limitRemarks(design: ResolvedDesign, { count, limits }: SampleScores): PreflightRemark[] {
  const seen = design.constraints.flatMap((limit, i) => (limits[i] === null ? [] : [{ limit, i, raw: limits[i] }]));
  const each = seen.flatMap(({ limit, i, raw }) =>
    shareRemarks(design, limit, i, raw.filter((value) => keeps(limit, value)).length / count, count),
  );
  const hard = seen.filter(({ limit }) => isHard(limit));
  const together =
    Array.from({ length: count }, (_, n) => hard.every(({ limit, raw }) => keeps(limit, raw[n]))).filter(Boolean)
      .length / count;
  if (hard.length < 2 || together >= FEW || each.some(({ severity }) => severity !== 'remark')) return each;
  const message = `${together === 0 ? 'None' : `Only ${percent(together)}`} of ${count} ${modalityWords[design.modality].many} sampled from ${design.prior} meet all limits. Relax a limit, or give one a tolerance.`;
  return [...each, { severity: together === 0 ? 'problem' : 'warning', path: 'constraint', message }];
}

function shareRemarks(
  { prior, modality }: ResolvedDesign,
  limit: ResolvedConstraint,
  i: number,
  share: number,
  count: number,
): PreflightRemark[] {
  const { many } = modalityWords[modality];
  if (limit.id === 'implausible' && limit.max === 0) return realismRemarks(prior, share);
  const path = `constraint.${i}`;
  if (share >= NEARLY_ALL)
    return [
      {
        severity: 'remark',
        path,
        message: `“${limit.label}” is already met by ${percent(share)} of the samples of ${prior}.`,
      },
    ];
  if (share >= FEW) return [];
  const kept = share === 0 ? 'None' : `Only ${(100 * share).toFixed(1)}%`;
  return [
    {
      severity: share === 0 && isHard(limit) ? 'problem' : 'warning',
      path,
      message: `${kept} of ${count} ${many} sampled from ${prior} meet “${limit.label}”. Relax it, or give it a tolerance.`,
    },
  ];
}

function realismRemarks(prior: string, share: number): PreflightRemark[] {
  if (share >= 0.5) return [];
  return [
    {
      severity: share === 0 ? 'problem' : 'warning',
      path: 'generate.realism',
      message: `Only ${percent(share)} of the samples of ${prior} count as plausible molecules. Turn realism off if the others suit you.`,
    },
  ];
}

/** Goals whose scores conflict in the sample. */
function opposition({ objectives, prior }: ResolvedDesign, scores: readonly (RawScores | null)[]): PreflightRemark[] {
  return pairs(objectives.length).flatMap(([i, j]): PreflightRemark[] => {
    const [a, b] = [scores[i], scores[j]];
    if (a === null || b === null) return [];
    const both = a.flatMap((value, n) =>
      value === null || b[n] === null ? [] : [{ predicted: value, spread: 0, measured: b[n] }],
    );
    const r = both.length < 30 ? 0 : correlation(both);
    if (!(r <= OPPOSED)) return [];
    return [
      {
        severity: 'remark',
        path: `objective.${j}`,
        message: `“${objectives[i].label}” and “${objectives[j].label}” conflict in samples of ${prior} (correlation ${r.toFixed(2)}). Expect a compromise, and steer between them afterwards.`,
      },
    ];
  });
}

const pairs = (n: number): (readonly [number, number])[] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n - i - 1 }, (__, k) => [i, i + 1 + k] as const)).flat();

const sameQuestion = (a: Asked, b: Asked): boolean =>
  a.id === b.id && JSON.stringify(a.parameters) === JSON.stringify(b.parameters);
type Asked = Pick<ResolvedObjective, 'id' | 'parameters'>;

/** Contradictions that hold for any sample. */
function contradictions({ objectives, constraints }: ResolvedDesign): PreflightRemark[] {
  const goals = pairs(objectives.length).flatMap(([i, j]) =>
    sameQuestion(objectives[i], objectives[j]) ? [twice(objectives[i], objectives[j], j)] : [],
  );
  const limits = objectives.flatMap((objective, i) =>
    constraints.filter((limit) => sameQuestion(objective, limit)).flatMap((limit) => outsideLimit(objective, limit, i)),
  );
  return [...goals, ...limits];
}

function twice(a: ResolvedObjective, b: ResolvedObjective, j: number): PreflightRemark {
  const kinds = new Set([a.goal.kind, b.goal.kind]);
  const isOpposed = kinds.has('higher') && kinds.has('lower');
  return {
    severity: isOpposed ? 'warning' : 'remark',
    path: `objective.${j}`,
    message: isOpposed
      ? `“${a.label}” and “${b.label}” want the same quantity both higher and lower.`
      : `“${a.label}” and “${b.label}” use the same quantity. One goal with the sum of their weights learns the same in less time.`,
  };
}

/** The interval of raw values with the best score; null if there is none. */
function wanted({ goal }: ResolvedObjective): readonly [number, number] | null {
  if (goal.kind === 'range') return [goal.low, goal.high];
  if (goal.kind === 'target') return [goal.value, goal.value];
  if (goal.kind === 'higher') return [goal.from, Infinity];
  return goal.kind === 'lower' ? [-Infinity, goal.to] : null;
}

function outsideLimit(
  objective: ResolvedObjective,
  { label, min = -Infinity, max = Infinity }: ResolvedConstraint,
  i: number,
): PreflightRemark[] {
  const interval = wanted(objective);
  if (interval === null || (interval[1] >= min && interval[0] <= max)) return [];
  return [
    {
      severity: 'problem',
      path: `objective.${i}`,
      message: `The range of “${objective.label}” is outside the limit “${label}”, so nothing can meet both.`,
    },
  ];
}

function weightless({ objectives }: ResolvedDesign): PreflightRemark[] {
  return objectives.flatMap(({ label, weight }, i) =>
    weight === 0
      ? [
          {
            severity: 'remark' as const,
            path: `objective.${i}`,
            message: `“${label}” has weight 0: it gets an expert for steering, but does not count during training.`,
          },
        ]
      : [],
  );
}

/** @returns the number of sequences tested, and the remarks */
export async function preflightOf(design: ResolvedDesign, previews: Previews): Promise<Result<'design.preflight'>> {
  const { objectives, constraints } = scoringRequest(design);
  const { count, raw } = await previews.sampleScores(design.prior, design.generate, [...objectives, ...constraints]);
  return {
    count,
    remarks: preflight(design, { count, goals: raw.slice(0, objectives.length), limits: raw.slice(objectives.length) }),
  };
}
