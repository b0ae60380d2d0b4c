/** Which values a setting may have, and the words for one that it may not. */
import { nearest } from '../base/nearest.ts';

export interface AllowedValues {
  readonly type: 'number' | 'integer' | 'boolean' | 'choice';
  /** null where the default depends on the design. */
  readonly default: string | number | boolean | null;
  readonly choices?: readonly string[];
  readonly min?: number;
  readonly max?: number;
}

/** A number or a truth value in quotes, without them; null for anything else. */
export function unquoted({ type }: AllowedValues, value: unknown): string | null {
  if (typeof value !== 'string' || type === 'choice') return null;
  const text = value.trim();
  const fits = type === 'boolean' ? /^(true|false)$/.test(text) : text !== '' && Number.isFinite(Number(text));
  return fits ? text : null;
}

export function expected(info: AllowedValues): string {
  if (info.type === 'choice') return `one of ${info.choices!.join(', ')}`;
  if (info.type === 'boolean') return 'true or false';
  return `${info.type === 'integer' ? 'a whole number' : 'a number'} from ${info.min} to ${info.max}`;
}

export function nearestValue(info: AllowedValues, value: unknown): string | undefined {
  if (info.type === 'choice') return nearest(String(value), info.choices!);
  if (typeof value !== 'number' || info.type === 'boolean')
    return info.default === null ? undefined : String(info.default);
  const whole = info.type === 'integer' ? Math.round(value) : value;
  return String(Math.min(info.max!, Math.max(info.min!, whole)));
}
