/** @file Writes docs/api.md: every method, topic and error code of the contract, by the file that declares them. */
import { loadContract } from './contract-modules.mjs';
import { commentsOf, readContractSource } from './contract-source.mjs';
import { bare, isNamed, rowsOf, typeText } from './schema-text.mjs';

/**
 * @typedef {import('./contract-modules.mjs').Schema} Schema
 * @typedef {import('./contract-modules.mjs').Contract} Contract
 * @typedef {import('./contract-source.mjs').Comments} Comments
 * @typedef {import('./contract-source.mjs').Place} Place
 * @typedef {import('./contract-source.mjs').SourceText} SourceText
 * @typedef {import('./schema-text.mjs').Row} Row
 * @typedef {{ kind: 'method' | 'topic', name: string, path: string, doc: string, params: Part, answer: Part }} Entry
 * @typedef {{ schema: Schema, place: Place | null }} Part
 * @typedef {{ name: string, path: string, schema: Schema }} Named
 */

const INTRODUCTION = `# API reference

This page lists every method, topic and error code of the interface between the window and the host. \`npm run docs\`
makes it from the schemas in \`contract/\`; change those and not this page.

The window and the host exchange JSON frames (\`contract/wire.ts\`) through an IPC channel or a WebSocket. A **method** is
called with \`invoke\` and answered once, with a result or an error. A **topic** is followed with \`subscribe\` and sends
events until \`unsubscribe\`. Both sides check every payload against its schema.

In the tables, \`a.b\` is a property of the object \`a\`, \`a[]\` an entry of the list \`a\`, and \`a{key}\` a value of the object
\`a\` under any key. A property is always present unless its type says "optional". One with a default may be left out
of what is sent and is always present in what is received. "or null" means that the value is known to be missing.`;

/** @param {string} root @returns {Promise<string>} the page in Markdown */
export async function apiReference(root) {
  const sources = readContractSource(root);
  const contract = await loadContract(root, sources);
  const comments = commentsOf(sources);
  const entries = [...entriesOf(contract, comments, 'method'), ...entriesOf(contract, comments, 'topic')];
  const paths = [...new Set(entries.map(({ path }) => path))].sort();
  const writer = writerOf(contract, comments);
  for (const entry of entries) writer.entry(entry);
  const types = writer.linkedTypes();
  const sections = paths.map((path) =>
    [
      `## ${nounOf(path)}`,
      `\`${path}\`: ${sources.get(path)?.about}`,
      ...entries.filter((entry) => entry.path === path).map(writer.entry),
      ...types.filter((type) => type.path === path).map(writer.type),
    ].join('\n\n'),
  );
  const shared = types.filter((type) => !paths.includes(type.path)).map(writer.type);
  const parts = [INTRODUCTION, contents(entries, paths), errorCodes(contract, comments), ...sections];
  return [...parts, ...(shared.length === 0 ? [] : ['## Shared types', ...shared])].join('\n\n').concat('\n');
}

/**
 * Methods or topics, each with the file that declares it.
 * @param {Contract} contract @param {Comments} comments @param {'method' | 'topic'} kind @returns {Entry[]}
 */
function entriesOf({ files, methods, topics }, comments, kind) {
  const answer = kind === 'method' ? 'result' : 'event';
  return Object.entries(kind === 'method' ? methods : topics).map(([name, value]) => {
    const [path, group] = declarationOf(files, name, value);
    const { doc, place } = comments.members(/** @type {Place} */ (comments.declared(path, group))).get(name) ?? {};
    const parts = place ? comments.members(place) : new Map();
    const schemas = /** @type {Record<string, Schema>} */ (value);
    return {
      kind,
      name,
      path,
      doc: doc ?? '',
      params: { schema: schemas.params, place: parts.get('params')?.place ?? null },
      answer: { schema: schemas[answer], place: parts.get(answer)?.place ?? null },
    };
  });
}

/**
 * The file and the group of methods or topics that hold an entry; the one that puts all together comes last.
 * @param {Contract['files']} files @param {string} name @param {unknown} value @returns {[path: string, group: string]}
 */
function declarationOf(files, name, value) {
  for (const [path, declared] of files) {
    if (path === 'contract/api.ts') continue;
    const group = Object.keys(declared).find((key) => /** @type {any} */ (declared)[key]?.[name] === value);
    if (group !== undefined) return [path, group];
  }
  throw new Error(`No file of contract/ declares ${name}.`);
}

/**
 * Schemas of objects that have a name in the contract. A single value is written out where it is used.
 * @param {Contract} contract @returns {Map<Schema, Named>}
 */
function namedSchemas({ files }) {
  /** @type {Map<Schema, Named>} */
  const named = new Map();
  for (const [path, declared] of files)
    for (const [name, value] of Object.entries(declared))
      if (isSchema(value) && isLarge(value) && !named.has(value)) named.set(value, { name, path, schema: value });
  return named;
}

/** @param {unknown} value @returns {value is Schema} */
function isSchema(value) {
  return typeof value === 'object' && value !== null && '_zod' in value;
}

/** @param {Schema} schema @returns {boolean} */
function isLarge(schema) {
  const { type, shape, options } = bare(schema)._zod.def;
  if (type === 'object') return Object.keys(shape ?? {}).length > 1;
  return type === 'union' && (options ?? []).some(isLarge);
}

/** @param {string} path */
function nounOf(path) {
  return path.replace(/^contract\/|\.ts$/g, '');
}

/** @param {readonly Entry[]} entries @param {readonly string[]} paths */
function contents(entries, paths) {
  const rows = paths.map((path) => {
    const own = entries.filter((entry) => entry.path === path);
    const links = own.map(({ kind, name }) => `[\`${name}\`](#${anchor(headingOf(kind, name))})`);
    return `| [${nounOf(path)}](#${anchor(nounOf(path))}) | ${links.join(', ')} |`;
  });
  return ['## Contents', '', '| file | methods and topics |', '|---|---|', ...rows].join('\n');
}

/** @param {Entry['kind']} kind @param {string} name */
function headingOf(kind, name) {
  return kind === 'topic' ? `topic ${name}` : name;
}

/** As GitHub makes them of headings. @param {string} heading */
function anchor(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}

/** @param {Contract} contract @param {Comments} comments */
function errorCodes({ files, errorCodes: codes }, comments) {
  const path = [...files].find(([, declared]) => declared.errorCodes === codes)?.[0] ?? '';
  const place = comments.declared(path, 'errorCodes');
  const docs = place === null ? [] : comments.entries(place).map(({ doc }) => doc);
  const rows = codes.map((code, index) => `| \`${code}\` | ${cell(docs[index] ?? '')} |`);
  const about = `An error has one of these codes (\`${path}\`), a \`message\` for the user, and sometimes \`details\`.`;
  return ['## Error codes', '', about, '', '| code | meaning |', '|---|---|', ...rows].join('\n');
}

/** @param {string} text */
function cell(text) {
  return text.replace(/(?<!\\)\|/g, '\\|');
}

/** @param {readonly Row[]} rows */
function table(rows) {
  const lines = rows.map(({ name, type, doc }) => {
    const shown = name.startsWith('*') ? name : `\`${name}\``;
    return `| ${cell(shown)} | ${cell(type)} | ${cell(doc)} |`;
  });
  return ['| name | type | description |', '|---|---|---|', ...lines].join('\n');
}

/** @param {Contract} contract @param {Comments} comments */
function writerOf(contract, comments) {
  const named = namedSchemas(contract);
  /** Named schemas that are linked from what is written so far. @type {Set<Named>} */
  const linked = new Set();

  /** @param {Named} type */
  const headingOfType = ({ name, path }) => {
    const namesakes = [...named.values()].filter((other) => other.name === name);
    return namesakes.length > 1 ? `type ${name} of ${nounOf(path)}` : `type ${name}`;
  };

  /** @param {Schema} schema */
  const linkOf = (schema) => {
    const found = named.get(schema);
    if (found === undefined) return null;
    linked.add(found);
    return `[${found.name}](#${anchor(headingOfType(found))})`;
  };

  /** @param {Schema} [self] whose own inside is written out */
  const context = (self) => ({
    linkOf: (/** @type {Schema} */ schema) => (schema === self ? null : linkOf(schema)),
    comments,
    limitsOf: contract.limitsOf,
  });

  /** @param {string} title @param {Part} part @param {boolean} given */
  const part = (title, { schema, place }, given) => {
    if (isEmpty(schema)) return `${title}: none.`;
    // A caller needs parameters at hand, so they are written out even where their schema has a name.
    const inside = context(given ? schema : undefined);
    const text = typeText(schema, inside);
    const rows = isNamed(schema, inside) ? [] : rowsOf(schema, place, inside);
    if (rows.length === 0) return `${title}: ${text}.`;
    return `${title}${text === 'object' ? '' : `, ${text}`}:\n\n${table(rows)}`;
  };

  return {
    /** @param {Entry} entry */
    entry: ({ kind, name, doc, params, answer }) =>
      [
        `### ${headingOf(kind, name)}`,
        ...(doc === '' ? [] : [doc]),
        part('Parameters', params, true),
        part(kind === 'method' ? 'Result' : 'Event', answer, false),
      ].join('\n\n'),
    /** @param {Named} type */
    type: (type) => {
      const place = comments.declared(type.path, type.name);
      const rows = rowsOf(type.schema, place, context(type.schema));
      return [`### ${headingOfType(type)}`, ...(place?.doc ? [place.doc] : []), table(rows)].join('\n\n');
    },
    /** All that is linked from what was written before, and what those types link to themselves. */
    linkedTypes() {
      for (const type of linked) this.type(type);
      return [...linked].sort((a, b) => a.name.localeCompare(b.name, 'en'));
    },
  };
}

/** @param {Schema} schema */
function isEmpty(schema) {
  const { type, shape } = schema._zod.def;
  return type === 'object' && Object.keys(shape ?? {}).length === 0;
}
