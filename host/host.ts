/**
 * The host: owner of one workspace, behind the contract's two primitives. Every
 * message is checked on arrival; every failure leaves with a stable code.
 */
import { z } from 'zod';
import {
  ContractError,
  type Method,
  methodSchemas,
  type Parsed,
  type Result,
  type Topic,
  topicSchemas,
  type Transport,
} from '../contract/api.ts';
import { close } from '../db/index.ts';
import { errorText } from './base/errors.ts';
import { Events } from './base/events.ts';
import { type Log, noLog } from './base/log.ts';
import { consentsFile } from './base/paths.ts';
import { openWorkspace, translated } from './base/workspace.ts';
import { Activities } from './candidates/activities.ts';
import { ApplicabilityChecks } from './candidates/applicability.ts';
import { DrugScores } from './candidates/drug-scores.ts';
import { Fingerprints } from './candidates/fingerprints.ts';
import { SpaceThreads } from './candidates/space-threads.ts';
import { Chemistry } from './chemistry/service.ts';
import { Devices } from './compute/device-registry.ts';
import { Previews } from './design/previews.ts';
import { Exports } from './export/exports.ts';
import { Consents } from './external/consents.ts';
import { Reproductions } from './runs/reproduction.ts';
import { Runs } from './runs/runs.ts';
import { SteeringDesk } from './runs/steering.ts';
import { Surfaces } from './runs/surfaces.ts';
import { Trials } from './runs/trials.ts';
import { adaptationService } from './services/adaptation.ts';
import { appService } from './services/app.ts';
import { applicabilityService } from './services/applicability.ts';
import { blendService } from './services/blend.ts';
import { candidateService } from './services/candidate.ts';
import { catalogueService } from './services/catalogue.ts';
import { comparisonService } from './services/comparison.ts';
import { consentService } from './services/consent.ts';
import type { Handlers, HostContext, HostOptions } from './services/context.ts';
import { designService } from './services/design.ts';
import { dnaService } from './services/dna.ts';
import { documentService } from './services/document.ts';
import { draftService } from './services/draft.ts';
import { exploreService } from './services/explore.ts';
import { exportService } from './services/export.ts';
import { modelService } from './services/model.ts';
import { moleculeService } from './services/molecule.ts';
import { predictorService } from './services/predictor.ts';
import { reproductionService } from './services/reproduction.ts';
import { runService } from './services/run.ts';
import { shortlistService } from './services/shortlist.ts';
import { spaceService } from './services/space.ts';
import { steeringService } from './services/steering.ts';
import { surfaceService } from './services/surface.ts';
import { Adaptations } from './training/adaptations.ts';
import { Trainings } from './training/trainings.ts';

export interface Host extends Transport {
  /** A method with its types, for callers in the same process. */
  call<M extends Method>(method: M, params: z.input<(typeof methodSchemas)[M]['params']>): Promise<Result<M>>;
  readonly context: HostContext;
  /** Pauses what runs and closes the workspace. */
  close(): Promise<void>;
}

/** @throws ContractError where the workspace cannot be opened */
export function createHost({
  workspace,
  device = 'auto',
  log = noLog,
  consents: file = consentsFile(),
}: HostOptions): Host {
  const db = openWorkspace(workspace);
  log.info({ workspace: db.path }, 'workspace opened');
  const events = new Events();
  const devices = new Devices(db, device);
  const consents = new Consents(file);
  const chemistry = new Chemistry();
  const threads = new SpaceThreads();
  const steering = new SteeringDesk({ db, consents, log });
  const trials = new Trials({ db, devices });
  const applicability = new ApplicabilityChecks(db);
  const context: HostContext = {
    db,
    events,
    devices,
    consents,
    chemistry,
    threads,
    activities: new Activities(),
    applicability,
    exports: new Exports({ db, chemistry, applicability, events, threads }),
    fingerprints: new Fingerprints(db, threads),
    drugs: new DrugScores(),
    previews: new Previews(chemistry),
    runs: new Runs({ db, consents, devices, events, log, trials }),
    steering,
    reproductions: new Reproductions({ db, consents, steering, events, log }),
    surfaces: new Surfaces({ db, consents, steering, events, log }),
    trainings: new Trainings({ events, log }),
    adaptations: new Adaptations({ events, log }),
    trials,
  };
  const handlers = handlersOf(context);
  return {
    context,
    invoke: (method, params) => invoke(handlers, log, method, params),
    call: <M extends Method>(method: M, params: unknown) => invoke(handlers, log, method, params) as Promise<Result<M>>,
    subscribe: (topic, params, listener) => subscribe(events, topic, params, listener),
    async close() {
      await trials.cancel();
      await context.runs.close();
      await context.reproductions.cancel();
      context.surfaces.close();
      await context.steering.close();
      await context.trainings.close();
      await context.adaptations.close();
      context.exports.cancel();
      await threads.close();
      await context.applicability.close();
      await context.activities.close();
      await devices.close();
      close(db);
      log.info('workspace closed');
    },
  };
}

function handlersOf(context: HostContext): Handlers {
  const table = {
    ...adaptationService(context),
    ...appService(context),
    ...applicabilityService(context),
    ...blendService(context),
    ...candidateService(context),
    ...catalogueService(),
    ...comparisonService(context),
    ...consentService(context),
    ...designService(context),
    ...dnaService(context),
    ...documentService(),
    ...draftService(context),
    ...exploreService(context),
    ...exportService(context),
    ...modelService(),
    ...moleculeService(context),
    ...predictorService(context),
    ...reproductionService(context),
    ...runService(context),
    ...shortlistService(context),
    ...spaceService(context),
    ...steeringService(context),
    ...surfaceService(context),
  };
  // A handler of no method would be dead code: this line then does not compile.
  const surplus: Exclude<keyof typeof table, Method> extends never ? Handlers : never = table;
  return surplus;
}

async function invoke(handlers: Handlers, log: Log, name: string, params: unknown): Promise<unknown> {
  const method = methodOf(name);
  const parsed = checked(method, methodSchemas[method].params, params);
  try {
    return await dispatch(handlers, method, parsed as Parsed<typeof method>);
  } catch (error) {
    log.error({ err: error, method }, 'call failed');
    throw contractError(error);
  }
}

function dispatch<M extends Method>(handlers: Handlers, method: M, params: Parsed<M>): Result<M> | Promise<Result<M>> {
  return handlers[method](params);
}

function methodOf(name: string): Method {
  if (!Object.hasOwn(methodSchemas, name)) throw new ContractError('unknown-method', `Unknown method "${name}".`);
  return name as Method;
}

function checked(name: string, schema: z.ZodType, params: unknown): unknown {
  const result = schema.safeParse(params);
  if (!result.success)
    throw new ContractError('bad-message', `Invalid parameters of ${name}: ${z.prettifyError(result.error)}`);
  return result.data;
}

function contractError(error: unknown): ContractError {
  const known = translated(error);
  return known instanceof ContractError ? known : new ContractError('failed', errorText(known));
}

function subscribe(events: Events, name: string, params: unknown, listener: (event: unknown) => void): () => void {
  if (!Object.hasOwn(topicSchemas, name)) throw new ContractError('unknown-method', `Unknown topic "${name}".`);
  const topic = name as Topic;
  const parsed = checked(topic, topicSchemas[topic].params, params) as { readonly runId?: number };
  return events.listen(topic, parsed.runId ?? null, listener);
}
