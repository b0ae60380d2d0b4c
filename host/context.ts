/** What the services of one host share. */
import type { WritableWorkspace } from '../db/index.ts';
import type { Activities } from './activities.ts';
import type { Adaptations } from './adaptations.ts';
import type { Chemistry } from './chemistry-service.ts';
import type { Consents } from './consents.ts';
import type { Devices } from './device-registry.ts';
import type { DeviceChoice } from './devices.ts';
import type { DomainChecks } from './domain-checks.ts';
import type { DrugScores } from './drug-scores.ts';
import type { Events } from './events.ts';
import type { Exports } from './exports.ts';
import type { Fingerprints } from './fingerprints.ts';
import type { Log } from './log.ts';
import type { Previews } from './previews.ts';
import type { Remaking } from './remaking.ts';
import type { Runs } from './runs.ts';
import type { SpaceThreads } from './space-threads.ts';
import type { SteeringDesk } from './steering.ts';
import type { Surfaces } from './surfaces.ts';
import type { Trainings } from './trainings.ts';
import type { Trials } from './trials.ts';

export interface HostContext {
  readonly activities: Activities;
  readonly db: WritableWorkspace;
  readonly adaptations: Adaptations;
  readonly chemistry: Chemistry;
  readonly consents: Consents;
  readonly devices: Devices;
  readonly domains: DomainChecks;
  readonly drugs: DrugScores;
  readonly events: Events;
  readonly exports: Exports;
  readonly fingerprints: Fingerprints;
  readonly previews: Previews;
  readonly remaking: Remaking;
  readonly runs: Runs;
  readonly steering: SteeringDesk;
  readonly surfaces: Surfaces;
  readonly threads: SpaceThreads;
  readonly trainings: Trainings;
  readonly trials: Trials;
}

export interface HostOptions {
  /** File of the workspace; made where it is missing. */
  readonly workspace: string;
  /** `auto` tries all devices once and remembers. */
  readonly device?: DeviceChoice;
  /** File of the programs that the user has allowed; the user's own where left out. */
  readonly consents?: string;
  /** Nothing is logged where left out. */
  readonly log?: Log;
}
