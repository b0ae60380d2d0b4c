/** @file Words for schemas: the type of a value in one line of Markdown, and the rows of a table for an object. */

/**
 * @typedef {import('./contract-modules.mjs').Schema} Schema
 * @typedef {import('./contract-source.mjs').Place} Place
 * @typedef {import('./contract-source.mjs').Comments} Comments
 * @typedef {{ name: string, type: string, doc: string }} Row
 * @typedef {{ linkOf: (schema: Schema) => string | null, comments: Comments, limitsOf: (schema: Schema) =>
 * Record<string, unknown> }} Context
 */

const SAFE = Number.MAX_SAFE_INTEGER;

const WRAPPERS = ['optional', 'nullable', 'default', 'readonly'];

/** What a wrapper holds that changes nothing of what a value looks like. @param {Schema} schema */
function unwrapped({ _zod: { def } }) {
  return WRAPPERS.includes(def.type) ? def.innerType : undefined;
}

/** What a schema checks, without wrappers and transformations. @param {Schema} schema @returns {Schema} */
export function bare(schema) {
  const inner = schema._zod.def.type === 'pipe' ? schema._zod.def.in : unwrapped(schema);
  return inner === undefined ? schema : bare(inner);
}

/** @param {Schema} schema @param {string} type @returns {Schema | undefined} the wrapper of this type */
function wrapper(schema, type) {
  if (schema._zod.def.type === type) return schema;
  const inner = unwrapped(schema);
  return inner === undefined ? undefined : wrapper(inner, type);
}

/**
 * The type of a value in one line, such as "list of 1 to 50 texts".
 * @param {Schema} schema @param {Context} context @returns {string}
 */
export function typeText(schema, context) {
  const nullable = wrapper(schema, 'nullable') ? ' or null' : '';
  return plainText(bareUnlessNamed(schema, context), context) + nullable;
}

/**
 * A schema with a transformation is named as a whole.
 * @param {Schema} schema @param {Context} context @returns {Schema}
 */
function bareUnlessNamed(schema, context) {
  if (context.linkOf(schema) !== null) return schema;
  const inner = unwrapped(schema);
  return inner === undefined ? bare(schema) : bareUnlessNamed(inner, context);
}

/** @param {Schema} schema @param {Context} context @returns {string} */
function plainText(schema, context) {
  const link = context.linkOf(schema);
  if (link !== null) return link;
  const { def } = schema._zod;
  switch (def.type) {
    case 'string':
      return textType(context.limitsOf(schema));
    case 'number':
      return numberType(context.limitsOf(schema));
    case 'boolean':
    case 'null':
      return def.type;
    case 'unknown':
    case 'any':
      return 'any value';
    case 'enum':
      return choices(Object.values(def.entries ?? {}));
    case 'literal':
      return choices(def.values ?? []);
    case 'array':
      return listType(schema, context);
    case 'tuple':
      return `[${(def.items ?? []).map((item) => typeText(item, context)).join(', ')}]`;
    case 'record':
      return `object of any keys, each ${typeText(/** @type {Schema} */ (def.valueType), context)}`;
    case 'union':
      return [...new Set((def.options ?? []).map((option) => typeText(option, context)))].join(' or ');
    case 'object':
      return 'object';
    default:
      throw new Error(
        `The reference has no words for a schema of type "${def.type}" (scripts/lib/docs/schema-text.mjs).`,
      );
  }
}

/** @param {readonly unknown[]} values */
function choices(values) {
  return values.map((value) => `\`${JSON.stringify(value)}\``).join(' or ');
}

/** @param {Record<string, unknown>} limits */
function textType({ minLength, maxLength, contentEncoding, pattern, format }) {
  if (contentEncoding === 'base64' || format === 'base64') return 'text in base64';
  const length = range(minLength, maxLength, 'character');
  const shape = pattern === undefined ? '' : ` that matches \`${String(pattern).replaceAll('|', '\\|')}\``;
  return `text${length === '' ? '' : ` of ${length}`}${shape}`;
}

/** @param {Record<string, unknown>} limits */
function numberType({ type, minimum, maximum, exclusiveMinimum }) {
  const word = type === 'integer' ? 'integer' : 'number';
  const low = minimum === undefined || minimum === -SAFE ? undefined : Number(minimum);
  const high = maximum === undefined || maximum === SAFE ? undefined : Number(maximum);
  if (exclusiveMinimum !== undefined) return `${word} above ${number(Number(exclusiveMinimum))}`;
  if (low !== undefined && high !== undefined) return `${word} from ${number(low)} to ${number(high)}`;
  if (low !== undefined) return `${word}, at least ${number(low)}`;
  return high === undefined ? word : `${word}, at most ${number(high)}`;
}

/** @param {number} value */
function number(value) {
  return value.toLocaleString('en-US', { maximumFractionDigits: 6 });
}

/** "1 to 50 characters"; '' without limits. @param {unknown} low @param {unknown} high @param {string} of */
function range(low, high, of) {
  const word = (/** @type {number} */ count) => (count === 1 ? of : `${of}s`);
  if (low === undefined && high === undefined) return '';
  if (low === high) return `${number(Number(low))} ${word(Number(low))}`;
  if (high === undefined) return `at least ${number(Number(low))} ${word(Number(low))}`;
  if (low === undefined) return `at most ${number(Number(high))} ${word(Number(high))}`;
  return `${number(Number(low))} to ${number(Number(high))} ${word(Number(high))}`;
}

/** @param {Schema} schema @param {Context} context */
function listType(schema, context) {
  const { minItems, maxItems } = context.limitsOf(schema);
  const length = range(minItems, maxItems, 'entry').replace('entrys', 'entries');
  const element = typeText(/** @type {Schema} */ (schema._zod.def.element), context);
  const shown = /[ ,]/.test(element) ? `(${element})` : (plurals[element] ?? element);
  return `list of ${shown}${length === '' ? '' : `, ${length}`}`;
}

/** @type {Readonly<Record<string, string>>} */
const plurals = { text: 'texts', number: 'numbers', integer: 'integers', boolean: 'booleans', object: 'objects' };

/**
 * The rows that say what is inside a value: one a property, and those of objects in it under a dotted name.
 * @param {Schema} schema @param {Place | null} place @param {Context} context @param {string} [prefix]
 * @returns {Row[]}
 */
export function rowsOf(schema, place, context, prefix = '') {
  const inside = bare(schema);
  const { def } = inside._zod;
  if (def.type === 'object') return objectRows(inside, place, context, prefix);
  if (def.type === 'union') return unionRows(inside, place, context, prefix);
  const [first, second] = place === null ? [] : context.comments.inner(place);
  if (def.type === 'array') return nested(def.element, first, context, `${prefix}[]`);
  if (def.type === 'record') return nested(def.valueType, second, context, `${prefix}{key}`);
  if (def.type !== 'tuple') return [];
  const listed = place === null ? [] : context.comments.listed(place);
  return (def.items ?? []).flatMap((item, index) => nested(item, listed[index]?.place, context, `${prefix}[${index}]`));
}

/**
 * @param {Schema | undefined} schema @param {Place | null | undefined} place @param {Context} context
 * @param {string} prefix @returns {Row[]}
 */
function nested(schema, place, context, prefix) {
  if (schema === undefined || isNamed(schema, context)) return [];
  return rowsOf(schema, place ?? null, context, prefix);
}

/** Whether a link says what is inside. @param {Schema} schema @param {Context} context */
export function isNamed(schema, context) {
  return context.linkOf(bareUnlessNamed(schema, context)) !== null;
}

/** @param {Schema} schema @param {Place | null} place @param {Context} context @param {string} prefix */
function objectRows(schema, place, context, prefix) {
  const members = place === null ? new Map() : context.comments.members(place);
  const rows = Object.entries(schema._zod.def.shape ?? {}).flatMap(([name, value]) => {
    const member = members.get(name);
    const full = prefix === '' ? name : `${prefix}.${name}`;
    const row = { name: full, type: typeText(value, context) + presence(value), doc: member?.doc ?? '' };
    return [row, ...nested(value, member?.place, context, full)];
  });
  const rest = schema._zod.def.catchall;
  if (rest === undefined || rest._zod.def.type === 'never') return rows;
  const name = prefix === '' ? '(any other)' : `${prefix}.(any other)`;
  return [...rows, { name, type: typeText(rest, context), doc: '' }];
}

/** @param {Schema} schema */
function presence(schema) {
  const holder = wrapper(schema, 'default');
  if (holder !== undefined) return `; default \`${JSON.stringify(holder._zod.def.defaultValue)}\``;
  return wrapper(schema, 'optional') ? ', optional' : '';
}

/** @param {Schema} schema @param {Place | null} place @param {Context} context @param {string} prefix */
function unionRows(schema, place, context, prefix) {
  const { options = [], discriminator } = schema._zod.def;
  const listed = place === null ? [] : context.comments.listed(place);
  return options.flatMap((option, index) => {
    const rows = nested(option, listed[index]?.place, context, prefix);
    if (rows.length === 0) return [];
    const shape = bare(option)._zod.def.shape ?? {};
    const values = discriminator === undefined ? undefined : shape[discriminator]?._zod.def.values;
    const where = prefix === '' ? '' : `\`${prefix}\`, `;
    const name =
      values === undefined ? `${where}form ${index + 1}` : `${where}\`${discriminator}\` is ${choices(values)}`;
    const others = values === undefined ? rows : rows.filter((row) => !row.name.endsWith(String(discriminator)));
    return [{ name: `*${name}*`, type: '', doc: listed[index]?.doc ?? '' }, ...others];
  });
}
