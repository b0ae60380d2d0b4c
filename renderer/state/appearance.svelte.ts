/** @file Light, dark or the system's choice, how dense grids are and how numbers are written; kept on this computer. */
import { numbers, type NumberStyle, numberStyles } from '../lib/numbers.svelte.ts';

export type ThemeChoice = 'system' | 'light' | 'dark';
export type Theme = 'light' | 'dark';
export type Density = 'comfortable' | 'compact';

const themeKey = 'amalgam.theme';
const densityKey = 'amalgam.density';
const numbersKey = 'amalgam.numbers';

export interface AppearancePlace {
  readonly localStorage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly document: { readonly documentElement: { readonly dataset: DOMStringMap } };
  matchMedia(query: string): Pick<MediaQueryList, 'matches' | 'addEventListener'>;
}

export class Appearance {
  #place: AppearancePlace;
  #choice: ThemeChoice = $state('system');
  #density: Density = $state('comfortable');
  #systemDark = $state(false);
  #theme: Theme = $derived(this.#choice === 'system' ? (this.#systemDark ? 'dark' : 'light') : this.#choice);

  constructor(place: AppearancePlace) {
    this.#place = place;
    const system = place.matchMedia('(prefers-color-scheme: dark)');
    this.#systemDark = system.matches;
    this.#choice = oneOf(['system', 'light', 'dark'], place.localStorage.getItem(themeKey)) ?? 'system';
    this.#density = oneOf(['comfortable', 'compact'], place.localStorage.getItem(densityKey)) ?? 'comfortable';
    numbers.style = oneOf(numberStyles, place.localStorage.getItem(numbersKey)) ?? 'en';
    system.addEventListener('change', (event) => {
      this.#systemDark = event.matches;
      this.#show();
    });
    this.#show();
  }

  get theme(): Theme {
    return this.#theme;
  }

  get choice(): ThemeChoice {
    return this.#choice;
  }

  set choice(choice: ThemeChoice) {
    this.#choice = choice;
    this.#place.localStorage.setItem(themeKey, choice);
    this.#show();
  }

  get density(): Density {
    return this.#density;
  }

  set density(density: Density) {
    this.#density = density;
    this.#place.localStorage.setItem(densityKey, density);
  }

  get numberStyle(): NumberStyle {
    return numbers.style;
  }

  set numberStyle(style: NumberStyle) {
    numbers.style = style;
    this.#place.localStorage.setItem(numbersKey, style);
  }

  #show(): void {
    this.#place.document.documentElement.dataset.theme = this.#theme;
  }
}

function oneOf<T extends string>(allowed: readonly T[], value: string | null): T | undefined {
  return allowed.find((choice) => choice === value);
}
