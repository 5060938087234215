import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, describe, expect, test } from 'vitest'
import { makeCertificates } from '../broker/servers.ts'
import { encrypt } from '../openpgp/encrypt.ts'
import { made } from '../openpgp/made.ts'
import { type Manners, startFileServer } from '../remote/file-server.ts'
import { startPasswordServer } from '../remote/password-server.ts'
import { S3_ACCOUNT, type S3Server, startS3Server } from '../remote/s3-server.ts'
import { type Place, latestRun, readReport, readSummary, run, start, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { hasProgram } from '../support/programs.ts'
import { type Trial, startTrial } from '../support/trial.ts'
import { until } from '../support/wait.ts'

const IMPORT = ['--plan', 'plan.yaml']
const PGP = { ROLLCALL_PGP_KEY: made('key.asc'), ROLLCALL_PGP_PASSPHRASE: 'correct horse' }

describe('a file in an S3 store', () => {
  test('is imported, and the run keeps what it needs to go on without the store', async (context) => {
    const { where, simulator } = await prepare(context, 40)
    const store = await startS3Server()
    let isUp = true
    context.onTestFinished(() => (isUp ? store.close() : undefined))
    const onStore = { ...where, env: { ...where.env, ...storeEnvironment(where, store) } }
    store.put('in/members.csv', membersCsv(60))
    const importing = start(onStore, ['import', 's3://files/in/members.csv', ...IMPORT])
    await until('some rows', () => simulator.stats().registrations > 5)
    importing.child.kill('SIGINT')
    expect((await importing.finished).status).toBe(4)
    await store.close()
    isUp = false

    const { status, stderr } = await run(where, ['resume', 'latest'])

    expect(status, stderr).toBe(0)
    expect(readReport(where, 'results.csv')).toHaveLength(60)
    expect(readSummary(where)).toMatchObject({ file: 's3://files/in/members.csv', ok: 60 })
    expect(simulator.stats().registrations).toBe(60)
    expect(statSync(join(latestRun(where.home), 'input')).mode & 0o777).toBe(0o600)
  })

  test('is checked without being kept', async (context) => {
    const { where, simulator } = await prepare(context)
    const store = await startS3Server()
    context.onTestFinished(() => store.close())
    const onStore = { ...where, env: { ...where.env, ...storeEnvironment(where, store) } }
    store.put('in/members.csv', membersCsv(7))

    const { status, stdout, stderr } = await run(onStore, ['check', 's3://files/in/members.csv', ...IMPORT, '--json'])

    expect(status, stderr).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ rows: 7 })
    expect(readdirSync(join(where.home, 'runs'))).toEqual([])
    expect(simulator.stats().registrations).toBe(0)
  })
})

describe.skipIf(!hasProgram('/usr/lib/openssh/sftp-server'))('an encrypted file on an sftp server', () => {
  test('is decrypted on the way, and the password stands nowhere', async (context) => {
    const { where, simulator } = await prepare(context)
    const server = await startPasswordServer({ user: 'asha', password: 's3cret', method: 'password' })
    context.onTestFinished(() => server.close())
    writeFileSync(join(where.folder, 'members.csv.gpg'), await encrypt(membersCsv(20)))
    const address = `sftp://asha:s3cret@127.0.0.1:${server.port}${where.folder}/members.csv.gpg`
    const env = { ...where.env, ...PGP, ROLLCALL_SFTP_HOST_KEY: server.fingerprint }

    const { status, stdout, stderr } = await run({ ...where, env }, [
      'import',
      address,
      ...IMPORT,
      '--log-file',
      'rollcall.log',
      '--log-level',
      'debug',
    ])

    expect(status, stderr).toBe(0)
    expect(stderr).toContain('is decrypted: whole and untouched, no signature was asked for.')
    expect(simulator.stats().registrations).toBe(20)
    expect(readSummary(where)['file']).toBe(address.replace(':s3cret', ''))
    const folder = latestRun(where.home)
    expect(readFileSync(join(folder, 'input'), 'utf8')).toBe(membersCsv(20))
    const written = [
      ...['run.json', 'summary.json', 'results.csv', 'plan.yaml', 'ledger.db'].map((name) => join(folder, name)),
      join(where.folder, 'rollcall.log'),
    ].map((path) => readFileSync(path, 'latin1'))
    for (const text of [stdout, stderr, ...written]) expect(text).not.toMatch(/s3cret|correct horse/)
  })
})

describe('an encrypted file here', () => {
  test('is imported from a path and from standard input', async (context) => {
    const { where, simulator } = await prepare(context)
    writeFileSync(join(where.folder, 'members.csv.gpg'), await encrypt(membersCsv(5)))
    const withKey = { ...where, env: { ...where.env, ...PGP } }

    const fromPath = await run(withKey, ['import', 'members.csv.gpg', ...IMPORT])
    const armored = await encrypt(membersCsv(9), 'armored')
    const fromInput = await run(withKey, ['import', '-', ...IMPORT], armored.toString())

    expect(fromPath.status, fromPath.stderr).toBe(0)
    expect(fromInput.status, fromInput.stderr).toBe(0)
    expect(readReport(where, 'results.csv')).toHaveLength(9)
    expect(simulator.stats().registrations).toBe(9)
    expect(readdirSync(join(where.home, 'runs')).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test('that is cut off is refused before the first request', async (context) => {
    const { where, simulator } = await prepare(context)
    const content = await encrypt(membersCsv(500))
    writeFileSync(join(where.folder, 'members.csv.gpg'), content.subarray(0, -1))

    const { status, stderr } = await run({ ...where, env: { ...where.env, ...PGP } }, [
      'import',
      'members.csv.gpg',
      ...IMPORT,
    ])

    expect(status).toBe(2)
    expect(stderr).toContain('members.csv.gpg: it is damaged, cut off or tampered with')
    expect(simulator.stats().lanes).toMatchObject({ token: { arrivals: 0 }, register: { arrivals: 0 } })
    expect(readdirSync(join(where.home, 'runs'))).toEqual([])
  })
})

describe('a file over https', () => {
  test.skipIf(!hasProgram('openssl'))('is fetched from a server whose certificate is trusted', async (context) => {
    const { where } = await prepare(context)
    const { authority, certificate, key } = makeCertificates(where.folder)
    const tls = { cert: readFileSync(certificate), key: readFileSync(key) }
    const server = await startFileServer(Buffer.from(membersCsv(5)), undefined, tls)
    context.onTestFinished(() => server.close())
    const address = `${server.url}/members.csv?signature=s3cret`

    const stranger = await run(where, ['check', address, ...IMPORT])
    const env = { ...where.env, NODE_EXTRA_CA_CERTS: authority }
    const friend = await run({ ...where, env }, ['check', address, ...IMPORT])

    expect(stranger.status).toBe(2)
    expect(stranger.stderr).toContain('cannot show that it is who it says')
    expect(friend.status, friend.stderr).toBe(0)
    expect(`${stranger.stderr}${friend.stderr}${friend.stdout}`).not.toContain('s3cret')
  })

  test('that does not come whole leaves nothing behind, and Ctrl-C stops the waiting', async (context) => {
    const { where, simulator } = await prepare(context)
    const manners: Manners = { stalls: true }
    const server = await startFileServer(Buffer.from(membersCsv(500)), () => manners)
    context.onTestFinished(() => server.close())
    const importing = start(where, ['import', `${server.url}/members.csv`, ...IMPORT])
    await until('the first bytes', () => server.requests.length > 0)
    importing.child.kill('SIGINT')

    const { status, stderr } = await importing.finished

    expect(status).toBe(2)
    expect(stderr).toContain(`Stopped before ${server.url}/members.csv was here. Nothing was sent.`)
    expect(readdirSync(join(where.home, 'runs'))).toEqual([])
    expect(simulator.stats().lanes).toMatchObject({ token: { arrivals: 0 } })
  })
})

async function prepare(context: TestContext, latencyMs = 0): Promise<Trial> {
  const trial = await startTrial(context, latencyMs)
  const { where } = trial
  mkdirSync(join(where.home, 'runs'), { recursive: true })
  write(where, 'plan.yaml', membersPlan)
  return trial
}

/** Credentials from a file, as most people have them, and none from the machine. */
function storeEnvironment({ folder }: Place, { url }: S3Server): Record<string, string> {
  const { key, secret } = S3_ACCOUNT
  const path = join(folder, 'aws-credentials')
  writeFileSync(path, `[default]\naws_access_key_id = ${key}\naws_secret_access_key = ${secret}\n`)
  return {
    AWS_ENDPOINT_URL: url,
    AWS_SHARED_CREDENTIALS_FILE: path,
    AWS_CONFIG_FILE: join(folder, 'aws-config'),
    AWS_EC2_METADATA_DISABLED: 'true',
  }
}
