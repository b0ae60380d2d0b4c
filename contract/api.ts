/**
 * The whole interface between renderer and host: every method with the schemas
 * of its parameters and result, every topic with the schema of its events. A
 * file a noun, put together here. Both sides validate against it at run time;
 * types derive from it.
 */
import { z } from 'zod';
import { adaptationMethods, adaptationTopics } from './adaptations.ts';
import { candidateMethods } from './candidates.ts';
import { catalogueMethods } from './catalogue.ts';
import { compareMethods } from './compare.ts';
import { consentMethods } from './consents.ts';
import { designMethods } from './designs.ts';
import { dnaMethods } from './dna.ts';
import { draftMethods } from './drafts.ts';
import { exploreMethods } from './explore.ts';
import { exportMethods, exportTopics } from './exports.ts';
import { modelMethods } from './models.ts';
import { moleculeMethods } from './molecules.ts';
import { nearestMethods } from './nearest.ts';
import { noticesMethods } from './notices.ts';
import { predictorMethods, predictorTopics } from './predictors.ts';
import { remakeMethods, remakeTopics } from './remake.ts';
import { runMethods, runTopics } from './runs.ts';
import { shortlistMethods } from './shortlist.ts';
import { spaceMethods } from './space.ts';
import { steeringMethods, steeringTopics } from './steering.ts';

export * from './adaptations.ts';
export * from './candidates.ts';
export * from './catalogue.ts';
export * from './compare.ts';
export * from './consents.ts';
export * from './designs.ts';
export * from './dna.ts';
export * from './drafts.ts';
export * from './explore.ts';
export * from './exports.ts';
export * from './models.ts';
export * from './molecules.ts';
export * from './nearest.ts';
export * from './notices.ts';
export * from './predictors.ts';
export * from './remake.ts';
export * from './runs.ts';
export * from './shortlist.ts';
export * from './space.ts';
export * from './steering.ts';
export * from './transport.ts';

/** Methods: name -> parameters and result. */
export const methodSchemas = {
  ...catalogueMethods,
  ...designMethods,
  ...draftMethods,
  ...runMethods,
  ...candidateMethods,
  ...dnaMethods,
  ...moleculeMethods,
  ...nearestMethods,
  ...remakeMethods,
  ...exploreMethods,
  ...exportMethods,
  ...consentMethods,
  ...shortlistMethods,
  ...spaceMethods,
  ...predictorMethods,
  ...steeringMethods,
  ...modelMethods,
  ...noticesMethods,
  ...compareMethods,
  ...adaptationMethods,
} as const;

/** Topics: name -> parameters and event. */
export const topicSchemas = {
  ...runTopics,
  ...exportTopics,
  ...remakeTopics,
  ...predictorTopics,
  ...adaptationTopics,
  ...steeringTopics,
} as const;

export type Methods = typeof methodSchemas;
export type Method = keyof Methods;
export type Params<M extends Method> = z.input<Methods[M]['params']>;
/** Parameters after defaults: what a handler receives. */
export type Parsed<M extends Method> = z.output<Methods[M]['params']>;
export type Result<M extends Method> = z.output<Methods[M]['result']>;
export type Topics = typeof topicSchemas;
export type Topic = keyof Topics;
export type TopicParams<T extends Topic> = z.input<Topics[T]['params']>;
export type TopicEvent<T extends Topic> = z.output<Topics[T]['event']>;
export type Preview = Result<'objective.preview'>;
