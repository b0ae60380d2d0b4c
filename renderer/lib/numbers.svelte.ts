/**
 * @file The number format, one choice for the whole page. Every number is formatted here, so that a change applies
 * everywhere immediately.
 */
export const numberStyles = ['system', 'en', 'de', 'fr'] as const;
export type NumberStyle = (typeof numberStyles)[number];

class Numbers {
  #style: NumberStyle = $state('en');
  #formats = new Map<string, Intl.NumberFormat>();

  get style(): NumberStyle {
    return this.#style;
  }

  set style(style: NumberStyle) {
    this.#style = style;
    this.#formats.clear();
  }

  /** A number with this many digits after the decimal sign. */
  fixed(value: number, digits: number): string {
    return this.#format(this.#style, digits).format(value);
  }

  /** At most three digits after the decimal sign. */
  count(value: number): string {
    return this.#format(this.#style, undefined).format(value);
  }

  #format(style: NumberStyle, digits: number | undefined): Intl.NumberFormat {
    const key = `${style} ${digits}`;
    const known = this.#formats.get(key);
    if (known !== undefined) return known;
    const made = new Intl.NumberFormat(
      style === 'system' ? undefined : style,
      digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits },
    );
    this.#formats.set(key, made);
    return made;
  }
}

export const numbers = new Numbers();
