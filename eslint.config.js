/**
 * @file Lint rules. Types, imports between layers and import cycles have checks of
 * their own (tsc, svelte-check, .dependency-cruiser.mjs).
 */
import importSort from 'eslint-plugin-simple-import-sort';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const typed = ['**/*.ts'];
/** The quick checks leave out the rules that need the types of the whole program, which take most of the time. */
const isQuick = process.env.AMALGAM_LINT === 'quick';
const scripts = ['**/*.mjs', '**/*.js'];
/** Runs in a browser window. */
const inWindow = ['renderer/**/*.ts', 'renderer/**/*.svelte', 'host/export/report/page.js'];

/** Node and packages, then other folders, then neighbours; one block, in alphabetical order. */
const importGroups = [['^\\u0000', '^node:', '^@?\\w', '^', '^\\.']];

/** Prettier breaks what it can; text of messages may be longer. @type {import('eslint').Linter.RulesRecord} */
const width = {
  'max-len': [
    'error',
    { code: 120, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true, ignoreUrls: true },
  ],
};

/** @type {import('eslint').Linter.RulesRecord} */
const everywhere = {
  'max-lines': ['error', 500],
  'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
  'prefer-const': 'error',
  'import-sort/imports': ['error', { groups: importGroups }],
  'import-sort/exports': 'error',
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-unused-vars': ['error', { args: 'all', argsIgnorePattern: '^_', caughtErrors: 'all' }],
};

/** @type {import('eslint').Linter.RulesRecord} */
const inSvelte = {
  // State classes replace plain collections and never mutate one that is shown.
  'svelte/prefer-svelte-reactivity': 'off',
  // Observable Plot draws its own elements into one that Svelte holds.
  'svelte/no-dom-manipulating': 'off',
};

/** @type {import('eslint').Linter.RulesRecord} */
const withTypes = {
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-for-in-array': 'error',
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/prefer-promise-reject-errors': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
};

/** The engine computes: bytes are passed in, and results are passed out. @type {import('eslint').Linter.RulesRecord} */
const engineHasNoDoors = {
  'no-restricted-globals': ['error', 'fetch', 'XMLHttpRequest', 'WebSocket', 'window', 'document', 'localStorage'],
  'no-console': 'error',
};

export default tseslint.config(
  { ignores: ['dist/', 'release/', 'cache/', 'coverage/', 'node_modules/'] },
  tseslint.configs.recommended,
  svelte.configs.recommended,
  { plugins: { 'import-sort': importSort }, rules: { ...everywhere, ...inSvelte } },
  isQuick ? {} : { files: typed, languageOptions: { parserOptions: { projectService: true } }, rules: withTypes },
  { files: [...typed, ...scripts], rules: width },
  { files: scripts, languageOptions: { globals: globals.node } },
  { files: inWindow, languageOptions: { globals: globals.browser } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser, projectService: false } },
  },
  { files: ['**/*.svelte.ts'], rules: Object.fromEntries(Object.keys(withTypes).map((rule) => [rule, 'off'])) },
  { files: ['engine/**/*.ts'], rules: engineHasNoDoors },
);
