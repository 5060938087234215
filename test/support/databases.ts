import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasProgram } from './programs.ts'
import { freePort } from './free-port.ts'
import { until } from './wait.ts'

/** A server of the test's own, on loopback, with a user `reader` whose password is `geheim` and a database `members`. */
export interface DatabaseServer {
  /** Without the password. */
  readonly url: string
  readonly port: number
  /** Has a superuser carry out statements. */
  run(sql: string): void
  close(): Promise<void>
}

/** Debian keeps PostgreSQL's programs off the PATH, by version. */
const versions = '/usr/lib/postgresql'
const binaries = existsSync(versions) ? join(versions, readdirSync(versions).toSorted().at(-1) ?? '', 'bin') : ''

export const hasPostgres = existsSync(join(binaries, 'initdb')) || hasProgram('initdb')
export const hasMariadb = hasProgram('mariadbd')

export async function startPostgres(): Promise<DatabaseServer> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-postgres-'))
  const data = join(folder, 'data')
  const port = await freePort()
  // It does not work for root.
  const isRoot = process.getuid?.() === 0
  if (isRoot) execFileSync('chown', ['postgres', folder])
  const as = (program: string, args: readonly string[]): [string, string[]] =>
    isRoot
      ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', program, ...args]]
      : [program, [...args]]
  execFileSync(
    ...as(join(binaries, 'initdb'), [
      '-D',
      data,
      '-U',
      'postgres',
      '-E',
      'UTF8',
      '--locale=C',
      '-A',
      'scram-sha-256',
      '--auth-local=trust',
      '-N',
    ]),
    { stdio: 'ignore', cwd: folder },
  )
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${folder}`, 'fsync=off']
  const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])]
  const server = spawn(...as(join(binaries, 'postgres'), args), { stdio: 'ignore', cwd: folder })
  const ask = (database: string, sql: string) =>
    execFileSync('psql', ['-h', folder, '-p', String(port), '-U', 'postgres', '-q', '-d', database, '-c', sql], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  await until('PostgreSQL answers', () => answers(() => ask('postgres', 'select 1')))
  ask('postgres', "create role reader login password 'geheim'")
  ask('postgres', 'create database members owner reader')
  return {
    url: `postgres://reader@127.0.0.1:${port}/members`,
    port,
    run: (sql) => void ask('members', sql),
    close: () => end(server, folder),
  }
}

export async function startMariadb(): Promise<DatabaseServer> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-mariadb-'))
  const [data, socket] = [join(folder, 'data'), join(folder, 'socket')]
  const port = await freePort()
  mkdirSync(data)
  const user = process.getuid?.() === 0 ? ['--user=root'] : []
  execFileSync(
    'mariadb-install-db',
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...user],
    { stdio: 'ignore' },
  )
  const server = spawn(
    'mariadbd',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${socket}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--pid-file=${folder}/pid`,
      ...user,
    ],
    { stdio: 'ignore' },
  )
  const ask = (sql: string) =>
    execFileSync(
      'mariadb',
      ['--no-defaults', `--socket=${socket}`, '-uroot', '--default-character-set=utf8mb4', '-e', sql],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    )
  await until('MariaDB answers', () => answers(() => ask('select 1')))
  ask(
    "create database members character set utf8mb4; create user reader@'%' identified by 'geheim'; grant all on members.* to reader@'%'",
  )
  return {
    url: `mysql://reader@127.0.0.1:${port}/members`,
    port,
    run: (sql) => void ask(`use members; ${sql}`),
    close: () => end(server, folder),
  }
}

function answers(ask: () => unknown): Promise<boolean> {
  try {
    ask()
    return Promise.resolve(true)
  } catch {
    return Promise.resolve(false)
  }
}

async function end(server: ChildProcess, folder: string): Promise<void> {
  const ended = once(server, 'exit')
  server.kill('SIGQUIT')
  const tooLong = setTimeout(() => server.kill('SIGKILL'), 10_000)
  await ended
  clearTimeout(tooLong)
  rmSync(folder, { recursive: true, force: true })
}
