/** @file The steps of the tour: where each is, what it points at, what it says. */
import type { Route } from './router.svelte.ts';

/** The element that a step points at, and its text. */
interface TourSight {
  /** Named by `data-tour`. */
  readonly target: string;
  readonly title: string;
  readonly text: string;
}

export interface TourStep extends TourSight {
  /** Used if the page shows this target instead. */
  readonly instead?: TourSight;
  readonly isAt: (route: Route) => boolean;
  /** Address that leads on, where the next step is elsewhere. */
  readonly onward?: string;
  /** Label of a button that focuses the target. The user's own action continues the tour. */
  readonly reach?: string;
}

const atGallery = (route: Route): boolean =>
  route.view === 'new' && route.example === null && route.from === null && route.liked === null;
const atForm = (route: Route): boolean => route.view === 'new' && !atGallery(route);
const atRun = (route: Route): boolean => route.view === 'run' && route.tab === 'live';

const draft: TourSight = {
  target: 'draft',
  title: 'Your unfinished design',
  text: 'Your draft is open here and is kept during the tour. Continue with an example, the oral lead. “New design” brings you back to your draft.',
};

export const tourSteps: readonly TourStep[] = [
  {
    target: 'examples',
    title: 'Pick an example',
    text: 'Each example is a complete design with goals and settings. Choose one, or continue with the oral lead.',
    isAt: atGallery,
    onward: '#/new?example=oral-lead.toml',
    instead: draft,
  },
  {
    target: 'goals',
    title: 'Its goals',
    text: 'Every goal is a card. It shows what is scored, which values are good, and the weight. The bars show samples of the untrained generator; the curve shows the score of each value.',
    isAt: atForm,
  },
  {
    target: 'start',
    title: 'Start it',
    text: 'The summary shows whether the design can run, what to expect, and how long it takes on this computer. Press “Start the run”. You can pause it at any time.',
    isAt: atForm,
    reach: 'To “Start the run”',
  },
  {
    target: 'curves',
    title: 'The run',
    text: 'Each line is the mean score of a goal, with one point per round. The first points appear within seconds, and the lines should rise. The text on the left summarises the run.',
    isAt: atRun,
  },
  {
    target: 'candidates',
    title: 'The best candidates',
    text: 'These are the best candidates so far. Open one to see its details; press S to add it to the shortlist. Explore shows all candidates; Steer generates more with other weights.',
    isAt: atRun,
  },
];

/** Where the tour begins. */
export const tourStart = '#/new';
