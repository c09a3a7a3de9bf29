// Who may import whom: one named rule per row of the design's dependency table. A `comment` says what to do instead.
// Checked by `npm run boundaries`, which adds the rule that packs hold no code.

const TESTS = [
  '\\.test\\.tsx?$',
  '^(engine|server|designer)/test/',
  '^(engine|server|designer)/.+/test/',
  '^bench/',
  '^scripts/',
];
const inEngine = { path: '^engine/', pathNot: TESTS };
const inDesigner = { path: '^designer/', pathNot: [...TESTS, '^designer/vite\\.config\\.ts$'] };

/** An npm package, or several, by name: `node_modules/<name>/`. */
const npm = (...names) => `node_modules/(${names.join('|')})/`;

const ENGINE_PACKAGES = ['bpmn-moddle', 'zeebe-bpmn-moddle', 'dmn-moddle', 'ajv', 're2js', 'temporal-polyfill'];

/** One edge of the engine has one place, so that the library behind it can be replaced there. */
const onlyIn = (folder, ...names) => ({
  name: `${names[0]}-in-one-place`,
  severity: 'error',
  comment: `engine/${folder} is the only edge to ${names.join(', ')}. Call a function of engine/${folder}; add one if it is missing.`,
  from: { path: '^engine/', pathNot: [`^engine/(${folder})/`, ...TESTS] },
  to: { path: npm(...names) },
});

module.exports = {
  forbidden: [
    {
      name: 'engine-knows-no-shell',
      severity: 'error',
      comment:
        'The engine is a pure core that also runs in the browser. Return an effect and let the server act on it, or pass the value in with the command.',
      from: { path: '^engine/' },
      to: { path: '^(server|designer|bench|scripts)/' },
    },
    {
      name: 'engine-is-pure',
      severity: 'error',
      comment: 'No Node built-in in the engine: time and keys come with the command, I/O leaves as an effect.',
      from: inEngine,
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'engine-few-packages',
      severity: 'error',
      comment: `The engine uses ${ENGINE_PACKAGES.join(', ')} and nothing else of npm: each is read against the browser budget. Add one with an ADR in docs/decisions.`,
      from: inEngine,
      to: { path: 'node_modules/', pathNot: npm(...ENGINE_PACKAGES) },
    },
    onlyIn('bpmn', 'bpmn-moddle', 'zeebe-bpmn-moddle'),
    onlyIn('decisions', 'dmn-moddle'),
    onlyIn('forms', 'ajv'),
    onlyIn('time', 'temporal-polyfill'),
    onlyIn('expressions|forms', 're2js'),
    {
      name: 'engine-layers-behaviors',
      severity: 'error',
      comment:
        'elements → behaviors → emit → appliers, downwards only. A behavior that needs an element gets it passed in as a function.',
      from: { path: '^engine/behaviors/', pathNot: TESTS },
      to: { path: '^engine/elements/' },
    },
    {
      name: 'engine-layers-appliers',
      severity: 'error',
      comment:
        'Appliers write what a history event says and decide nothing. Decide in an element or a behavior and emit an event that carries the result.',
      from: { path: '^engine/appliers/', pathNot: TESTS },
      to: { path: '^engine/(elements|behaviors)/' },
    },
    {
      name: 'only-emit-applies',
      severity: 'error',
      comment:
        'Only emit() writes an instance, so that history and state cannot diverge. Call emit(run, event); add the event kind if it is missing.',
      from: {
        path: '^engine/',
        // apply-history replays what emit() once wrote.
        pathNot: ['^engine/appliers/', '^engine/behaviors/emit\\.ts$', '^engine/apply-history\\.ts$', ...TESTS],
      },
      to: { path: '^engine/appliers/' },
    },
    {
      name: 'engine-by-its-door',
      severity: 'error',
      comment:
        "Import from '#engine' or '#engine/testing'. What is missing there is exported in engine/index.ts first.",
      from: { path: '^(server|designer|bench|scripts)/' },
      to: { path: '^engine/', pathNot: '^engine/(testing/)?index\\.ts$' },
    },
    {
      name: 'contract-is-a-leaf',
      severity: 'error',
      comment:
        'The contract is wire shapes and schemas, bundled into the browser. Move the code to the feature; keep the shape here.',
      from: { path: '^server/contract/', pathNot: TESTS },
      to: { pathNot: ['^(server/contract|engine)/', npm('@sinclair/typebox')] },
    },
    {
      name: 'contract-takes-types-of-engine-only',
      severity: 'error',
      comment:
        "Write `import type … from '#engine'`: a value would pull the interpreter into every reader of the contract.",
      from: { path: '^server/contract/', pathNot: TESTS },
      to: { path: '^engine/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'contract-by-its-door',
      severity: 'error',
      comment: "The designer imports '#contract'. Export the shape in server/contract/index.ts first.",
      from: { path: '^designer/' },
      to: { path: '^server/contract/', pathNot: '^server/contract/index\\.ts$' },
    },
    {
      name: 'server-knows-no-designer',
      severity: 'error',
      comment:
        'The server serves the built designer as files. What both need is a shape in #contract or a function of #engine.',
      // The story of the whole product is told in server/test/story: it drives the designer through the server.
      from: { path: '^(server|engine)/', pathNot: '^server/test/story/' },
      to: { path: '^designer/' },
    },
    {
      name: 'feature-store-is-private',
      severity: 'error',
      comment:
        "Use the other feature's service to act, or its read model to look; its store may change without notice.",
      from: { path: '^server/([^/]+)/', pathNot: TESTS },
      to: { path: ['^server/[^/]+/store\\.ts$', '^server/[^/]+/[^/]+-store\\.ts$'], pathNot: '^server/$1/' },
    },
    {
      name: 'worker-knows-no-http-server',
      severity: 'error',
      comment:
        'worker/ and connectors/ run without HTTP, on nodes of their own. Move the route to a feature folder and call the worker from there.',
      from: { path: '^server/(worker|connectors)/', pathNot: TESTS },
      to: { path: npm('express', '@types/express') },
    },
    {
      name: 'designer-knows-no-server',
      severity: 'error',
      comment: "The designer talks to the server over HTTP. Shapes come from '#contract', logic from '#engine'.",
      from: inDesigner,
      to: { path: '^server/', pathNot: '^server/contract/' },
    },
    {
      name: 'designer-runs-in-a-browser',
      severity: 'error',
      comment: 'No Node built-in in the browser bundle: use the web platform or a browser package.',
      from: inDesigner,
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-code-from-strings',
      severity: 'error',
      comment: 'vm is no sandbox and child processes are an attack surface. Use FEEL, a worker thread or a connector.',
      from: { path: '^(engine|server|designer)/', pathNot: TESTS },
      to: { dependencyTypes: ['core'], path: '^(node:)?(vm|child_process)$' },
    },
    {
      name: 'packs-are-data',
      severity: 'error',
      comment:
        'Packs hold no code: read them through server/packs. If a pack needs code, the engine or a connector lacks something.',
      from: {},
      to: { path: '^(processes|forms|templates|registers)/.+\\.[cm]?[jt]sx?$' },
    },
    {
      name: 'product-uses-no-development-package',
      severity: 'error',
      comment: 'The server runs from `npm ci --omit=dev`. Move the package to "dependencies", or the code to a test.',
      // The document worker's loader for sources is not part of a release: dist/ starts render-worker.js directly.
      from: { path: '^(engine|server)/', pathNot: [...TESTS, 'render-worker-from-source[.]mjs$'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'product-uses-no-test',
      severity: 'error',
      comment: 'Tests may go at any time. Move what is shared next to the code it belongs to, or to #engine/testing.',
      from: { path: '^(engine|server|designer)/', pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: 'no-circular',
      severity: 'error',
      comment:
        'Files in a circle can only be read together. Pass a function in, or move what both need into a third file.',
      from: { pathNot: TESTS },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolves',
      severity: 'error',
      comment:
        'The imported file or package does not exist. Inside the repository a relative import carries .ts or .tsx.',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data|node_modules/@types)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
    },
    reporterOptions: { mermaid: { minify: false } },
  },
};
