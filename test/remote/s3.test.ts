import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { type Remote, openRemote } from '../../src/remote/remote.ts'
import { temporaryFolder } from '../support/cli.ts'
import { until } from '../support/wait.ts'
import { accessOf } from './access.ts'
import { startCuttingProxy } from './cutting-proxy.ts'
import { S3_ACCOUNT, type S3Server, startS3Server } from './s3-server.ts'

const SIGNAL = new AbortController().signal
const ROWS = Buffer.from(Array.from({ length: 100_000 }, (_, at) => `M-${at},Name ${at}\n`).join(''))

let server: S3Server
beforeAll(async () => {
  server = await startS3Server()
})
afterAll(() => server.close())

let folder: string
beforeEach(() => {
  folder = temporaryFolder()
  // Neither the machine's own account nor its role may help.
  useEnvironment({
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
  })
})

describe('a file in an S3 store', () => {
  test('is written, found, fetched and moved', async () => {
    const remote = open()
    const path = write('members 100%.csv', 'a,b\n1,2\n')
    await remote.put(path, 's3://files/in/members 100%.csv', SIGNAL)
    await remote.put(path, 's3://files/in/other.txt', SIGNAL)
    await remote.put(path, 's3://files/in/done/members 1.csv', SIGNAL)

    const [file, ...others] = await remote.list('s3://files/in/members*.csv', SIGNAL)

    expect(others).toEqual([])
    expect(file).toMatchObject({ address: 's3://files/in/members 100%.csv', name: 'members 100%.csv', bytes: 8 })
    expect(Math.abs((file?.changedAt ?? 0) - Date.now())).toBeLessThan(600_000)
    expect(await remote.look('s3://files/in/members 100%.csv', SIGNAL)).toEqual(file)
    if (file === undefined) return
    expect(await remote.fetch(file.address, join(folder, 'copy'), SIGNAL)).toEqual(file)
    expect(readFileSync(join(folder, 'copy'), 'utf8')).toBe('a,b\n1,2\n')
    expect(statSync(join(folder, 'copy')).mode & 0o777).toBe(0o600)

    await remote.move(file, 's3://files/in/done/members+2.csv', SIGNAL)

    expect(await remote.look(file.address, SIGNAL)).toBeUndefined()
    expect((await remote.list('s3://files/in/done/', SIGNAL)).map(({ name }) => name)).toEqual([
      'members 1.csv',
      'members+2.csv',
    ])
    expect((await remote.list('s3://files/in/', SIGNAL)).map(({ name }) => name)).toEqual(['other.txt'])
  })

  test('goes on where it was when the transfer breaks', async () => {
    await open().put(write('big.csv', ROWS), 's3://files/big.csv', SIGNAL)
    const proxy = await startCuttingProxy(server.port)
    onTestFinished(() => proxy.close())
    const remote = open({ AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${proxy.port}` })
    proxy.cutAfter = 600_000

    await remote.fetch('s3://files/big.csv', join(folder, 'copy'), SIGNAL)

    expect(readFileSync(join(folder, 'copy')).equals(ROWS)).toBe(true)
    expect(proxy.cuts()).toBeGreaterThanOrEqual(2)
  })

  test('that changes in between is refused, and nothing of it is kept', async () => {
    const direct = open()
    await direct.put(write('big.csv', ROWS), 's3://files/changing.csv', SIGNAL)
    const proxy = await startCuttingProxy(server.port)
    onTestFinished(() => proxy.close())
    const remote = open({ AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${proxy.port}` }, 200)
    proxy.cutAfter = 600_000
    const fetched = remote.fetch('s3://files/changing.csv', join(folder, 'copy'), SIGNAL)
    const refused = fetched.catch(String)
    await until('the connection was cut', () => proxy.cuts() > 0)
    await direct.put(write('new.csv', Buffer.concat([ROWS, ROWS])), 's3://files/changing.csv', SIGNAL)

    expect(await refused).toContain('s3://files/changing.csv changed while it was being read')
    expect(readdirSync(folder)).not.toContain('copy')
    expect(readdirSync(folder)).not.toContain('copy.part')
  })

  test('that was replaced since is not moved away', async () => {
    const remote = open()
    await remote.put(write('one.csv', 'one'), 's3://files/replaced.csv', SIGNAL)
    const file = await remote.fetch('s3://files/replaced.csv', join(folder, 'copy'), SIGNAL)
    await remote.put(write('two.csv', 'two'), 's3://files/replaced.csv', SIGNAL)

    await expect(remote.move(file, 's3://files/done/replaced.csv', SIGNAL)).rejects.toThrow('changed')
    expect(await remote.look('s3://files/done/replaced.csv', SIGNAL)).toBeUndefined()
  })

  test('of many megabytes is written in parts, and is the same', async () => {
    const remote = open()
    const content = Buffer.concat(Array.from({ length: 7 }, () => ROWS))
    await remote.put(write('large.csv', content), 's3://files/large.csv', SIGNAL)

    const file = await remote.fetch('s3://files/large.csv', join(folder, 'copy'), SIGNAL)

    // The ETag of an object in parts tells their number.
    expect(file.version).toMatch(/-\d+"$/)
    expect(readFileSync(join(folder, 'copy')).equals(content)).toBe(true)
    await remote.move(file, 's3://files/done/large.csv', SIGNAL)
    expect(await remote.look('s3://files/done/large.csv', SIGNAL)).toMatchObject({ bytes: content.length })
  })
})

describe('who we are in an S3 store', () => {
  test('comes from a profile in the ~/.aws files, as does the endpoint', async () => {
    write(
      'credentials',
      `[nightly]\naws_access_key_id = ${S3_ACCOUNT.key}\naws_secret_access_key = ${S3_ACCOUNT.secret}\n`,
    )
    write('config', `[profile nightly]\nregion = eu-west-1\nendpoint_url = ${server.url}\n`)
    const remote = open({
      AWS_PROFILE: 'nightly',
      AWS_ENDPOINT_URL_S3: '',
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
    })

    await remote.put(write('one.csv', 'one'), 's3://files/profile.csv', SIGNAL)

    expect(await remote.look('s3://files/profile.csv', SIGNAL)).toMatchObject({ bytes: 3 })
  })

  test.for<[string, Record<string, string>, string, string]>([
    ['a wrong secret', { AWS_SECRET_ACCESS_KEY: 'wr0ng' }, 's3://files/x', 'Check the credentials'],
    ['an unknown key', { AWS_ACCESS_KEY_ID: 'wr0ng' }, 's3://files/x', 'Check the credentials'],
    ['no credentials', { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }, 's3://files/x', 'Set AWS_ACCESS_KEY_ID'],
    ['no such bucket', {}, 's3://other/x', 'Check the name of the bucket'],
    ['no such file', {}, 's3://files/not-there', 'Check the address'],
    ['plain http elsewhere', { AWS_ENDPOINT_URL_S3: 'http://s3.example.org' }, 's3://files/x', 'use https'],
    ['no region', { AWS_ENDPOINT_URL_S3: '', AWS_REGION: '' }, 's3://files/x', 'Set AWS_REGION'],
  ])('%s is told without secrets', async ([, environment, address, hint]) => {
    const failed = await open(environment).fetch(address, join(folder, 'copy'), SIGNAL).catch(String)

    expect(failed).toContain(hint)
    expect(failed).not.toContain('wr0ng')
    expect(readdirSync(folder)).toEqual([])
  })

  test('a store that does not answer is told after a few tries', async () => {
    const proxy = await startCuttingProxy(server.port)
    await proxy.close()

    await expect(
      open({ AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${proxy.port}` }).look('s3://files/x', SIGNAL),
    ).rejects.toThrow('s3://files/x: the store does not answer (ECONNREFUSED). Try again later.')
  })
})

function open(environment: Record<string, string> = {}, backoffMs = 1): Remote {
  const { key, secret } = S3_ACCOUNT
  useEnvironment({
    AWS_ENDPOINT_URL_S3: server.url,
    AWS_ACCESS_KEY_ID: key,
    AWS_SECRET_ACCESS_KEY: secret,
    ...environment,
  })
  const remote = openRemote({ access: accessOf(folder), backoffMs })
  onTestFinished(() => remote.close())
  return remote
}

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function useEnvironment(environment: Record<string, string>): void {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value === '' ? undefined : value)
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
}
