/** @file The steps of the tour: where each is, what it points at, what it says. */
import type { Route } from './router.svelte.ts';

/** What is pointed at, and what is said of it. */
export interface TourSight {
  /** Named by `data-tour`. */
  readonly target: string;
  readonly title: string;
  readonly text: string;
}

export interface TourStep extends TourSight {
  /** Where the page shows this instead. */
  readonly instead?: TourSight;
  readonly isAt: (route: Route) => boolean;
  /** Address that leads on, where the next step is elsewhere. */
  readonly onward?: string;
  /** Label of a button that takes the keyboard to what is pointed at; the user's own deed leads on. */
  readonly reach?: string;
}

const atGallery = (route: Route): boolean =>
  route.view === 'new' && route.example === null && route.from === null && route.liked === null;
const atForm = (route: Route): boolean => route.view === 'new' && !atGallery(route);
const atRun = (route: Route): boolean => route.view === 'run' && route.tab === 'live';

const draft: TourSight = {
  target: 'draft',
  title: 'Your unfinished design',
  text: 'It is open here, as you left it, and stays kept while you take the tour. Go on with an example, the oral lead; “New design” brings you back to yours.',
};

export const tourSteps: readonly TourStep[] = [
  {
    target: 'examples',
    title: 'Pick an example',
    text: 'Each is a complete design: what to make, and what it should be good at. Choose one, or go on with the oral lead.',
    isAt: atGallery,
    onward: '#/new?example=oral-lead.toml',
    instead: draft,
  },
  {
    target: 'goals',
    title: 'Its goals',
    text: 'Every goal is a card: what is scored, which values are good, how much it counts. The bars are what the generator writes by itself, the curve what a value scores.',
    isAt: atForm,
  },
  {
    target: 'start',
    title: 'Start it',
    text: 'The summary says whether the design can run, what it would meet, and how long it takes here. “Start the run” begins; it can be paused at any time.',
    isAt: atForm,
    reach: 'To “Start the run”',
  },
  {
    target: 'curves',
    title: 'The run',
    text: 'Each line is a goal’s mean score, a point a round. The first points come within seconds; the lines should rise. The words at the left say how it goes.',
    isAt: atRun,
  },
  {
    target: 'candidates',
    title: 'Where candidates land',
    text: 'The best so far, newest rounds included. Open one to see all that is known of it, S stars it for the shortlist. Explore shows all of them; Steer makes more, with other weights.',
    isAt: atRun,
  },
];

/** Where the tour begins. */
export const tourStart = '#/new';
