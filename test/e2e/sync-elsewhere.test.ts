import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, describe, expect, test } from 'vitest'
import { encrypt } from '../openpgp/encrypt.ts'
import { made } from '../openpgp/made.ts'
import { startCuttingProxy } from '../remote/cutting-proxy.ts'
import { startFileServer } from '../remote/file-server.ts'
import { S3_ACCOUNT, startS3Server } from '../remote/s3-server.ts'
import { startSftpServer } from '../remote/sftp-server.ts'
import { type Finished, type Place, run, start, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { hasProgram } from '../support/programs.ts'
import { type Trial, startTrial } from '../support/trial.ts'
import { until } from '../support/wait.ts'

describe.skipIf(!hasProgram('/usr/sbin/sshd'))(
  'a sync of an inbox on an sftp server, with its reports in an S3 store',
  () => {
    test('imports what is whole, puts it away there, and goes by what the sender does meanwhile', async (context) => {
      const { where, simulator } = await prepare(context)
      const server = await startSftpServer()
      context.onTestFinished(() => server.close())
      const store = await startS3Server()
      context.onTestFinished(() => store.close())
      const inbox = join(server.folder, 'in')
      mkdirSync(inbox)
      const there = () => readdirSync(inbox, { recursive: true }).map(String).toSorted()
      const knownHosts = write(where, 'known_hosts', server.knownHostsLine(server.port))
      const sync = writeSync(where, {
        source: `sftp://${server.user}@127.0.0.1:${server.port}${inbox}/members-*.csv`,
        ready: '{ marker: .ok }',
        reports: 's3://files/reports',
      })
      const env = {
        ...storeEnvironment(store.url),
        ROLLCALL_SFTP_KEY: server.key,
        ROLLCALL_SFTP_KNOWN_HOSTS: knownHosts,
      }
      const night = (...args: string[]) =>
        run({ ...where, env: { ...where.env, ...env } }, ['sync', 'run', sync, ...args])
      writeFileSync(join(inbox, 'members-1.csv'), membersCsv(20))
      writeFileSync(join(inbox, 'members-1.csv.ok'), '')
      writeFileSync(join(inbox, 'members-2.csv'), membersCsv(9))

      const first = await night()

      expect(first.status, first.stderr).toBe(0)
      expect(simulator.stats().registrations).toBe(20)
      const [report = ''] = store.keys()
      const id = report.split('/')[1] ?? ''
      expect(there()).toEqual(
        ['done', `done/${id}.members-1.csv`, `done/${id}.members-1.csv.ok`, 'members-2.csv'].toSorted(),
      )
      expect(readFileSync(join(inbox, 'done', `${id}.members-1.csv`), 'utf8')).toBe(membersCsv(20))
      expect(store.keys()).toEqual(
        ['report.html', 'results.csv', 'rejects.csv', 'summary.json', 'gone.csv']
          .map((name) => `reports/${id}/${name}`)
          .toSorted(),
      )
      expect(store.get(`reports/${id}/results.csv`)).toEqual(readFileSync(join(where.home, 'runs', id, 'results.csv')))

      // The second file has no marker: it is not whole. Then it is, but half of the members are gone: a guard trips.
      const second = await night()
      expect(second.stderr).toContain(
        `No file waits in sftp://${server.user}@127.0.0.1:${server.port}${inbox}/members-*.csv`,
      )
      writeFileSync(join(inbox, 'members-2.csv.ok'), '')
      const third = await night()
      expect(third.status, third.stderr).toBe(4)
      expect(there()).toContain('members-2.csv')

      // The sender mends it in its place.
      writeFileSync(join(inbox, 'members-2.csv'), membersCsv(21))
      const fourth = await night()
      expect(fourth.status, fourth.stderr).toBe(0)
      expect(simulator.stats().registrations).toBe(21)
      expect(there().filter((name) => !name.startsWith('done'))).toEqual([])

      // What is taken away there is not imported from the copy here.
      writeFileSync(join(inbox, 'members-3.csv'), membersCsv(2))
      writeFileSync(join(inbox, 'members-3.csv.ok'), '')
      expect((await night()).status).toBe(4)
      rmSync(join(inbox, 'members-3.csv'))
      const last = await night('--force')
      expect(last.stderr).toContain('No file waits in sftp://')
      expect(simulator.stats().registrations).toBe(21)
    })
  },
)

test('a sync of an inbox in an S3 store puts away later what it could not put away at once, and imports it once', async (context) => {
  const { where, simulator } = await prepare(context, 30)
  const store = await startS3Server()
  const proxy = await startCuttingProxy(store.port)
  context.onTestFinished(async () => {
    await proxy.close()
    await store.close()
  })
  const sync = writeSync(where, { source: 's3://files/in/', ready: 'renamed' })
  const there = { ...where, env: { ...where.env, ...storeEnvironment(`http://127.0.0.1:${proxy.port}`) } }
  store.put('in/members.csv', membersCsv(40))
  const syncing = start(there, ['sync', 'run', sync])
  await until('some rows', () => simulator.stats().registrations > 3)
  proxy.isDown = true

  const first = await syncing.finished

  expect(first.status).toBe(2)
  expect(first.stderr).toContain('s3://files/in/members.csv: the store does not answer')
  expect(simulator.stats().registrations).toBe(40)
  proxy.isDown = false
  const second = await run(there, ['sync', 'run', sync])
  expect(second.status, second.stderr).toBe(0)
  expect(store.keys()).toEqual([expect.stringMatching(/^in\/done\/[\d-]+-members-\w+\.members\.csv$/)])
  expect(simulator.stats().lanes).toMatchObject({ register: { arrivals: 40 } })
})

test('a sync of a file on a web server imports each version of it once, encrypted or not', async (context) => {
  const { where, simulator } = await prepare(context)
  const server = await startFileServer(Buffer.from(membersCsv(5)))
  context.onTestFinished(() => server.close())
  const sync = writeSync(where, { source: `${server.url}/members.csv?key=s3cret` })
  const env = { ...where.env, ROLLCALL_PGP_KEY: made('key.asc'), ROLLCALL_PGP_PASSPHRASE: 'correct horse' }
  const nights: Finished[] = []
  const night = async () => nights.push(await run({ ...where, env }, ['sync', 'run', sync]))

  const dry = await run({ ...where, env }, ['sync', 'run', sync, '--dry-run'])
  expect([dry.status, dry.stderr]).toEqual([2, expect.stringContaining('--dry-run fetches nothing')])
  const checked = await run({ ...where, env }, ['check', `${server.url}/members.csv`, '--plan', 'members.plan.yaml'])
  expect(checked.status, checked.stderr).toBe(0)
  await night()
  write(where, 'members.csv', membersCsv(6))
  const here = write(where, 'here.yaml', `name: nightly\nplan: members.plan.yaml\nsource: .\nready: renamed\n`)
  const compared = await run({ ...where, env }, ['sync', 'run', here, '--dry-run'])
  expect(compared.stdout).toContain('members.csv: 6 rows: 1 new, 0 changed, 5 unchanged; 0 gone.')
  await night()
  server.content = await encrypt(membersCsv(6))
  await night()

  expect(
    nights.map(({ status }) => status),
    nights.map(({ stderr }) => stderr).join(''),
  ).toEqual([0, 0, 0])
  expect(nights[1]?.stderr).toContain(`No file waits in ${server.url}/members.csv.`)
  expect(simulator.stats().registrations).toBe(6)
  expect([dry, ...nights].map(({ stdout, stderr }) => stdout + stderr).join('')).not.toMatch(/s3cret|correct horse/)
})

async function prepare(context: TestContext, latencyMs = 0): Promise<Trial> {
  const trial = await startTrial(context, latencyMs)
  const { where } = trial
  write(where, 'members.plan.yaml', membersPlan)
  return trial
}

function writeSync(where: Place, keys: Readonly<Record<string, string>>): string {
  const lines = Object.entries(keys).map(([key, value]) => `${key}: ${value}\n`)
  return write(where, 'nightly.yaml', `plan: members.plan.yaml\nno_file: fine\n${lines.join('')}`)
}

function storeEnvironment(url: string): Record<string, string> {
  const { key, secret } = S3_ACCOUNT
  return { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret, AWS_CONFIG_FILE: '/nowhere' }
}
