/**
 * The arrows of the layout (docs/decisions/0001-layout.md): a folder may import what stands at its right.
 * `npm run check` enforces them.
 */
const own = (...names) => `^(${names.join('|')})/`;
const allow = (folder, ...targets) => ({
  name: `${folder.replace(/\W+/g, '-')}-imports`,
  severity: 'error',
  comment: `${folder} may import of ours: ${targets.join(', ') || 'nothing'}.`,
  from: { path: `^${folder}/` },
  to: { path: own('apps', 'packages'), pathNot: own(folder, ...targets) },
});
const onlyIn = (library, ...places) => ({
  name: `only-owner-imports-${library.replace(/\W+/g, '-')}`,
  severity: 'error',
  comment: `${library} is imported in ${places.join(' and ')} alone.`,
  from: { path: own('apps', 'packages'), pathNot: places.map((place) => `^${place}`) },
  to: { path: `node_modules/${library}/` },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    allow(
      'apps/api',
      'packages/services',
      'packages/service-kit',
      'packages/graphql',
      'packages/model',
      'packages/fields',
    ),
    allow(
      'apps/worker',
      'packages/services',
      'packages/service-kit',
      'packages/reconciler',
      'packages/compute',
      'packages/playbook',
      'packages/model',
    ),
    allow('apps/admin', 'packages/services', 'packages/service-kit', 'packages/fields'),
    allow(
      'packages/services',
      'packages/service-kit',
      'packages/graphql',
      'packages/model',
      'packages/fields',
    ),
    allow('packages/service-kit', 'packages/graphql', 'packages/model', 'packages/fields'),
    allow('packages/graphql', 'packages/model', 'packages/fields'),
    allow('packages/model', 'packages/fields'),
    allow('packages/playbook', 'packages/jinja'),
    allow('packages/reconciler', 'packages/model', 'packages/service-kit'),
    allow('packages/compute'),
    allow('packages/jinja'),
    allow('packages/fields'),
    {
      name: 'no-service-imports-another',
      severity: 'error',
      from: { path: '^packages/services/src/([^/]+)/' },
      to: { path: '^packages/services/src/[^/]+/', pathNot: '^packages/services/src/$1/' },
    },
    {
      name: 'browser-half-stays-in-the-browser',
      severity: 'error',
      comment: 'What the browser loads never reaches the ORM, the server or the worker.',
      from: { path: ['^apps/admin/', '^packages/service-kit/src/admin/', 'admin\\.tsx$'] },
      to: {
        path: [
          '^packages/(model|graphql|reconciler|compute|playbook)/',
          '/(model|resolver|server|sync)\\.ts$',
        ],
      },
    },
    onlyIn('ssh2', 'packages/playbook/src/transport/'),
    onlyIn('dockerode', 'packages/compute/src/docker/'),
    onlyIn('bullmq', 'apps/api/src/enqueue', 'apps/worker/src/'),
    onlyIn(
      'react-admin',
      'apps/admin/',
      'packages/service-kit/src/admin/',
      'packages/services/src/[^/]+/admin',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '/dist-types/', '\\.test\\.tsx?$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
