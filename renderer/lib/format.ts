/** @file Formats numbers, times and sizes. A missing value is a dash. */
import { numbers } from './numbers.svelte.ts';

export const missing = '–';

/** A score between 0 and 1. */
export function score(value: number | null | undefined): string {
  return value === null || value === undefined ? missing : numbers.fixed(value, 2);
}

/** A raw value with digits that suit its magnitude. */
export function raw(value: number | null | undefined, unit = ''): string {
  if (value === null || value === undefined) return missing;
  return unit === '' ? digits(value) : `${digits(value)} ${unit}`;
}

/** A raw value for narrow places: two or three digits. */
export function brief(value: number | null | undefined): string {
  if (value === null || value === undefined) return missing;
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 100) return count(Math.round(value));
  return numbers.fixed(value, size >= 1 ? 1 : 2);
}

function digits(value: number): string {
  if (Number.isInteger(value)) return count(value);
  const size = Math.abs(value);
  if (size >= 100) return count(Math.round(value));
  return numbers.fixed(value, size >= 10 ? 1 : 2);
}

/** A difference with its sign. */
export function change(value: number | null): string {
  if (value === null) return missing;
  if (Math.abs(value) < 0.005) return '±0';
  return `${value < 0 ? '−' : '+'}${numbers.fixed(Math.abs(value), 2)}`;
}

export function count(value: number): string {
  return numbers.count(value);
}

export function percent(fraction: number): string {
  return `${Math.round(fraction * 100)}%`;
}

/**
 * @param part count
 * @param whole count; the result is a dash if it is 0
 */
export function share(part: number, whole: number): string {
  return whole === 0 ? missing : percent(part / whole);
}

/** @param total seconds */
export function duration(total: number | null): string {
  if (total === null) return missing;
  if (total < 1) return 'under 1 s';
  const seconds = Math.round(total);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The time left: "2 min left"; '' if it is unknown. */
export function timeLeft(seconds: number | null): string {
  return seconds === null ? '' : `${duration(seconds)} left`;
}

/** @param minutes estimated; the result is no more precise than the estimate */
export function about(minutes: number): string {
  if (minutes < 1) return 'under a minute';
  if (minutes < 90) return `about ${Math.round(minutes)} min`;
  return `about ${numbers.fixed(minutes / 60, 1)} h`;
}

/** As a sentence or a heading begins. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  const scaled = value / 1000 ** power;
  return `${scaled >= 10 || power === 0 ? Math.round(scaled) : numbers.fixed(scaled, 1)} ${units[power]}`;
}

/** @param iso a moment; @param now for tests */
export function when(iso: string, now = new Date()): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  const time = moment.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (moment.toDateString() === now.toDateString()) return `today ${time}`;
  const sameYear = moment.getFullYear() === now.getFullYear();
  const day = moment.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: sameYear ? undefined : 'numeric',
  });
  return sameYear ? `${day}, ${time}` : day;
}

export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** Replaces plain apostrophes and quotes in cards, guides, examples and reports with those of the interface. */
export function typeset(words: string): string {
  return words.replace(/(?<=\p{L})'/gu, '’').replace(/"([^"]*)"/g, '“$1”');
}
