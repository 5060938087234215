import { spawn, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { SftpAccess } from '../../src/remote/access.ts'
import { type Remote, openRemote } from '../../src/remote/remote.ts'
import { temporaryFolder } from '../support/cli.ts'
import { hasProgram } from '../support/programs.ts'
import { until } from '../support/wait.ts'
import { accessOf } from './access.ts'
import { startCuttingProxy } from './cutting-proxy.ts'
import { startPasswordServer } from './password-server.ts'
import { type SftpServer, makeKey, startSftpServer, tell } from './sftp-server.ts'

const SIGNAL = new AbortController().signal
const ROWS = Buffer.from(Array.from({ length: 150_000 }, (_, at) => `M-${at},Name ${at}\n`).join(''))

describe.skipIf(!hasProgram('/usr/sbin/sshd'))('on an OpenSSH server', () => {
  let server: SftpServer
  beforeAll(async () => {
    server = await startSftpServer()
  })
  afterAll(() => server.close())

  /** The home folder of whoever connects. */
  let home: string
  beforeEach(() => {
    home = temporaryFolder()
  })

  describe('a file', () => {
    test('is written, found, fetched and moved', async () => {
      const remote = open()
      const folder = address('all of it')
      await remote.put(local('a,b\n1,2\n'), `${folder}/members 100%25.csv`, SIGNAL)
      await remote.put(local('other'), `${folder}/other.txt`, SIGNAL)
      mkdirSync(join(server.folder, 'all of it', 'folder.csv'))
      symlinkSync(join(server.folder, 'all of it', 'other.txt'), join(server.folder, 'all of it', 'members-link.csv'))

      const files = await remote.list(`${folder}/members*.csv`, SIGNAL)

      expect(files.map(({ name, bytes }) => [name, bytes])).toEqual([
        ['members 100%.csv', 8],
        ['members-link.csv', 5],
      ])
      const [file] = files
      if (file === undefined) return
      expect(await remote.look(file.address, SIGNAL)).toEqual(file)
      expect(await remote.fetch(file.address, join(home, 'copy'), SIGNAL)).toEqual(file)
      expect(readFileSync(join(home, 'copy'), 'utf8')).toBe('a,b\n1,2\n')
      expect(statSync(join(home, 'copy')).mode & 0o777).toBe(0o600)

      await remote.move(file, `${folder}/done/2026/members.csv`, SIGNAL)

      expect(await remote.look(file.address, SIGNAL)).toBeUndefined()
      expect(readFileSync(join(server.folder, 'all of it/done/2026/members.csv'), 'utf8')).toBe('a,b\n1,2\n')
      expect((await remote.list(`${folder}/`, SIGNAL)).map(({ name }) => name)).toEqual([
        'members-link.csv',
        'other.txt',
      ])
    })

    test('replaces the one that was there, and may be empty or large', async () => {
      const remote = open()
      for (const content of [ROWS, Buffer.alloc(0), Buffer.from('last')]) {
        await remote.put(local(content), address('replaced.csv'), SIGNAL)
        await remote.fetch(address('replaced.csv'), join(home, 'copy'), SIGNAL)
        expect(readFileSync(join(home, 'copy')).equals(content)).toBe(true)
      }
      expect(readdirSync(server.folder)).not.toContain('replaced.csv.part')
    })

    test('below the home folder of the user', async () => {
      const remote = open()
      const path = server.folder
        .split('/')
        .map(() => '..')
        .join('/')

      // From wherever that is, up to the root and down again.
      await remote.put(local('one'), `${at(server.port)}/~/${path}${server.folder}/home.csv`, SIGNAL)

      expect(readFileSync(join(server.folder, 'home.csv'), 'utf8')).toBe('one')
    })

    test('goes on where it was when the connection breaks', async () => {
      writeFileSync(join(server.folder, 'big.csv'), ROWS)
      const proxy = await startCuttingProxy(server.port)
      onTestFinished(() => proxy.close())
      const remote = open(proxy.port)
      proxy.cutAfter = 900_000

      await remote.fetch(address('big.csv', proxy.port), join(home, 'copy'), SIGNAL)

      expect(readFileSync(join(home, 'copy')).equals(ROWS)).toBe(true)
      expect(proxy.cuts()).toBeGreaterThanOrEqual(2)
    })

    test('that is being written is refused, and nothing of it is kept', async () => {
      writeFileSync(join(server.folder, 'growing.csv'), ROWS)
      const proxy = await startCuttingProxy(server.port)
      onTestFinished(() => proxy.close())
      const remote = open(proxy.port, {}, 100)
      proxy.cutAfter = 900_000
      const fetched = remote.fetch(address('growing.csv', proxy.port), join(home, 'copy'), SIGNAL)
      const refused = fetched.catch(String)
      await until('the connection was cut', () => proxy.cuts() > 0)
      appendFileSync(join(server.folder, 'growing.csv'), 'M-x,Name x\n')

      expect(await refused).toContain('growing.csv changed while it was being read')
      expect(existsSync(join(home, 'copy'))).toBe(false)
      expect(existsSync(join(home, 'copy.part'))).toBe(false)
    })

    test('that was replaced since is not moved away, and none is moved onto another', async () => {
      const remote = open()
      writeFileSync(join(server.folder, 'one.csv'), 'one')
      writeFileSync(join(server.folder, 'taken.csv'), 'taken')
      const file = await remote.fetch(address('one.csv'), join(home, 'copy'), SIGNAL)

      await expect(remote.move(file, address('taken.csv'), SIGNAL)).rejects.toThrow('another file is there already')
      writeFileSync(join(server.folder, 'new.csv'), 'longer')
      renameSync(join(server.folder, 'new.csv'), join(server.folder, 'one.csv'))
      await expect(remote.move(file, address('done/one.csv'), SIGNAL)).rejects.toThrow('changed')
      expect(readFileSync(join(server.folder, 'one.csv'), 'utf8')).toBe('longer')
    })

    test.for<[string, string]>([
      ['not-there.csv', 'Check the address'],
      ['', 'is not a file'],
    ])('%j cannot be fetched', async ([name, hint]) => {
      await expect(open().fetch(address(name), join(home, 'copy'), SIGNAL)).rejects.toThrow(hint)
    })

    test('is not waited for any more when the signal says so, and the connection comes again', async () => {
      writeFileSync(join(server.folder, 'stopped.csv'), ROWS)
      const remote = open()
      const controller = new AbortController()
      const fetched = remote.fetch(address('stopped.csv'), join(home, 'copy'), controller.signal)
      controller.abort(new Error('enough'))

      await expect(fetched).rejects.toThrow('enough')
      expect(await remote.look(address('stopped.csv'), SIGNAL)).toMatchObject({ bytes: ROWS.length })
    })

    test('is asked for by many at once on one connection', async () => {
      writeFileSync(join(server.folder, 'shared.csv'), ROWS)
      const remote = open()

      const files = await Promise.all(
        [1, 2, 3].map((n) => remote.fetch(address('shared.csv'), join(home, `${n}`), SIGNAL)),
      )

      expect(files.map(({ bytes }) => bytes)).toEqual([ROWS.length, ROWS.length, ROWS.length])
    })
  })

  describe('a host key', () => {
    test('that nobody vouched for is not accepted, and is told', async () => {
      await expect(open(server.port, { knownHosts: undefined }).look(address('x'), SIGNAL)).rejects.toThrow(
        `the server shows the host key ${server.fingerprint}, which nobody has vouched for yet`,
      )
    })

    test('may be given by its fingerprint', async () => {
      const { fingerprint } = server
      const remote = open(server.port, { knownHosts: undefined, hostKey: fingerprint })

      expect(await remote.look(address('x'), SIGNAL)).toBeUndefined()
      const other = `${fingerprint.slice(0, -1)}${fingerprint.endsWith('A') ? 'B' : 'A'}`
      await expect(open(server.port, { hostKey: other }).look(address('x'), SIGNAL)).rejects.toThrow(
        'Somebody may be in between',
      )
      await expect(open(server.port, { hostKey: 'no' }).look(address('x'), SIGNAL)).rejects.toThrow('SHA256:')
    })

    test('that is another than the known one, or is revoked, is not accepted', async () => {
      const other = readFileSync(`${makeKey(join(home, 'other'), 'ed25519')}.pub`, 'utf8')
      const known = join(home, 'known')
      writeFileSync(known, `[127.0.0.1]:${server.port} ${other}`)
      await expect(open(server.port, { knownHosts: known }).look(address('x'), SIGNAL)).rejects.toThrow(
        'which is not the one in known_hosts',
      )
      appendFileSync(known, `${server.knownHostsLine(server.port)}@revoked ${server.knownHostsLine(server.port)}`)
      await expect(open(server.port, { knownHosts: known }).look(address('x'), SIGNAL)).rejects.toThrow(
        'must not be trusted',
      )
    })

    test('is looked for in ~/.ssh/known_hosts, hashed too', async () => {
      mkdirSync(join(home, '.ssh'))
      const path = join(home, '.ssh', 'known_hosts')
      writeFileSync(path, server.knownHostsLine(server.port))
      tell(['ssh-keygen', '-q', '-H', '-f', path])

      expect(await open(server.port, { knownHosts: undefined }).look(address('x'), SIGNAL)).toBeUndefined()
    })

    test('of the kind that is known is asked for, where the server has several', async () => {
      const several = await startSftpServer({ hostKeys: ['rsa', 'ed25519', 'ecdsa'] })
      onTestFinished(() => several.close())
      const known = join(home, 'known')
      writeFileSync(known, several.knownHostsLine(several.port))

      const remote = open(several.port, { key: several.key, knownHosts: known })

      expect(await remote.look(address('x', several.port), SIGNAL)).toBeUndefined()
    })
  })

  describe('who we are', () => {
    test('is shown by a key with a passphrase, by one in ~/.ssh, or by the agent', async () => {
      const key = makeKey(join(home, 'locked'), 'rsa', 'correct horse')
      appendFileSync(join(server.folder, '..', 'authorized_keys'), readFileSync(`${key}.pub`))
      const locked = open(server.port, { key, passphrase: 'correct horse' })
      expect(await locked.look(address('x'), SIGNAL)).toBeUndefined()

      mkdirSync(join(home, '.ssh'))
      writeFileSync(join(home, '.ssh', 'id_ed25519'), readFileSync(server.key), { mode: 0o600 })
      expect(await open(server.port, { key: undefined }).look(address('x'), SIGNAL)).toBeUndefined()

      const agent = await startAgent(home, server.key)
      const elsewhere = openRemote({
        access: { ...accessOf('/nowhere', { ...knownAs(server.port), agent }), user: server.user },
      })
      onTestFinished(() => elsewhere.close())
      expect(await elsewhere.look(address('x'), SIGNAL)).toBeUndefined()
    })

    test('is refused without telling secrets', async () => {
      const stranger = makeKey(join(home, 'stranger'), 'ed25519')
      await expect(open(server.port, { key: stranger }).look(address('x'), SIGNAL)).rejects.toThrow(
        'does not let us in',
      )
      const key = makeKey(join(home, 'locked'), 'ed25519', 'correct horse')
      const failed = await open(server.port, { key, passphrase: 's3cret' }).look(address('x'), SIGNAL).catch(String)
      expect(failed).toContain('ROLLCALL_SFTP_PASSPHRASE')
      expect(failed).not.toContain('s3cret')
    })
  })

  function at(port: number): string {
    return `sftp://${server.user}@127.0.0.1:${port}`
  }

  /** The address of a file in the folder of the tests. */
  function address(name: string, port = server.port): string {
    return `${at(port)}${server.folder}/${name}`
  }

  function knownAs(port: number): SftpAccess {
    const knownHosts = join(temporaryFolder(), 'known')
    writeFileSync(knownHosts, server.knownHostsLine(port))
    return { knownHosts }
  }

  function open(port = server.port, sftp: SftpAccess = {}, backoffMs = 1): Remote {
    const access = accessOf(home, { ...knownAs(port), key: server.key, ...sftp })
    const remote = openRemote({ access, backoffMs })
    onTestFinished(() => remote.close())
    return remote
  }

  function local(content: string | Buffer): string {
    const path = join(home, 'local')
    writeFileSync(path, content)
    return path
  }
})

describe.skipIf(!hasProgram('/usr/lib/openssh/sftp-server'))('a password', () => {
  test.for(['password', 'keyboard-interactive'] as const)('is given as %s', async (method) => {
    const server = await startPasswordServer({ user: 'asha', password: 'p@ss:word', method })
    onTestFinished(() => server.close())
    const home = temporaryFolder()
    writeFileSync(join(home, 'members.csv'), 'one')
    const path = join(home, 'members.csv')
    const remote = openRemote({ access: accessOf(home, { hostKey: server.fingerprint }), backoffMs: 1 })
    onTestFinished(() => remote.close())

    const [file] = await remote.list(`sftp://asha:p%40ss:word@127.0.0.1:${server.port}${home}/*.csv`, SIGNAL)

    expect(file?.address).toBe(`sftp://asha@127.0.0.1:${server.port}${path}`)
    // Once told, it is not needed again.
    expect(await remote.look(file?.address ?? '', SIGNAL)).toEqual(file)
    const wrong = openRemote({
      access: accessOf(home, { hostKey: server.fingerprint, password: 'wr0ng' }),
      backoffMs: 1,
    })
    onTestFinished(() => wrong.close())
    const failed = await wrong.look(`sftp://asha@127.0.0.1:${server.port}${path}`, SIGNAL).catch(String)
    expect(failed).toContain('does not let us in')
    expect(failed).not.toContain('wr0ng')
    writeFileSync(join(home, '.netrc'), 'machine 127.0.0.1 login asha password p@ss:word')
    const other = openRemote({ access: accessOf(home, { hostKey: server.fingerprint }), backoffMs: 1 })
    onTestFinished(() => other.close())
    expect(await other.look(`sftp://asha@127.0.0.1:${server.port}${path}`, SIGNAL)).toEqual(file)
  })
})

async function startAgent(folder: string, key: string): Promise<string> {
  const socket = join(folder, 'agent')
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' })
  onTestFinished(async () => {
    const ended = once(agent, 'exit')
    agent.kill()
    await ended
  })
  await until('the agent', () => existsSync(socket))
  const added = spawnSync('ssh-add', ['-q', key], {
    env: { SSH_AUTH_SOCK: socket, PATH: '/usr/bin' },
    encoding: 'utf8',
  })
  expect(added.status, added.stderr).toBe(0)
  return socket
}
