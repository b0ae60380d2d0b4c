/**
 * The whole interface between renderer and host: every method with the schemas of its parameters and result, and every
 * topic with the schema of its events. Each noun has a file; this one puts them together. Both sides validate against
 * it at run time, and types derive from it.
 */
import { z } from 'zod';
import { adaptationMethods, adaptationTopics } from './adaptation.ts';
import { appMethods } from './app.ts';
import { applicabilityMethods } from './applicability.ts';
import { blendMethods } from './blend.ts';
import { candidateMethods } from './candidate.ts';
import { catalogueMethods } from './catalogue.ts';
import { comparisonMethods } from './comparison.ts';
import { consentMethods } from './consent.ts';
import { designMethods } from './design.ts';
import { dnaMethods } from './dna.ts';
import { documentMethods } from './document.ts';
import { draftMethods } from './draft.ts';
import { exploreMethods } from './explore.ts';
import { exportMethods, exportTopics } from './export.ts';
import { modelMethods } from './model.ts';
import { moleculeMethods } from './molecule.ts';
import { predictorMethods, predictorTopics } from './predictor.ts';
import { reproductionMethods, reproductionTopics } from './reproduction.ts';
import { runMethods, runTopics } from './run.ts';
import { shortlistMethods } from './shortlist.ts';
import { spaceMethods } from './space.ts';
import { steeringMethods } from './steering.ts';
import { surfaceMethods, surfaceTopics } from './surface.ts';

export * from './adaptation.ts';
export * from './app.ts';
export * from './applicability.ts';
export * from './blend.ts';
export * from './candidate.ts';
export * from './catalogue.ts';
export * from './comparison.ts';
export * from './consent.ts';
export * from './design.ts';
export * from './dna.ts';
export * from './document.ts';
export * from './draft.ts';
export * from './explore.ts';
export * from './export.ts';
export * from './model.ts';
export * from './molecule.ts';
export * from './predictor.ts';
export * from './reproduction.ts';
export * from './run.ts';
export * from './shortlist.ts';
export * from './space.ts';
export * from './steering.ts';
export * from './surface.ts';
export * from './transport.ts';

/** Methods: name -> parameters and result. */
export const methodSchemas = {
  ...adaptationMethods,
  ...appMethods,
  ...applicabilityMethods,
  ...blendMethods,
  ...candidateMethods,
  ...catalogueMethods,
  ...comparisonMethods,
  ...consentMethods,
  ...designMethods,
  ...dnaMethods,
  ...documentMethods,
  ...draftMethods,
  ...exploreMethods,
  ...exportMethods,
  ...modelMethods,
  ...moleculeMethods,
  ...predictorMethods,
  ...reproductionMethods,
  ...runMethods,
  ...shortlistMethods,
  ...spaceMethods,
  ...steeringMethods,
  ...surfaceMethods,
} as const;

/** Topics: name -> parameters and event. */
export const topicSchemas = {
  ...adaptationTopics,
  ...exportTopics,
  ...predictorTopics,
  ...reproductionTopics,
  ...runTopics,
  ...surfaceTopics,
} as const;

type Methods = typeof methodSchemas;
export type Method = keyof Methods;
export type Params<M extends Method> = z.input<Methods[M]['params']>;
/** Parameters with defaults filled in, as a handler receives them. */
export type Parsed<M extends Method> = z.output<Methods[M]['params']>;
export type Result<M extends Method> = z.output<Methods[M]['result']>;
type Topics = typeof topicSchemas;
export type Topic = keyof Topics;
export type TopicParams<T extends Topic> = z.input<Topics[T]['params']>;
export type TopicEvent<T extends Topic> = z.output<Topics[T]['event']>;
