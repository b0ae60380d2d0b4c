/**
 * @file A tour of about one minute that ends in a running design. It is offered once and can be left and taken again at
 * any time.
 */
import type { Route, Router } from './router.svelte.ts';
import { tourStart, type TourStep, tourSteps } from './tour-steps.ts';

const key = 'amalgam.tour';

export class Tour {
  #router: Pick<Router, 'route' | 'go'>;
  #storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Index of the step; null while no tour is on. */
  #at: number | null = $state(null);
  #seen = $state(false);

  constructor(router: Pick<Router, 'route' | 'go'>, storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#router = router;
    this.#storage = storage;
    this.#seen = storage.getItem(key) !== null;
  }

  /** Whether it was taken or declined on this computer before; it is then no longer offered. */
  get seen(): boolean {
    return this.#seen;
  }

  get step(): TourStep | undefined {
    return this.#at === null ? undefined : tourSteps[this.#at];
  }

  /** From 1. */
  get number(): number {
    return (this.#at ?? 0) + 1;
  }

  get isLast(): boolean {
    return this.#at === tourSteps.length - 1;
  }

  /** Whether there is a step before this one at the same place. */
  get canGoBack(): boolean {
    return this.#at !== null && tourSteps[this.#at - 1]?.isAt(this.#router.route) === true;
  }

  /** Whether the user is on a page that the tour does not know. */
  get isAway(): boolean {
    return this.step?.isAt(this.#router.route) === false;
  }

  start(): void {
    this.#remember();
    this.#at = 0;
    this.#router.go(tourStart);
  }

  /** Called when the tour is declined, left or finished. */
  leave(): void {
    this.#remember();
    this.#at = null;
  }

  next(): void {
    const { step } = this;
    if (step === undefined || this.#at === null) return;
    if (step.onward !== undefined) this.#router.go(step.onward);
    else if (this.isLast) this.leave();
    else this.#at++;
  }

  back(): void {
    if (this.#at !== null && this.canGoBack) this.#at--;
  }

  /** Called after navigation: shows the step that belongs to the page. */
  arrive(route: Route): void {
    if (this.step === undefined || this.step.isAt(route)) return;
    const there = tourSteps.findIndex((step) => step.isAt(route));
    if (there >= 0) this.#at = there;
  }

  #remember(): void {
    this.#seen = true;
    this.#storage.setItem(key, 'seen');
  }
}
