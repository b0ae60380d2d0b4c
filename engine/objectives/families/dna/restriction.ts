/**
 * @file Objectives of restriction sites: none if the sequence is cloned with the enzyme, one if the enzyme should cut
 * it.
 */
import { z } from 'zod';
import { didYouMean } from '../../../base/nearest.ts';
import { ParameterError } from '../../../base/parameter-error.ts';
import { cutsAt, type Enzyme, readEnzymes, type RestrictionSite, SiteFinder } from '../../../dna/restriction.ts';
import { defineDnaObjective, type FindFeatures, scoreEachSequence } from '../../dna.ts';
import { onceFor } from '../../shared.ts';
import type { ReadResource } from '../../types.ts';

const SOURCE =
  'REBASE (Roberts et al., Nucleic Acids Res. 2023, 51, D629) as carried by Biopython 1.88, Bio.Restriction';

const parameters = z.object({
  enzymes: z
    .array(z.string())
    .min(1, 'name at least one enzyme')
    .describe('Names of restriction enzymes, e.g. EcoRI, BamHI')
    .meta({ suggest: 'enzyme' }),
  circular: z
    .boolean()
    .default(false)
    .describe('Whether the ends are joined, as in a plasmid, so that a site may span them'),
});

/** Every enzyme of the shipped table. */
export const allEnzymes: (resource: ReadResource) => readonly Enzyme[] = onceFor((resource: ReadResource) =>
  readEnzymes(new TextDecoder().decode(resource('restriction/enzymes.tsv'))),
);

/**
 * Finds enzymes by name, ignoring case.
 * @throws ParameterError with the nearest name if one is unknown, or if one is named twice
 */
export function enzymesByName(names: readonly string[], known: readonly Enzyme[], parameter: string): Enzyme[] {
  const byName = new Map(known.map((enzyme) => [enzyme.name.toLowerCase(), enzyme]));
  const enzymes = names.map((name) => byName.get(name.trim().toLowerCase()) ?? refuse(name, known, parameter));
  const twice = enzymes.find((enzyme, i) => enzymes.indexOf(enzyme) < i);
  if (twice) throw new ParameterError(parameter, `The enzyme ${twice.name} is named twice`);
  return enzymes;
}

function refuse(name: string, known: readonly Enzyme[], parameter: string): never {
  const names = known.map((enzyme) => enzyme.name);
  throw new ParameterError(
    parameter,
    `There is no restriction enzyme "${name}" among the ${known.length} known.${didYouMean(name, names)}`,
  );
}

function finders(names: readonly string[], resource: ReadResource): SiteFinder[] {
  return enzymesByName(names, allEnzymes(resource), 'enzymes').map((enzyme) => new SiteFinder(enzyme));
}

/** Sites with the positions of the cuts. */
function siteFeatures(
  { enzymes, circular }: z.infer<typeof parameters>,
  { resource }: { readonly resource: ReadResource },
): FindFeatures {
  const all = finders(enzymes, resource);
  return (sequence) =>
    all.flatMap((finder) =>
      finder.sites(sequence, circular).map((site) => ({
        kind: 'site',
        name: finder.enzyme.name,
        ...site,
        note: cutNote(finder.enzyme, site, sequence.length, circular),
      })),
    );
}

function cutNote(enzyme: Enzyme, site: RestrictionSite, length: number, circular: boolean): string {
  const cuts = cutsAt(enzyme, site, length, circular);
  return cuts.length === 0 ? '' : `cuts after ${cuts.map(({ top, bottom }) => `${top}/${bottom}`).join(' and ')}`;
}

const restrictionSites = defineDnaObjective({
  id: 'restriction-sites',
  label: 'Restriction sites',
  modality: 'dna',
  unit: 'sites',
  description:
    'Number of sites of the named enzymes on either strand. Aim for 0 if the sequence must survive a digestion or a cloning step.',
  source: SOURCE,
  parameters,
  features: siteFeatures,
  defaultGoal: { kind: 'lower', from: 0, to: 2 },
  typical: [0, 5],
  possible: [0, Infinity],
  prepare({ enzymes, circular }, { resource }) {
    const all = finders(enzymes, resource);
    return scoreEachSequence((sequence) => all.reduce((sum, one) => sum + one.sites(sequence, circular).length, 0));
  },
});

const restrictionPresent = defineDnaObjective({
  id: 'restriction-present',
  label: 'Enzymes that have a site',
  modality: 'dna',
  unit: '',
  description:
    'Share of the named enzymes that have at least one site on either strand: 1 if each of them can cut or bind the sequence.',
  source: SOURCE,
  parameters,
  features: siteFeatures,
  defaultGoal: { kind: 'higher', from: 0, to: 1 },
  typical: [0, 1],
  possible: [0, 1],
  prepare({ enzymes, circular }, { resource }) {
    const all = finders(enzymes, resource);
    return scoreEachSequence(
      (sequence) => all.filter((one) => one.sites(sequence, circular).length > 0).length / all.length,
    );
  },
});

export const restrictionObjectives = [restrictionSites, restrictionPresent] as const;
