/** @file Whether a provider of synthetic DNA is likely to accept a sequence. */
import { z } from 'zod';
import { ParameterError } from '../../../base/parameter-error.ts';
import { ruleSetNames, ruleSets, SynthesisCheck, type SynthesisLimits } from '../../../dna/synthesis.ts';
import { defineDnaObjective, scoreEachSequence } from '../../dna.ts';
import type { ReadResource } from '../../types.ts';
import { allEnzymes, enzymesByName } from './restriction.ts';

const bases = () => z.number().int().min(0).optional();
const share = () => z.number().min(0).max(1).optional();

const synthesisParameters = z.object({
  rules: z
    .enum(ruleSetNames)
    .default('generic')
    .describe(
      'Set of limits: generic (cautious, of no provider), twist (gene fragments) or idt-gblock. Each limit below replaces that of the set',
    ),
  min_length: bases().describe('Fewest bases'),
  max_length: bases().describe('Most bases'),
  min_gc: share().describe('Lowest GC content of the whole sequence, 0 to 1'),
  max_gc: share().describe('Highest GC content of the whole sequence, 0 to 1'),
  window: bases().describe('Bases of the window whose GC content is checked; 0 for no check'),
  window_min_gc: share().describe('Lowest GC content of any window, 0 to 1'),
  window_max_gc: share().describe('Highest GC content of any window, 0 to 1'),
  window_spread: share().describe('Largest difference in GC content between two windows, 0 to 1'),
  run_at: bases().describe('Longest run of A or of T'),
  run_gc: bases().describe('Longest run of G or of C'),
  repeat: bases().describe('Length from which a stretch must not be repeated on either strand; 0 for no check'),
  stem: bases().describe('Length from which the stem of a hairpin near an end is too long; 0 for no check'),
  sites: z
    .array(z.string())
    .optional()
    .describe('Enzymes whose sites are forbidden, e.g. BsaI, BsmBI')
    .meta({ suggest: 'enzyme' }),
});

/**
 * The chosen set, with the given limits in place of its own.
 * @throws ParameterError for an unknown enzyme or for contradictory limits
 */
function synthesisCheck(
  { rules, sites, ...given }: z.infer<typeof synthesisParameters>,
  resource: ReadResource,
): SynthesisCheck {
  const set = ruleSets[rules];
  const limits: SynthesisLimits = {
    ...set.limits,
    ...Object.fromEntries(Object.entries(given).filter(([, limit]) => limit !== undefined)),
  };
  for (const [least, greatest] of [
    ['min_length', 'max_length'],
    ['min_gc', 'max_gc'],
    ['window_min_gc', 'window_max_gc'],
  ] as const) {
    if (limits[least] > limits[greatest])
      throw new ParameterError(
        least,
        `${least} is ${limits[least]} and ${greatest} is ${limits[greatest]}: no sequence can meet both`,
      );
  }
  const names = sites ?? set.sites;
  return new SynthesisCheck(limits, names.length === 0 ? [] : enzymesByName(names, allEnzymes(resource), 'sites'));
}

export const synthesis = defineDnaObjective({
  id: 'synthesis',
  label: 'Broken rules of synthesis',
  modality: 'dna',
  unit: 'rules',
  description:
    "Number of rules of DNA synthesis that a sequence breaks: length, GC content overall and by window, runs of one base, repeats, hairpins at the ends, forbidden sites. 0 means that synthesis is likely to succeed; only the provider's own check is certain.",
  source:
    'Limits that Twist Bioscience (2023 to 2026) and IDT (2026) publish, as quoted by others; the set "generic" is our own',
  parameters: synthesisParameters,
  defaultGoal: { kind: 'lower', from: 0, to: 3 },
  typical: [0, 6],
  possible: [0, 8],
  features(parameters, { resource }) {
    const check = synthesisCheck(parameters, resource);
    return (sequence) =>
      check
        .violations(sequence)
        .map(({ rule, start, end, reason }) => ({ kind: 'rule', name: rule, start, end, strand: null, note: reason }));
  },
  prepare(parameters, { resource }) {
    const check = synthesisCheck(parameters, resource);
    return scoreEachSequence((sequence) => check.broken(sequence));
  },
});
