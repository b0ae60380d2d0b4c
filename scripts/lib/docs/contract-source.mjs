/**
 * @file Reads the contract as text: the comments that stand beside its schemas, which the schemas themselves do not
 * hold at run time.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { filesUnder } from '../stamp.mjs';

/**
 * An expression that makes a schema, with the file in which its names are looked up.
 * @typedef {{ expression: ts.Expression, file: SourceText }} Place
 * @typedef {{ doc: string, place: Place | null }} Member
 * @typedef {{ doc: string, expression: ts.Expression | null }} Declared
 * @typedef {{ path: string, about: string, declared: Map<string, Declared>, imported: Map<string, { path: string, name:
 * string }>, source: ts.SourceFile }} SourceText
 */

/**
 * Every file of the contract.
 * @param {string} root folder that holds contract/ @returns {Map<string, SourceText>} path relative to root -> file
 */
export function readContractSource(root) {
  const paths = filesUnder(root, ['contract']).filter((path) => path.endsWith('.ts'));
  return new Map(paths.map((path) => [path, readSource(root, path)]));
}

/** @param {string} root @param {string} path @returns {SourceText} */
function readSource(root, path) {
  const text = readFileSync(join(root, path), 'utf8');
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  /** @type {Map<string, Declared>} */
  const declared = new Map();
  /** @type {SourceText['imported']} */
  const imported = new Map();
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) readImport(statement, path, imported);
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations)
      declared.set(name.getText(), {
        doc: docOf(statement),
        expression: initializer ? withoutType(initializer) : null,
      });
  }
  return { path, about: aboutOf(text), declared, imported, source };
}

/** Without "as const" and its like. @param {ts.Expression} node @returns {ts.Expression} */
function withoutType(node) {
  return ts.isAsExpression(node) || ts.isSatisfiesExpression(node) ? withoutType(node.expression) : node;
}

/** @param {ts.ImportDeclaration} statement @param {string} path @param {SourceText['imported']} imported */
function readImport(statement, path, imported) {
  const from = /** @type {ts.StringLiteral} */ (statement.moduleSpecifier).text;
  const bindings = statement.importClause?.namedBindings;
  if (!from.startsWith('.') || bindings === undefined || !ts.isNamedImports(bindings)) return;
  for (const { name, propertyName } of bindings.elements)
    imported.set(name.text, { path: join(dirname(path), from), name: (propertyName ?? name).text });
}

/** The comment at the head of a file. @param {string} text */
function aboutOf(text) {
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(text)?.[1] ?? '';
  return oneLine(comment.replace(/^\s*\*/gm, '').replace('@file', ''));
}

/** @param {string} text */
function oneLine(text) {
  return text.replace(/\s+/g, ' ').trim();
}

/** The comment of a statement or a property, its tags included. @param {ts.Node} node */
function docOf(node) {
  const comments = /** @type {ts.JSDoc[]} */ (ts.getJSDocCommentsAndTags(node).filter((part) => ts.isJSDoc(part)));
  const comment = comments.at(-1);
  if (comment === undefined) return '';
  const tags = (comment.tags ?? []).map(tagText);
  return oneLine([ts.getTextOfJSDocComment(comment.comment) ?? '', ...tags].join(' '));
}

/** @param {ts.JSDocTag} tag */
function tagText(tag) {
  const text = oneLine(ts.getTextOfJSDocComment(tag.comment) ?? '');
  if (ts.isJSDocParameterTag(tag)) return `\`${tag.name.getText()}\`: ${text}.`;
  return tag.tagName.text === 'throws' ? `Fails with ${text}.` : text;
}

/**
 * Looks comments up for schemas of the contract.
 * @param {Map<string, SourceText>} sources
 */
export function commentsOf(sources) {
  /** What a name stands for. @param {SourceText} file @param {string} name @returns {(Declared & Place) | null} */
  const lookUp = (file, name) => {
    const own = file.declared.get(name);
    if (own?.expression) return { ...own, expression: own.expression, file };
    const elsewhere = file.imported.get(name);
    const other = elsewhere && sources.get(elsewhere.path);
    return other ? lookUp(other, elsewhere.name) : null;
  };

  /** The call of z behind names, .optional() and its like. @param {Place} place @returns {Place} */
  const strip = ({ expression, file }) => {
    if (ts.isIdentifier(expression)) {
      const found = lookUp(file, expression.text);
      return found === null ? { expression, file } : strip(found);
    }
    if (isCallOn(expression) && !isZod(expression))
      return strip({ expression: expression.expression.expression, file });
    return { expression, file };
  };

  /** Properties of an object schema. @param {Place} place @returns {Map<string, Member>} */
  const members = ({ expression, file }) => {
    if (ts.isIdentifier(expression)) {
      const found = lookUp(file, expression.text);
      return found === null ? new Map() : members(found);
    }
    if (ts.isObjectLiteralExpression(expression)) return literal(expression, file);
    if (!isCallOn(expression)) return new Map();
    const given = expression.arguments.map((argument) => members({ expression: argument, file }));
    if (isZod(expression)) return given[0] ?? new Map();
    const before = members({ expression: expression.expression.expression, file });
    return expression.expression.name.text === 'extend' ? new Map([...before, ...given[0]]) : before;
  };

  /** @param {ts.ObjectLiteralExpression} node @param {SourceText} file @returns {Map<string, Member>} */
  const literal = (node, file) => {
    /** @type {[string, Member][]} */
    const found = node.properties.flatMap((property) => {
      if (ts.isSpreadAssignment(property)) return [...members({ expression: property.expression, file })];
      if (property.name === undefined) return [];
      const name = /** @type {ts.Identifier | ts.StringLiteral} */ (property.name);
      const value = ts.isPropertyAssignment(property) ? property.initializer : name;
      const place = { expression: /** @type {ts.Expression} */ (value), file };
      return [[name.text, { doc: docOf(property) || docOfNamed(place), place }]];
    });
    return new Map(found);
  };

  /** The comment of the simple schema that an expression names. @param {Place} place @returns {string} */
  const docOfNamed = ({ expression, file }) => {
    if (ts.isIdentifier(expression)) return lookUp(file, expression.text)?.doc ?? '';
    const base = isCallOn(expression) && !isZod(expression) ? expression.expression.expression : null;
    return base === null ? '' : docOfNamed({ expression: base, file });
  };

  /** Arguments of the call of z under an expression. @param {Place} place @returns {Place[]} */
  const inner = (place) => {
    const { expression, file } = strip(place);
    if (!isCallOn(expression)) return [];
    return expression.arguments.map((argument) => ({ expression: argument, file }));
  };

  return {
    /** @param {string} path @param {string} name @returns {(Declared & Place) | null} */
    declared: (path, name) => {
      const file = sources.get(path);
      return file === undefined ? null : lookUp(file, name);
    },
    members,
    inner,
    /** The schemas that a union or a tuple lists, with their comments. @param {Place} place @returns {Member[]} */
    listed: (place) =>
      inner(place)
        .map(entries)
        .find((found) => found.length > 0) ?? [],
    entries,
  };
}

/** Entries of a list that is written out, with their comments. @param {Place} place @returns {Member[]} */
function entries({ expression, file }) {
  if (!ts.isArrayLiteralExpression(expression)) return [];
  return expression.elements.map((element) => ({
    doc: leadingComment(element, file),
    place: { expression: element, file },
  }));
}

/** @typedef {ReturnType<typeof commentsOf>} Comments */

/** @param {ts.Expression} node @param {SourceText} file */
function leadingComment(node, file) {
  const text = file.source.text;
  const range = ts.getLeadingCommentRanges(text, node.getFullStart())?.at(-1);
  if (range === undefined) return '';
  return oneLine(
    text
      .slice(range.pos, range.end)
      .replace(/^\/\*\*?|^\/\/|\*\/$/g, '')
      .replace(/^\s*\*/gm, ''),
  );
}

/**
 * @param {ts.Expression} node
 * @returns {node is ts.CallExpression & { expression: ts.PropertyAccessExpression }}
 */
function isCallOn(node) {
  return ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression);
}

/** A call such as z.object(...). @param {ts.CallExpression & { expression: ts.PropertyAccessExpression }} node */
function isZod(node) {
  return node.expression.expression.getText() === 'z';
}
