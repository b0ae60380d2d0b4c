/**
 * @file Passes frames between the page and the host. The page counts its ids from 1 after every
 * reload, so each request gets a new id towards the host: an answer to an earlier page never
 * reaches a later one. Subscriptions survive a host and are renewed with the next one.
 */
import type { ErrorCode } from '../contract/api.ts';
import {
  changeSettingsMethod,
  commandTopic,
  type DesktopSettings,
  desktopSettings,
  type HostState,
  hostTopic,
  retryMethod,
  settingsMethod,
  type ShellCommand,
  type WorkspaceAction,
  workspaceActions,
  workspaceMethod,
} from '../contract/shell.ts';
import { type AnswerFrame, type RequestFrame, requestFrame } from '../contract/wire.ts';

export interface Relayed {
  /** @returns false if there is no host */
  send(frame: RequestFrame): boolean;
  retryNow(): void;
}

/** What the shell does for the page by itself. */
export interface Desk {
  /** Asks the user for a workspace. */
  choose(action: WorkspaceAction): void;
  readonly settings: DesktopSettings;
  change(settings: Partial<DesktopSettings>): void;
}

interface Subscription {
  readonly pageId: number;
  readonly topic: string;
  readonly params: unknown;
}

type Of<Kind extends RequestFrame['kind']> = Extract<RequestFrame, { kind: Kind }>;

const lostMessage = 'Amalgam’s engine stopped and is being restarted. Every finished round is saved in the workspace.';

export class Relay {
  #host: Relayed;
  #shell: ReadonlyMap<string, (params: unknown) => unknown>;
  #answer: (frame: AnswerFrame) => void;
  #state: HostState = { status: 'connecting', retryAt: null };
  #invocations = new Map<number, number>();
  #subscriptions = new Map<number, Subscription>();
  #stateWatchers = new Set<number>();
  #commandWatchers = new Set<number>();
  /** For the next page that listens. */
  #commands: ShellCommand[] = [];
  #nextId = 1;

  /**
   * @param answer sends a frame to the page
   * @param desk handles requests to the shell itself
   */
  constructor(host: Relayed, answer: (frame: AnswerFrame) => void, desk: Desk) {
    this.#host = host;
    this.#answer = answer;
    this.#shell = new Map<string, (params: unknown) => unknown>([
      [retryMethod, () => host.retryNow()],
      [settingsMethod, () => desk.settings],
      [changeSettingsMethod, (params) => (desk.change(desktopSettings.partial().parse(params)), desk.settings)],
      ...workspaceActions.map((action) => [workspaceMethod(action), () => desk.choose(action)] as const),
    ]);
  }

  /** Asks something of the page, or of the next one if none listens. */
  command(command: ShellCommand): void {
    this.#commands.push(command);
    this.#giveCommands();
  }

  fromPage(message: unknown): void {
    const parsed = requestFrame.safeParse(message);
    if (!parsed.success) return this.#refuse(message);
    const frame = parsed.data;
    if (frame.kind === 'invoke') this.#invoke(frame);
    else if (frame.kind === 'subscribe') this.#subscribe(frame);
    else this.#unsubscribe(frame.id);
  }

  fromHost(frame: AnswerFrame): void {
    if (frame.kind === 'event') {
      const subscription = this.#subscriptions.get(frame.id);
      if (subscription !== undefined) this.#answer({ ...frame, id: subscription.pageId });
      return;
    }
    const pageId = this.#invocations.get(frame.id);
    this.#invocations.delete(frame.id);
    if (pageId !== undefined) this.#answer({ ...frame, id: pageId });
    else this.#answerSubscription(frame);
  }

  /** The page was replaced: drops its requests and subscriptions. */
  pageGone(): void {
    for (const id of this.#subscriptions.keys()) this.#host.send({ kind: 'unsubscribe', id });
    this.#subscriptions.clear();
    this.#invocations.clear();
    this.#stateWatchers.clear();
    this.#commandWatchers.clear();
  }

  hostChanged(state: HostState): void {
    this.#state = state;
    if (state.status === 'lost') this.#failInvocations();
    if (state.status === 'connecting') this.#renewSubscriptions();
    for (const id of this.#stateWatchers) this.#answer({ kind: 'event', id, event: state });
  }

  #invoke({ id, method, params }: Of<'invoke'>): void {
    const own = this.#shell.get(method);
    if (own !== undefined) return this.#answerSelf(id, () => own(params));
    const hostId = this.#nextId++;
    this.#invocations.set(hostId, id);
    if (this.#host.send({ kind: 'invoke', id: hostId, method, params })) return;
    this.#invocations.delete(hostId);
    this.#fail(id, 'host-lost', lostMessage);
  }

  #answerSelf(id: number, work: () => unknown): void {
    try {
      this.#answer({ kind: 'result', id, ok: true, value: work() ?? {} });
    } catch (error) {
      this.#fail(id, 'bad-message', error instanceof Error ? error.message : String(error));
    }
  }

  #giveCommands(): void {
    const [id] = this.#commandWatchers;
    if (id === undefined) return;
    for (const event of this.#commands.splice(0)) this.#answer({ kind: 'event', id, event });
  }

  #subscribe({ id, topic, params }: Of<'subscribe'>): void {
    if (topic === commandTopic) {
      this.#commandWatchers.add(id);
      return this.#giveCommands();
    }
    if (topic === hostTopic) {
      this.#stateWatchers.add(id);
      this.#answer({ kind: 'event', id, event: this.#state });
      return;
    }
    const hostId = this.#nextId++;
    this.#subscriptions.set(hostId, { pageId: id, topic, params });
    this.#host.send({ kind: 'subscribe', id: hostId, topic, params });
  }

  #unsubscribe(pageId: number): void {
    if (this.#stateWatchers.delete(pageId) || this.#commandWatchers.delete(pageId)) return;
    for (const [hostId, subscription] of this.#subscriptions) {
      if (subscription.pageId !== pageId) continue;
      this.#subscriptions.delete(hostId);
      this.#host.send({ kind: 'unsubscribe', id: hostId });
    }
  }

  /** A host may refuse a subscription. */
  #answerSubscription(frame: Extract<AnswerFrame, { kind: 'result' }>): void {
    const subscription = this.#subscriptions.get(frame.id);
    if (subscription !== undefined) this.#answer({ ...frame, id: subscription.pageId });
  }

  #failInvocations(): void {
    const pageIds = [...this.#invocations.values()];
    this.#invocations.clear();
    for (const id of pageIds) this.#fail(id, 'host-lost', lostMessage);
  }

  #renewSubscriptions(): void {
    for (const [id, { topic, params }] of this.#subscriptions)
      this.#host.send({ kind: 'subscribe', id, topic, params });
  }

  #refuse(message: unknown): void {
    const id = idOf(message);
    if (id !== null)
      this.#fail(id, 'bad-message', 'The interface sent a message that this version of Amalgam does not know.');
  }

  #fail(id: number, code: ErrorCode, message: string): void {
    this.#answer({ kind: 'result', id, ok: false, error: { code, message } });
  }
}

/** The id to answer for a message that is not a frame; null if it has none. */
function idOf(message: unknown): number | null {
  if (typeof message !== 'object' || message === null || !('id' in message)) return null;
  return typeof message.id === 'number' ? message.id : null;
}
