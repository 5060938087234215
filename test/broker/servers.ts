import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import type { TestContext } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { until } from '../support/wait.ts'

type Later = TestContext['onTestFinished']

export interface Server {
  readonly port: number
  start(): Promise<void>
  /** Ends it with `kill -9`. */
  kill(): Promise<void>
  /** SIGSTOP makes it silent: its connections stay, and nothing comes over them. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void
}

/** A redis-server with these settings and a folder of its own, up to the end of the test. */
export async function startServer(later: Later, settings: readonly string[], mode: readonly string[] = []) {
  const [port, folder] = [await freePort(), mkdtempSync(join(tmpdir(), 'rollcall-redis-'))]
  const config = join(folder, 'redis.conf')
  const tls = settings.some((line) => line.startsWith('tls-'))
  writeFileSync(
    config,
    [tls ? `port 0\ntls-port ${port}` : `port ${port}`, 'bind 127.0.0.1', `dir ${folder}`, ...settings, ''].join('\n'),
  )
  let end: (() => Promise<void>) | undefined
  let running: ChildProcess | undefined
  const server: Server = {
    port,
    signal: (name) => void running?.kill(name),
    async start() {
      const child = (running = spawn('redis-server', [config, ...mode], { stdio: 'ignore' }))
      const ended = once(child, 'exit')
      end = async () => {
        child.kill('SIGKILL')
        await ended
      }
      await until(`redis-server on port ${port}`, () => listens(port))
    },
    async kill() {
      await end?.()
    },
  }
  later(async () => {
    await server.kill()
    rmSync(folder, { recursive: true, force: true })
  })
  await server.start()
  return server
}

const NOTHING_ON_DISK = ['save ""', 'appendonly no']

export interface SentinelSetUp {
  readonly url: string
  readonly master: Server
}

/** How servers are spoken to. */
export interface Access {
  readonly password?: string
  readonly tls?: ReturnType<typeof makeCertificates>
}

function settingsFor({ password, tls }: Access): readonly string[] {
  return [
    ...(password === undefined ? [] : [`requirepass ${password}`, `masterauth ${password}`]),
    ...(tls === undefined ? [] : [...tlsSettings(tls), 'tls-replication yes', 'tls-cluster yes']),
  ]
}

export function tlsSettings({ authority, certificate, key }: NonNullable<Access['tls']>): readonly string[] {
  return ['tls-auth-clients no', `tls-ca-cert-file ${authority}`, `tls-cert-file ${certificate}`, `tls-key-file ${key}`]
}

/** A master and its replica, and a Sentinel that has seen both, each with its password. */
export async function startSentinel(
  later: Later,
  access: Access = {},
  sentinelPassword?: string,
): Promise<SentinelSetUp> {
  const fast = [...NOTHING_ON_DISK, 'repl-diskless-sync-delay 0', 'repl-ping-replica-period 1', ...settingsFor(access)]
  const master = await startServer(later, fast)
  await startServer(later, [...fast, `replicaof 127.0.0.1 ${master.port}`])
  const sentinel = await startServer(
    later,
    [
      `sentinel monitor members 127.0.0.1 ${master.port} 1`,
      ...(access.password === undefined ? [] : [`sentinel auth-pass members ${access.password}`]),
      ...settingsFor({ tls: access.tls }),
      ...(sentinelPassword === undefined ? [] : [`requirepass ${sentinelPassword}`]),
      'sentinel down-after-milliseconds members 1000',
      'sentinel failover-timeout members 5000',
    ],
    ['--sentinel'],
  )
  await until('the Sentinel has a replica to promote', async () => {
    const [replicas] = await ask(sentinel.port, [['sentinel', 'replicas', 'members']], {
      password: sentinelPassword,
      tls: access.tls,
    })
    return JSON.stringify(replicas).includes('"master-link-status","ok"')
  })
  // The first Sentinel that is named does not answer: the next one is asked.
  const hosts = `127.0.0.1:${await freePort()},127.0.0.1:${sentinel.port}`
  const query = sentinelPassword === undefined ? '' : `?sentinel=:${sentinelPassword}`
  return { url: `${beginning('sentinel', access)}${hosts}/members${query}`, master }
}

export interface ClusterSetUp {
  readonly url: string
  readonly nodes: readonly Server[]
  /** The keys of each node. */
  keys(): Promise<string[][]>
  /** The node that has the key. */
  nodeOf(key: string): Promise<Server>
  /** Starts a replica of that node, and waits until it may take its place. */
  addReplica(master: Server): Promise<void>
}

/** Three nodes with a third of the slots each. */
export async function startCluster(later: Later, access: Access = {}): Promise<ClusterSetUp> {
  const nodes = await Promise.all([0, 1, 2].map(() => startNode(later, access)))
  const slots = [
    [0, 5_460],
    [5_461, 10_922],
    [10_923, 16_383],
  ]
  const [seed] = nodes
  for (const [at, node] of nodes.entries()) {
    await ask(
      node.port,
      [
        ['cluster', 'set-config-epoch', at + 1],
        ['cluster', 'addslotsrange', ...(slots[at] ?? [])],
        ...(node === seed || seed === undefined ? [] : [['cluster', 'meet', '127.0.0.1', seed.port, seed.busPort]]),
      ],
      access,
    )
  }
  await until('all nodes know the whole Cluster', async () => {
    const infos = await Promise.all(nodes.map(({ port }) => ask(port, [['cluster', 'info']], access)))
    return infos.every(([info]) => /state:ok[^]*known_nodes:3/.test(String(info)))
  })
  const keys = () => Promise.all(nodes.map(async ({ port }) => strings((await ask(port, [['keys', '*']], access))[0])))
  return {
    url: `${beginning('cluster', access)}${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    nodes,
    keys,
    async nodeOf(key) {
      const all = await keys()
      const node = nodes.find((_, at) => all[at]?.includes(key))
      if (node === undefined) throw new Error(`no node has ${key}`)
      return node
    },
    async addReplica(master) {
      const replica = await startNode(later, access)
      const [id] = await ask(master.port, [['cluster', 'myid']], access)
      await ask(replica.port, [['cluster', 'meet', '127.0.0.1', seed?.port ?? 0, seed?.busPort ?? 0]], access)
      await until('the replica knows its master', async () => {
        const [known] = await ask(replica.port, [['cluster', 'nodes']], access)
        return String(known).includes(String(id))
      })
      await ask(replica.port, [['cluster', 'replicate', String(id)]], access)
      await until('the replica has what its master has, and the others know it', async () => {
        const [info] = await ask(replica.port, [['info', 'replication']], access)
        const known = await Promise.all(nodes.map(({ port }) => ask(port, [['cluster', 'nodes']], access)))
        return (
          String(info).includes('master_link_status:up') &&
          known.every(([text]) => new RegExp(`:${replica.port}@.* slave ${String(id)}`).test(String(text)))
        )
      })
    },
  }
}

function beginning(form: string, { password, tls }: Access): string {
  return `redis${tls === undefined ? '' : 's'}+${form}://${password === undefined ? '' : `:${password}@`}`
}

async function startNode(later: Later, access: Access): Promise<Server & { readonly busPort: number }> {
  const busPort = await freePort()
  const node = await startServer(later, [
    ...NOTHING_ON_DISK,
    ...settingsFor(access),
    'cluster-enabled yes',
    `cluster-port ${busPort}`,
    'cluster-node-timeout 1500',
    'repl-diskless-sync-delay 0',
  ])
  return { ...node, busPort }
}

function strings(answer: unknown): string[] {
  return Array.isArray(answer) ? answer.map(String) : []
}

/** Sends commands to one server, and gives its answers. */
export async function ask(
  port: number,
  commands: readonly (readonly (string | number)[])[],
  { password, tls }: Access = {},
): Promise<unknown[]> {
  const trust = tls === undefined ? {} : { tls: { ca: readFileSync(tls.authority) } }
  const client = new Redis({ port, host: '127.0.0.1', enableReadyCheck: false, password, ...trust })
  client.on('error', () => {})
  try {
    const answers: unknown[] = []
    for (const [name, ...args] of commands) answers.push(await client.call(String(name), ...args))
    return answers
  } finally {
    client.disconnect()
  }
}

/** A certificate for 127.0.0.1 and names of example.test, and the authority that signed it: which no machine trusts by itself. */
export function makeCertificates(folder: string) {
  const file = (name: string) => join(folder, name)
  const key = (name: string) => [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    file(name),
  ]
  openssl('req', '-x509', ...key('ca.key'), '-out', file('ca.crt'), '-days', '2', '-subj', '/CN=rollcall test')
  openssl('req', ...key('redis.key'), '-out', file('redis.csr'), '-subj', '/CN=redis')
  writeFileSync(file('names'), 'subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:*.example.test')
  const signed = ['-CA', file('ca.crt'), '-CAkey', file('ca.key'), '-CAcreateserial', '-extfile', file('names')]
  openssl('x509', '-req', '-in', file('redis.csr'), '-out', file('redis.crt'), '-days', '2', ...signed)
  return { authority: file('ca.crt'), certificate: file('redis.crt'), key: file('redis.key') }
}

function openssl(...args: string[]): void {
  const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`)
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
