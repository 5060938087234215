/**
 * Who may import whom (docs/design.md, "Rooms"). One line a room; what is not named here is forbidden.
 * `shared` imports nothing of ours and is open to all.
 */
const shared = ['src/model.ts', 'src/file-lock.ts', 'src/words.ts', 'src/version.ts', 'src/typed-commands.ts', 'src/disk-error.ts', 'src/outside', 'src/proxy']

const rooms = {
  'src/source': [],
  'src/plan': ['src/lanes/lane.ts', 'src/lanes/lanes.ts'],
  'src/capillary': [],
  'src/lanes': ['src/capillary', 'src/plan'],
  'src/broker': [],
  'src/pace': ['src/broker'],
  workers: ['src/lanes', 'src/capillary', 'src/broker', 'src/pace'],
  'src/ledger': [],
  'src/report': ['src/lanes', 'src/ledger'],
  'src/run': ['src/lanes', 'src/source', 'src/plan', 'src/broker', 'src/ledger', 'src/report'],
  'src/notify': [],
  'src/sync': ['src/notify/notification.ts', 'src/lanes', 'src/plan', 'src/remote'],
  'src/init': ['src/plan'],
  'src/check': ['src/lanes', 'src/plan'],
  'src/simulator': [],
  'src/remote': [],
  'src/openpgp': [],
  'src/app': [
    'src/source',
    'src/plan',
    'src/lanes',
    'src/capillary',
    'src/broker',
    'src/pace',
    'workers',
    'src/ledger',
    'src/report',
    'src/run',
    'src/check',
    'src/init',
    'src/notify',
    'src/remote',
    'src/openpgp',
    'src/sync',
  ],
  'src/telemetry': ['src/app'],
  'src/console/page': [],
  'src/console': ['src/app', 'src/telemetry'],
  'src/cli': [
    'src/app',
    'src/console',
    'src/telemetry',
    'src/lanes/lanes.ts',
    'src/lanes/regions.ts',
    'src/pace/pacer.ts',
    'src/report',
    'src/simulator',
  ],
}

/** Which rooms may touch an outside package. One line a package. */
const packages = {
  'csv-parse': ['src/source'],
  '@exodus/bytes': ['src/source'],
  'unbzip2-stream': ['src/source'],
  yauzl: ['src/source'],
  saxes: ['src/source'],
  '@e965/xlsx': ['src/source'],
  avsc: ['src/source'],
  hyparquet: ['src/source'],
  yaml: ['src/plan'],
  zod: ['src/plan', 'src/lanes', 'src/sync', 'src/console'],
  hono: ['src/console'],
  '@hono/node-server': ['src/console'],
  '@fastify/busboy': ['src/console'],
  preact: ['src/console/page'],
  uplot: ['src/console/page'],
  codemirror: ['src/console/page'],
  '@codemirror': ['src/console/page'],
  'libphonenumber-js': ['src/plan'],
  got: ['src/capillary', 'src/notify', 'src/remote'],
  bullmq: ['src/broker', 'workers', 'src/sync'],
  ioredis: ['src/broker', 'src/pace'],
  '@electric-sql/pglite': ['src/broker'],
  bottleneck: ['src/pace'],
  '@aws-sdk/client-s3': ['src/remote'],
  '@aws-sdk/lib-storage': ['src/remote'],
  ssh2: ['src/remote'],
  openpgp: ['src/openpgp'],
  '@opentelemetry': ['src/telemetry'],
  commander: ['src/cli'],
  '@bomb.sh/tab': ['src/cli'],
  pino: ['src/cli'],
  yazl: ['src/report'],
  'hyparquet-writer': ['src/report'],
  nodemailer: ['src/notify'],
}

const below = (path) => (path.endsWith('.ts') ? `^${path}$` : `^${path}/`).replaceAll('.', String.raw`\.`)
const anyOf = (paths) => paths.map(below).join('|')

module.exports = {
  forbidden: [
    ...Object.entries(rooms).map(([room, others]) => ({
      name: `${room.replaceAll('/', '-')}-imports-only-${others.length === 0 ? 'itself' : 'what-its-room-may'}`,
      severity: 'error',
      from: { path: below(room) },
      to: { path: '^(src|workers|test|bench)/', pathNot: anyOf([room, ...others, ...shared]) },
    })),
    ...Object.entries(packages).map(([name, users]) => ({
      name: `only-${users.join('-and-').replaceAll('/', '-')}-may-use-${name}`,
      severity: 'error',
      from: { path: '^(src|workers)/', pathNot: anyOf(users) },
      to: { path: `^node_modules/${name}/` },
    })),
    {
      name: 'a-lane-knows-no-other-lane',
      severity: 'error',
      from: { path: '^src/lanes/([^/]+)/' },
      // What the lanes of partner programs share knows none of them either.
      to: { path: '^src/lanes/[^/]+/', pathNot: '^src/lanes/($1|partner)/' },
    },
    {
      name: 'a-lane-knows-neither-the-list-nor-the-whole-plan',
      severity: 'error',
      from: { path: '^src/lanes/[^/]+/' },
      to: { path: '^src/(lanes/(lanes|catalogue|default-limit)|plan/(load|compile)-plan)[.]ts$' },
    },
    {
      name: 'only-the-list-names-lanes',
      severity: 'error',
      from: { path: '^(src|workers)/', pathNot: '^src/lanes/' },
      to: { path: '^src/lanes/[^/]+/' },
    },
    {
      name: 'shared-files-import-nothing-of-ours',
      severity: 'error',
      from: { path: anyOf(shared) },
      to: { path: '^(src|workers)/', pathNot: anyOf(shared) },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, path: '^(src|workers)/' }, to: {} },
    {
      name: 'the-product-needs-no-dev-dependency',
      severity: 'error',
      from: { path: '^(src|workers)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['node', 'import', 'types'] },
  },
}
