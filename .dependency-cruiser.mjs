/**
 * @file The layer map as rules: which folder may import which, and which room of engine/, host/ and renderer/ may
 * import which other room. Every import that is not allowed fails the build, and so does every import cycle.
 */

/** Folders of the program -> folders that each may import beside itself. */
const layers = {
  engine: [],
  db: [],
  contract: [],
  host: ['engine', 'db', 'contract'],
  renderer: ['contract'],
  electron: ['contract'],
};

/**
 * Rooms of engine/ -> rooms that each may import beside itself. The order is from the ground up, so that there are no
 * cycles between rooms. Every file of engine/ is in a room.
 */
const engineRooms = {
  base: [],
  tensor: [],
  dna: ['base'],
  chem: ['base'],
  generator: ['base', 'dna', 'tensor'],
  predictor: ['chem', 'dna', 'generator', 'tensor'],
  objectives: ['base', 'chem', 'dna', 'generator', 'predictor', 'tensor'],
  learn: ['base', 'chem', 'dna', 'generator', 'objectives', 'predictor', 'tensor'],
  soup: ['base', 'generator', 'learn', 'objectives', 'tensor'],
};

/**
 * Rooms of host/ in the same way; docs/ARCHITECTURE.md draws them. Files directly in host/ start programs and belong
 * to no room.
 */
const hostRooms = {
  base: [],
  workers: ['base'],
  chemistry: ['base'],
  external: ['base', 'workers'],
  intake: ['base', 'chemistry'],
  transport: ['base'],
  models: ['base', 'chemistry'],
  scoring: ['base', 'chemistry', 'models', 'workers'],
  compute: ['base', 'chemistry', 'external', 'scoring', 'workers'],
  design: ['base', 'chemistry', 'compute', 'external', 'intake', 'models', 'scoring', 'workers'],
  training: ['base', 'chemistry', 'intake', 'models', 'workers'],
  runs: ['base', 'compute', 'design', 'external', 'models', 'workers'],
  candidates: ['base', 'chemistry', 'design', 'models', 'runs', 'scoring', 'workers'],
  export: ['base', 'candidates', 'chemistry', 'design', 'models', 'runs'],
  batch: ['base', 'chemistry', 'compute', 'design', 'export', 'external', 'intake', 'models', 'runs'],
  services: [
    'base',
    'candidates',
    'chemistry',
    'compute',
    'design',
    'export',
    'external',
    'models',
    'runs',
    'training',
  ],
};

/** Rooms of renderer/ in the same way. Files directly in renderer/ start and build the interface. */
const rendererRooms = {
  lib: [],
  ui: ['lib'],
  link: ['lib'],
  state: ['lib', 'link'],
  components: ['lib', 'ui', 'link', 'state'],
  features: ['lib', 'ui', 'link', 'state', 'components'],
  app: ['lib', 'ui', 'link', 'state', 'components', 'features'],
};

/** Packages and built-in modules that only the named folders may import. */
const doors = [
  { what: 'electron', module: '(^|/)node_modules/electron(/|$)|^electron$', only: ['electron'] },
  { what: 'better-sqlite3', module: 'better-sqlite3', only: ['db'] },
  {
    what: 'svelte and its parts',
    module: '(^|/)node_modules/(svelte|bits-ui|@observablehq/plot)(/|$)',
    only: ['renderer'],
  },
  {
    what: 'onnxruntime-node and TF.js',
    module: '(^|/)node_modules/(onnxruntime-node|@tensorflow)(/|$)',
    only: ['engine'],
  },
];

const program = Object.keys(layers).join('|');

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const layerRules = Object.entries(layers).map(([folder, allowed]) => ({
  name: `layer-${folder}`,
  comment: `${folder}/ may import ${allowed.length > 0 ? allowed.map((name) => `${name}/`).join(', ') : 'no other folder of the program'}.`,
  severity: 'error',
  from: { path: `^${folder}/` },
  to: { path: `^(${program}|test|bench|scripts|bin)/`, pathNot: `^(${[folder, ...allowed].join('|')})/` },
}));

/**
 * @param {string} folder
 * @param {Readonly<Record<string, readonly string[]>>} rooms as above
 * @param {readonly string[]} others what else may be in the folder
 * @returns {import('dependency-cruiser').IForbiddenRuleType[]}
 */
const roomRules = (folder, rooms, others) => [
  ...Object.entries(rooms).map(([room, allowed]) => ({
    name: `room-${folder}-${room}`,
    comment: `${folder}/${room}/ may import ${allowed.length > 0 ? allowed.map((name) => `${name}/`).join(', ') : 'no other room'} of ${folder}/.`,
    severity: /** @type {const} */ ('error'),
    from: { path: `^${folder}/${room}/` },
    to: { path: `^${folder}/`, pathNot: `^${folder}/(${[room, ...allowed].join('|')})/` },
  })),
  {
    name: 'room-unknown',
    comment: `A new room of ${folder}/ must be in the map of rooms, and few files are directly in ${folder}/.`,
    severity: 'error',
    from: {
      path: `^${folder}/`,
      pathNot: `^${folder}/(${[...Object.keys(rooms).map((room) => `${room}/`), ...others].join('|')})`,
    },
    to: {},
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const doorRules = doors.map(({ what, module, only }) => ({
  name: `only-${only.join('-')}`,
  comment: `${what}: only ${only.map((name) => `${name}/`).join(', ')} may import it.`,
  severity: 'error',
  from: { path: `^(${program})/`, pathNot: `^(${only.join('|')})/` },
  to: { path: module },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...layerRules,
    ...roomRules('engine', engineRooms, []),
    ...roomRules('host', hostRooms, ['commands/', 'cli\\.ts$', 'host\\.ts$']),
    ...roomRules('renderer', rendererRooms, ['main\\.ts$', 'strict\\.ts$', 'env\\.d\\.ts$', 'vite\\.config\\.ts$']),
    {
      name: 'features-apart',
      comment: 'Features do not import each other: what two of them need is in components/, state/ or lib/.',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    },
    ...doorRules,
    {
      name: 'engine-computes',
      comment: 'engine/ has no file, network or process access: bytes are passed in.',
      severity: 'error',
      from: { path: '^engine/' },
      to: {
        path: '^(node:)?(fs|fs/promises|net|http|http2|https|tls|dgram|dns|child_process|cluster|inspector|sqlite)$',
      },
    },
    {
      name: 'window-has-no-node',
      comment: 'renderer/ and contract/ run in a sandboxed window: nothing of Node is there.',
      severity: 'error',
      from: { path: '^(renderer|contract)/', pathNot: '^renderer/vite\\.config\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-cycles',
      comment: 'Modules that import each other can only be understood, tested and moved together.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'shipped',
      comment: 'What the host imports must be in the package: a dependency, or bundled as TF.js is.',
      severity: 'error',
      from: { path: '^(host|engine|db|contract)/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/(@tensorflow|electron)/',
      },
    },
    {
      name: 'not-found',
      comment: 'An import that leads nowhere would hide from the other rules.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(electron|@tensorflow/tfjs-node|@tensorflow/tfjs-node-gpu)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|release|cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'browser', 'require', 'node', 'default', 'types'],
    },
  },
};
