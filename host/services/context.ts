/** What the services of one host share, and the shape of a service. */
import type { Method, Parsed, Result } from '../../contract/api.ts';
import type { WritableWorkspace } from '../../db/index.ts';
import type { Events } from '../base/events.ts';
import type { Log } from '../base/log.ts';
import type { Activities } from '../candidates/activities.ts';
import type { ApplicabilityChecks } from '../candidates/applicability.ts';
import type { DrugScores } from '../candidates/drug-scores.ts';
import type { Fingerprints } from '../candidates/fingerprints.ts';
import type { SpaceThreads } from '../candidates/space-threads.ts';
import type { Chemistry } from '../chemistry/service.ts';
import type { Devices } from '../compute/device-registry.ts';
import type { DeviceChoice } from '../compute/devices.ts';
import type { Previews } from '../design/previews.ts';
import type { Exports } from '../export/exports.ts';
import type { Consents } from '../external/consents.ts';
import type { Reproductions } from '../runs/reproduction.ts';
import type { Runs } from '../runs/runs.ts';
import type { SteeringDesk } from '../runs/steering.ts';
import type { Surfaces } from '../runs/surfaces.ts';
import type { Trials } from '../runs/trials.ts';
import type { Adaptations } from '../training/adaptations.ts';
import type { Trainings } from '../training/trainings.ts';

export interface HostContext {
  readonly activities: Activities;
  readonly db: WritableWorkspace;
  readonly adaptations: Adaptations;
  readonly chemistry: Chemistry;
  readonly consents: Consents;
  readonly devices: Devices;
  readonly applicability: ApplicabilityChecks;
  readonly drugs: DrugScores;
  readonly events: Events;
  readonly exports: Exports;
  readonly fingerprints: Fingerprints;
  readonly previews: Previews;
  readonly reproductions: Reproductions;
  readonly runs: Runs;
  readonly steering: SteeringDesk;
  readonly surfaces: Surfaces;
  readonly threads: SpaceThreads;
  readonly trainings: Trainings;
  readonly trials: Trials;
}

export interface HostOptions {
  /** File of the workspace; created if missing. */
  readonly workspace: string;
  /** `auto` tries all devices once and remembers the result. */
  readonly device?: DeviceChoice;
  /** File of allowed external scorers; by default, the user's. */
  readonly consents?: string;
  /** By default, nothing is logged. */
  readonly log?: Log;
}

type Handler<M extends Method> = (params: Parsed<M>) => Result<M> | Promise<Result<M>>;

/** One handler for each method of the contract. */
export type Handlers = { readonly [M in Method]: Handler<M> };

/** The handlers of all methods of one noun. A missing or surplus handler is a type error. */
export type Service<Noun extends string> = Pick<Handlers, Extract<Method, `${Noun}.${string}`>>;
