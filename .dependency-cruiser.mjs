// The import rules of docs/architecture.md.

/** Files below `from` may not import anything that matches `to`, except what matches `except`. */
function never(name, comment, from, to, except) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: from, pathNot: '\\.test\\.tsx?$|/test-[^/]+\\.ts$' },
    to: { path: to, ...(except && { pathNot: except }) },
  };
}

/** Folders of the project; what is not in the list (packages, Node.js) is not covered by a rule that uses it. */
const ours = '^(app|bench|components|console|core|e2e|examples|prisma|processes|runtimes|scripts|worker)/';

export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two modules that need each other are one module, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      comment:
        'Every import leads somewhere. Examples bring their own packages, installed when they are packed.',
      severity: 'error',
      from: { path: ours, pathNot: '^examples/' },
      to: { couldNotResolve: true, pathNot: 'prisma/generated|^data:' },
    },
    never(
      'console-is-a-client',
      'Pages and components know the worker only through its API.',
      '^(app|components|console)/',
      ours,
      '^(app|components|console)/|^core/limits\\.ts$|^processes/control-channel\\.ts$',
    ),
    never('components-below-app', 'Components do not know the screens.', '^components/', '^app/'),
    never(
      'primitives-at-the-bottom',
      'Primitives know only each other.',
      '^components/ui/',
      '^components/(?!ui/)',
    ),
    never('console-server-is-thin', 'The console server knows no screen.', '^console/', '^(app|components)/'),
    never(
      'core-is-alone',
      'The control plane knows neither HTTP nor React nor its callers.',
      '^core/',
      `${ours}|^(node:)?https?$|^next|node_modules/(next|react|fastify)/`,
      '^core/|^prisma/generated/',
    ),
    never(
      'api-uses-the-engine-through-its-door',
      'The API sees the data plane through engine.ts only, telemetry through telemetry.ts and its errors.',
      '^worker/api/',
      '^worker/|^(app|components|console|scripts|runtimes)/',
      '^worker/api/|^worker/engine/engine\\.ts$|^worker/telemetry/(telemetry|aws-fault)\\.ts$|^worker/env\\.ts$',
    ),
    never(
      'engine-is-alone',
      'The data plane knows no database, no protocol, and of the control plane only facts.',
      '^worker/engine/',
      `${ours}|node_modules/(@prisma|fastify)/`,
      '^worker/engine/|^core/(errors|limits|clock)\\.ts$|^core/functions/executable-function\\.ts$',
    ),
    never(
      'telemetry-calls-nobody',
      'Everybody hands records to telemetry; of others it knows shapes and how to check input.',
      '^worker/telemetry/',
      `${ours}|node_modules/(@prisma|fastify)/`,
      '^worker/telemetry/|^worker/engine/telemetry\\.ts$|^core/(caller|errors|model|validation)\\.ts$|^core/functions/executable-function\\.ts$',
    ),
    never(
      'runtimes-are-alone',
      'What runs in the sandbox brings nothing along.',
      '^runtimes/',
      `${ours}|node_modules/`,
      '^runtimes/',
    ),
    never(
      'black-box',
      'Tests and benchmarks from outside use what a client can use.',
      '^(e2e|bench|examples)/',
      ours,
      '^(e2e|bench|examples)/|^scripts/examples/',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules/.*/node_modules|\\.next|test-results|prisma/generated)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
