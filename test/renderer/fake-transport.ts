/**
 * @file A transport that answers from hand-made data, for tests of the interface's state and for looking at it without
 * a host.
 */
import {
  type AdaptationState,
  type Candidate,
  type ConsentInfo,
  ContractError,
  type Method,
  type Parsed,
  type ProgramInfo,
  type Result,
  type RunDetail,
  type RunState,
  type SurfaceState,
  type Topic,
  type TopicEvent,
  type TrainingState,
} from '../../contract/api.ts';
import { bytesOf } from '../../renderer/lib/base64.ts';
import type { Link, LinkState } from '../../renderer/link/link.ts';
import { adaptationReport, sequencesInfo } from './fake-adaptation.ts';
import * as data from './fake-data.ts';
import { columnsOf, fingerprintsOf, sentNumbers } from './fake-explore.ts';
import { shortlist } from './fake-shortlist.ts';
import { FakeSteering } from './fake-steering.ts';
import { table, tableReport } from './fake-training.ts';

type Handlers = { [M in Method]: (params: Parsed<M>) => Result<M> | Promise<Result<M>> };

export interface FakeOptions {
  readonly candidates?: number;
  readonly rounds?: number;
  readonly state?: RunState;
  readonly designs?: number;
  /** External scorers for which a run needs consent. */
  readonly asks?: readonly ProgramInfo[];
  /** Draws a structure; a plain box if undefined. */
  readonly depict?: (smiles: string, params: Parsed<'molecule.depict'>) => string | null;
}

interface Subscriber {
  readonly topic: string;
  readonly listener: (event: unknown) => void;
}

export class FakeHost implements Link {
  readonly desktop = null;
  state: LinkState = { status: 'open', retryAt: null };
  /** Every call in order, for tests to look at. */
  readonly calls: { method: string; params: unknown }[] = [];
  readonly handlers: Handlers;
  detail: RunDetail;
  candidates: number;
  training: TrainingState = { state: 'none' };
  adaptation: AdaptationState = { state: 'none' };
  draft: Result<'draft.get'> = null;
  readonly steering = new FakeSteering((offset, limit) => slice(100_000, offset, limit));
  #watchers = new Set<(state: LinkState) => void>();
  #subscribers = new Set<Subscriber>();

  constructor(options: FakeOptions = {}) {
    this.candidates = options.candidates ?? 7010;
    this.detail = data.runDetail(options.state ?? 'running', options.rounds ?? 31);
    this.handlers = handlersOf(this, options);
  }

  watch(listener: (state: LinkState) => void): () => void {
    this.#watchers.add(listener);
    listener(this.state);
    return () => this.#watchers.delete(listener);
  }

  /** Changes the training, and notifies its followers. */
  becomeTraining(state: TrainingState): TrainingState {
    this.training = state;
    this.emit('predictor.training', state);
    return state;
  }

  /** Changes the adaptation, and notifies its followers. */
  becomeAdaptation(state: AdaptationState): AdaptationState {
    this.adaptation = state;
    this.emit('adaptation', state);
    return state;
  }

  /** Changes the surface, and notifies its followers. */
  becomeSurface(state: SurfaceState): SurfaceState {
    this.steering.surface = state;
    this.emit('surface', state);
    return state;
  }

  retryNow(): void {
    this.become({ status: 'open', retryAt: null });
  }

  become(state: LinkState): void {
    this.state = state;
    for (const watcher of this.#watchers) watcher(state);
  }

  async invoke(method: string, params: unknown): Promise<unknown> {
    this.calls.push({ method, params });
    if (this.state.status === 'lost') throw new ContractError('host-lost', 'The engine is gone.');
    return (this.handlers[method as Method] as (params: unknown) => unknown)(params);
  }

  subscribe(topic: string, _: unknown, listener: (event: unknown) => void): () => void {
    const subscriber = { topic, listener };
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  get subscriptions(): number {
    return this.#subscribers.size;
  }

  emit<T extends Topic>(topic: T, event: TopicEvent<T>): void {
    for (const subscriber of this.#subscribers) if (subscriber.topic === topic) subscriber.listener(event);
  }
}

function slice(count: number, offset: number, limit: number): Candidate[] {
  return Array.from({ length: Math.max(0, Math.min(limit, count - offset)) }, (_, i) => data.candidate(offset + i));
}

function setState(host: FakeHost, state: RunState): Result<'run.pause'> {
  host.detail = { ...host.detail, summary: { ...host.detail.summary, state } };
  return host.detail.summary;
}

function handlersOf(host: FakeHost, options: FakeOptions): Handlers {
  const stars = new Map<number, boolean>();
  const consents: ConsentInfo[] = [];
  const withStars = (list: Candidate[]): Candidate[] =>
    list.map((candidate) => ({ ...candidate, starred: stars.get(candidate.id) ?? candidate.starred }));
  const box = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10"/></svg>';
  return {
    'draft.get': () => host.draft,
    'draft.keep': ({ design }) => {
      host.draft = design && { design, kept: '2026-05-12T09:20:00Z' };
      return {};
    },
    'app.info': () => ({
      version: '0.1.0',
      workspace: '/home/ada/colitis.amalgam',
      workspaceBytes: 41_200_000,
      device: 'CPU, 2 threads · checked',
      deviceChoice: { device: 'auto', fixed: false },
    }),
    'app.devices': () => data.devices,
    'app.testDevices': () => data.devices,
    'app.chooseDevice': ({ device }) => data.devices.map((one) => ({ ...one, chosen: one.id === device })),
    'app.backUp': () => data.backups[0],
    'app.backups': () => [...data.backups],
    'catalogue.get': () => data.catalogue,
    'design.preview': ({ id }) => data.previewOf(id),
    'space.matches': ({ from, limit }) => ({
      count: host.candidates,
      from,
      matches: Buffer.from(
        Uint8Array.from({ length: Math.max(0, Math.min(limit, host.candidates - from)) }, (_, i) =>
          Number((from + i) % 3 === 0),
        ),
      ).toString('base64'),
    }),
    'space.similarity': ({ reference, from, limit }) => ({
      count: host.candidates,
      from,
      reference,
      values: Buffer.from(
        Float32Array.from(
          { length: Math.max(0, Math.min(limit, host.candidates - from)) },
          (_, i) => 1 / (1 + from + i),
        ).buffer,
      ).toString('base64'),
    }),
    'molecule.read': ({ text, as }) => readFake(text, as),
    'molecule.file': ({ content, most }) => fakeFile(new TextDecoder().decode(bytesOf(content)), most),
    'candidate.nearest': () => ({
      drug: { name: 'celecoxib', smiles: 'Cc1ccccc1', similarity: 0.62 },
      reference: null,
    }),
    'export.state': () => ({ state: 'none' }),
    'export.cancel': () => ({ state: 'none' }),
    'reproduction.cost': () => ({ rounds: 3, seconds: 40, impossible: null }),
    'reproduction.start': ({ candidateId }) => ({
      state: 'done',
      candidateId,
      verdict: { same: true, sequence: 'CCO', differences: [], software: null },
    }),
    'reproduction.state': () => ({ state: 'none' }),
    'reproduction.cancel': () => ({ state: 'none' }),
    'molecule.conformer': ({ smiles }) =>
      smiles.includes('!')
        ? { problem: 'No conformer without clashing atoms was found.' }
        : { molfile: water, energy: 1.5 },
    'molecule.forms': ({ smiles }) => ({
      inchi: `InChI=1S/${smiles}`,
      inchiKey: 'AAAAAAAAAAAAAA-BBBBBBBBBB-N',
      molfile: '\n  fake\n\nM  END\n',
    }),
    'comparison.runs': () => [
      {
        summary: host.detail.summary,
        modality: 'molecule',
        goals: 'a',
        goalLabels: host.detail.objectives.map(({ label }) => label),
      },
    ],
    'comparison.get': ({ runIds }) => ({ runs: runIds.map(() => ({ detail: host.detail, final: null })), shared: [] }),
    'model.list': () => data.models,
    'model.card': ({ name }) => ({
      title: name,
      markdown: `# ${name}\n\nWhat it is.\n\n| | |\n|---|---|\n| data | one < two |\n`,
    }),
    'document.notices': () => ({
      title: 'Third-party notices',
      markdown: '# Third-party notices\n\n- ada 1.0: Copyright (c) 2020 Ada.\n',
    }),
    'document.guidePage': ({ page }) => ({ title: page, markdown: `# ${page}\n\nSee [steering](steer.md).` }),
    'design.check': ({ ...params }) => {
      const design = 'design' in params ? (params.design as typeof data.design) : data.design;
      const missing = design.objective.flatMap((entry, i) =>
        entry.id === 'similarity' && (entry.reference === undefined || entry.reference === '')
          ? [
              {
                path: `objective[${i}].reference`,
                message: 'Similarity needs a reference molecule: a drug’s name or SMILES.',
              },
            ]
          : [],
      );
      return {
        ok: missing.length === 0,
        problems: missing,
        notes: [],
        estimate: missing.length === 0 ? data.estimateOf(design) : null,
      };
    },
    'design.preflight': () => ({
      count: 1000,
      remarks: [
        {
          severity: 'warning',
          path: 'constraint.0',
          message:
            'Only 1.2% of 1000 molecules that druglike writes keeps “Structural alerts”. Loosen it, or give it a tolerance.',
        },
      ],
    }),
    'design.measure': ({ design }) => data.estimateOf(design as typeof data.design),
    'design.create': () => ({ designId: 1 }),
    'design.list': () =>
      Array.from({ length: options.designs ?? 1 }, (_, i) => ({
        id: i + 1,
        name: i === 0 ? data.design.name : `Design ${i + 1}`,
        modality: 'molecule',
        created: '2026-05-12T09:00:00Z',
        archived: false,
        runs:
          i === 0
            ? [{ ...host.detail.summary }]
            : [
                data.summary('finished', { id: 10 + i, designId: i + 1, seed: 1, round: 40 }),
                data.summary('stopped', { id: 30 + i, designId: i + 1, seed: 2, round: 12 }),
              ],
      })),
    'design.get': () => ({ design: data.design, toml: '' }),
    'design.archive': () => ({}),
    'design.delete': () => ({}),
    'design.restore': () => ({}),
    'run.start': () => {
      const programs = (options.asks ?? []).filter(({ key }) => !consents.some((one) => one.key === key));
      if (programs.length > 0)
        throw new ContractError('consent-needed', 'The design wants to run a program.', { programs });
      return setState(host, 'running');
    },
    'run.pause': () => setState(host, 'paused'),
    'run.resume': () => setState(host, 'running'),
    'run.extend': ({ rounds }) => {
      host.detail = {
        ...host.detail,
        extensions: [
          ...host.detail.extensions,
          { afterRound: host.detail.summary.round, rounds, created: '2026-05-12T10:00:00Z' },
        ],
        summary: { ...host.detail.summary, rounds: host.detail.summary.round + rounds },
      };
      return setState(host, 'running');
    },
    'run.stop': () => setState(host, 'stopped'),
    'candidate.features': () => ({ features: [] }),
    'candidate.mutagenesis': () => ({
      sequence: 'ACGT',
      value: 0.5,
      changes: Buffer.from(
        Float32Array.from([0, -0.1, 0.2, NaN, 0.3, 0, 0, 0, 0, 0, 0, 0, -0.4, 0, 0, 0]).buffer,
      ).toString('base64'),
    }),
    'candidate.activities': () => ({ activities: data.activities }),
    'candidate.alignment': () => ({ alignment: data.alignment }),
    'dna.logo': ({ numbers }) => ({ count: numbers.length, shortest: 3, positions: data.logo }),
    'dna.find': ({ sequence, pattern }) => ({
      pattern,
      found: sequence.includes(pattern)
        ? [{ start: sequence.indexOf(pattern), end: sequence.indexOf(pattern) + pattern.length, strand: '+' }]
        : [],
    }),
    'dna.stretch': ({ sequence }) => ({
      gc: 0.5,
      tm: sequence.length < 2 ? null : 41.2,
      conditions: { oligo: 250, sodium: 50, magnesium: 0 },
      reverseComplement: 'ACGT',
    }),
    'dna.gc': ({ sequence, window }) => ({
      whole: 0.5,
      windows: Array.from({ length: Math.max(0, sequence.length - window + 1) }, (_, i) => (i % 10) / 10),
    }),
    'catalogue.drugClasses': () => ({ classes: [{ code: 'N', name: 'Nervous system', count: 282 }], count: 1764 }),
    'candidate.percentiles': () => ({ percentiles: data.candidate(0).raw.map(() => 70.2), count: 1764 }),
    'candidate.groups': () => ({
      groups: [{ kind: 'alert', of: 'brenk', name: 'aldehyde', matches: [[0, 1]], note: '' }],
    }),
    'dna.names': ({ kind }) => ({ names: kind === 'enzyme' ? ['EcoRI', 'EcoRV'] : ['CTCF', 'CTCFL'] }),
    'run.list': () => [host.detail.summary],
    'run.get': () => host.detail,
    'run.top': ({ limit = 24, offset = 0, starredOnly }) => {
      const count = starredOnly ? Math.min(1, host.candidates) : host.candidates;
      return { count, candidates: withStars(slice(count, offset, limit)) };
    },
    'predictor.list': () => [],
    'predictor.openTable': ({ name }) => ({ ...table, name }),
    'predictor.addSequences': () => ({ ...table, modality: 'dna', structure: 'sequence' }),
    'predictor.inspect': () => tableReport,
    'predictor.train': () =>
      host.becomeTraining({
        state: 'running',
        table: table.name,
        column: table.column ?? '',
        share: 0.4,
        secondsLeft: 14,
      }),
    'predictor.training': () => host.training,
    'predictor.cancel': () => host.becomeTraining({ state: 'none' }),
    'predictor.keep': ({ name }) =>
      host.training.state === 'done' ? host.becomeTraining({ ...host.training, kept: name }) : host.training,
    'adaptation.open': ({ prior, name }) => ({ ...sequencesInfo, prior, name }),
    'adaptation.reopen': ({ prior }) => ({ ...sequencesInfo, prior }),
    'adaptation.start': () =>
      host.becomeAdaptation({
        state: 'running',
        file: sequencesInfo.name,
        prior: sequencesInfo.prior,
        phase: 'training',
        share: 0.4,
        secondsLeft: 14,
        curve: [...adaptationReport.curve],
      }),
    'adaptation.state': () => host.adaptation,
    'adaptation.cancel': () => host.becomeAdaptation({ state: 'none' }),
    'adaptation.keep': ({ name }) =>
      host.adaptation.state === 'done' ? host.becomeAdaptation({ ...host.adaptation, kept: name }) : host.adaptation,
    'consent.list': () => [...consents],
    'consent.allow': ({ key }) => {
      const asked = options.asks?.find((program) => program.key === key);
      if (asked !== undefined) consents.unshift({ ...asked, given: '2026-05-12T09:00:00Z' });
      return {};
    },
    'consent.revoke': ({ key }) => {
      consents.splice(0, consents.length, ...consents.filter((one) => one.key !== key));
      return {};
    },
    'candidate.get': ({ candidateId }) => ({
      ...withStars([data.candidate(candidateId - 1)])[0],
      runId: 1,
      step: 48,
      source: 'the merge of round 12',
      parents: null,
      seed: 1,
      prior: 'druglike',
      logLikelihood: -21.43,
      priorLogLikelihood: -29.02,
      times: 3,
      note: '',
    }),
    'candidate.star': ({ candidateId, starred }) => {
      stars.set(candidateId, starred);
      return {};
    },
    'explore.columns': ({ from = 0, limit = 4096 }) => columnsOf(host.candidates, { from, limit }, data.candidate),
    'explore.rows': ({ ids }) => ({ candidates: withStars(ids.map((id) => data.candidate(id - 1))) }),
    'explore.find': ({ text }) =>
      sentNumbers(
        Array.from({ length: host.candidates }, (_, i) => i).filter((i) => data.candidate(i).sequence.includes(text)),
      ),
    'explore.starred': () => sentNumbers([...stars].filter(([, starred]) => starred).map(([id]) => id - 1)),
    'explore.star': ({ stars: given }) => {
      for (const { candidateId } of given) stars.set(candidateId, true);
      return { added: given.map(({ candidateId }) => candidateId) };
    },
    'space.fingerprints': ({ from = 0, limit = 2048 }) => fingerprintsOf(host.candidates, from, limit),
    'space.scaffolds': ({ numbers }) => ({
      scaffolds: numbers.map((number) => ({ murcko: `C1CC1.${number % 17}`, generic: `C1CC1.${number % 5}` })),
    }),
    'applicability.ofRun': ({ numbers }) => ({
      goals: [0, 2],
      inside: Buffer.from(numbers.flatMap((number) => [Number(number % 3 > 0), number % 5 === 0 ? 2 : 1])).toString(
        'base64',
      ),
    }),
    'applicability.intervals': ({ ids }) => ({
      intervals: ids.map((id) => ({ id, low: 0.4, high: 0.6, outside: id % 3 === 1 ? [0] : [] })),
    }),
    'applicability.ofCandidate': ({ candidateId }) => ({
      goals: [
        { goal: 0, inside: candidateId % 3 !== 1, error: 0.12 },
        { goal: 1, inside: null, error: 0.3 },
      ],
    }),
    'shortlist.list': () => ({ entries: shortlist }),
    'shortlist.remark': () => ({}),
    'shortlist.arrange': () => ({}),
    'explore.unstar': ({ candidateIds }) => {
      for (const id of candidateIds) stars.set(id, false);
      return {
        removed: candidateIds.map((candidateId) => ({ candidateId, note: '', rating: null, tags: [], place: null })),
      };
    },
    'molecule.names': ({ text }) => ({ names: ['celecoxib', 'cetirizine'].filter((name) => name.startsWith(text)) }),
    'molecule.depict': (params) => ({ svg: params.smiles.map((smiles) => options.depict?.(smiles, params) ?? box) }),
    'steering.open': () => ({ ready: true }),
    'steering.sample': (request) => host.steering.sample(request),
    'steering.compare': ({ blendIds, n, seed }) => {
      const [one, other] = blendIds.map((blendId) =>
        host.steering.sample({ weights: host.steering.open(blendId).weights, n, seed }),
      );
      return { blends: [one, other], shared: 2 };
    },
    'blend.list': () => host.steering.kept(),
    'blend.open': ({ blendId }) => host.steering.open(blendId),
    'blend.keep': (request) => host.steering.keep(request),
    'surface.get': () => host.steering.surface,
    'surface.measure': () =>
      host.becomeSurface({ ...host.steering.surface, job: { done: 0, settings: 5, secondsLeft: null } }),
    'surface.cancel': () => host.becomeSurface({ ...host.steering.surface, job: null }),
    'export.make': ({ format, top }) => ({
      fileName: `cox-2-leads.${format}`,
      mime: 'text/plain',
      content: 'smiles\n',
      encoding: 'text',
      count: Math.min(top, host.candidates),
      leftOut: [],
    }),
  };
}

/** Records of "mol blocks" or lines. */
function fakeFile(content: string, most: number): Result<'molecule.file'> {
  const records = content.includes('M  END') ? content.split('$$$$\n') : content.split('\n');
  const filled = records.filter((record) => record.trim() !== '');
  const molecules = filled.map((record, i) => {
    const text = /<(.*)>/.exec(record)?.[1] ?? record.trim();
    const problem = text.includes('!') ? 'no molecule' : null;
    return { text: problem === null ? text : '', problem, place: `line ${i + 1}` };
  });
  return { molecules: molecules.slice(0, most), count: filled.length, notes: [] };
}

/** A "mol block" here is a SMILES between markers. A "!" makes it unreadable; a comma makes it undrawable. */
function readFake(text: string, as: 'structure' | 'pattern'): Result<'molecule.read'> {
  const smiles = /<(.*)>/.exec(text)?.[1] ?? text.trim();
  if (smiles.includes('!')) throw new ContractError('bad-input', `“${smiles}” is no ${as}.`);
  return { text: smiles, molfile: smiles.includes(',') ? null : `<${smiles}>` };
}

const water = `
  made by hand

  3  2  0  0  0  0  0  0  0  0999 V2000
    0.0000    0.0000    0.1000 O   0  0
    0.7600    0.5900   -0.2000 H   0  0
   -0.7600    0.5900    0.0000 H   0  0
  1  2  1  0
  1  3  1  0
M  END
`;
