import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Remote, openRemote } from '../../src/remote/remote.ts'
import { temporaryFolder } from '../support/cli.ts'
import { accessOf } from './access.ts'
import { type FileServer, type Manners, startFileServer } from './file-server.ts'

const SIGNAL = new AbortController().signal
const CONTENT = Buffer.from(Array.from({ length: 20_000 }, (_, at) => `M-${at},Name ${at}\n`).join(''))

describe('a file over https', () => {
  test('is fetched whole, readable by its owner only, and nothing is left beside it', async () => {
    const { server, remote, folder } = await setup()

    const file = await remote.fetch(`${server.url}/in/members.csv`, join(folder, 'members.csv'), SIGNAL)

    expect(file).toMatchObject({ address: `${server.url}/in/members.csv`, name: 'members.csv', bytes: CONTENT.length })
    expect(readFileSync(join(folder, 'members.csv')).equals(CONTENT)).toBe(true)
    expect(statSync(join(folder, 'members.csv')).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['members.csv'])
  })

  test('goes on where it was when the transfer breaks, as often as it comes further', async () => {
    const content = Buffer.concat(Array.from({ length: 15 }, () => CONTENT))
    const { server, remote, folder } = await setup(() => ({ breakAfter: 1_000_000 }), content)

    await remote.fetch(`${server.url}/members.csv`, join(folder, 'members.csv'), SIGNAL)

    expect(readFileSync(join(folder, 'members.csv')).equals(content)).toBe(true)
    const starts = server.requests.slice(1).map(({ range }) => Number(/\d+/.exec(range ?? '')?.[0]))
    expect(starts.length).toBeGreaterThanOrEqual(Math.floor(content.length / 1_000_000))
    // What has been received is not asked for again.
    for (const [at, start] of starts.entries()) expect(start).toBeGreaterThan(starts[at - 1] ?? 0)
    expect(server.requests[1]?.['if-range']).toMatch(/^"/)
  })

  test('begins anew where the server ignores Range', async () => {
    const { server, remote, folder } = await setup((request) => ({
      ignoresRange: true,
      ...(request < 3 && { breakAfter: 40_000 * request }),
    }))

    await remote.fetch(`${server.url}/members.csv`, join(folder, 'members.csv'), SIGNAL)

    expect(readFileSync(join(folder, 'members.csv')).equals(CONTENT)).toBe(true)
    expect(server.requests).toHaveLength(3)
  })

  test.for([{ saysNoVersion: true }, { weak: true }])(
    'begins anew where nothing says surely that it is the same file: %j',
    async (manners) => {
      const { server, remote, folder } = await setup((request) => ({
        ...manners,
        ...(request === 1 && { breakAfter: 40_000 }),
      }))

      await remote.fetch(`${server.url}/members.csv`, join(folder, 'members.csv'), SIGNAL)

      expect(readFileSync(join(folder, 'members.csv')).equals(CONTENT)).toBe(true)
      expect(server.requests.map(({ range }) => range)).toEqual([undefined, undefined])
    },
  )

  test.for<[string, Manners]>([
    ['breaks off and comes as a part', { breakAfter: 40_000 }],
    ['ignores Range', { breakAfter: 40_000, ignoresRange: true }],
  ])('that changes in between is refused, and nothing of it is kept: %s', async ([, manners]) => {
    const { server, remote, folder } = await setup((request, files) => {
      if (request === 2) files.content = Buffer.concat([Buffer.from('new'), CONTENT])
      return request === 1 ? manners : {}
    })

    await expect(remote.fetch(`${server.url}/members.csv`, join(folder, 'members.csv'), SIGNAL)).rejects.toThrow(
      `${server.url}/members.csv changed while it was being read`,
    )
    expect(readdirSync(folder)).toEqual([])
  })

  test('whose length nobody tells is refused: a part could pass for the whole', async () => {
    const { server, remote, folder } = await setup(() => ({ length: 'untold' }))

    await expect(remote.fetch(`${server.url}/members.csv`, join(folder, 'members.csv'), SIGNAL)).rejects.toThrow(
      'does not say how long the file is',
    )
  })

  test('that comes in chunks is seen to break off', async () => {
    const content = Buffer.concat([CONTENT, CONTENT, CONTENT])
    const { server, remote, folder } = await setup(
      (request) => ({ length: 'chunked', ...(request === 1 && { breakAfter: 1_000_000 }) }),
      content,
    )

    const file = await remote.fetch(`${server.url}/members.csv`, join(folder, 'members.csv'), SIGNAL)

    expect(server.requests[1]?.range).toMatch(/^bytes=\d+-$/)
    expect(file.bytes).toBe(content.length)
    expect(readFileSync(join(folder, 'members.csv')).equals(content)).toBe(true)
  })

  test('is the same whatever breaks when', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ breakAfter: fc.nat(5_000), ignoresRange: fc.boolean(), weak: fc.boolean() }), {
          maxLength: 4,
        }),
        async (breaks) => {
          const content = CONTENT.subarray(0, 5_000)
          const { server, remote, folder } = await setup((request) => breaks[request - 1] ?? {}, content)
          const isSteady = new Set(breaks.map(({ weak }) => weak)).size < 2 && breaks[0]?.weak !== true

          const fetched = remote.fetch(`${server.url}/members.csv`, join(folder, 'members.csv'), SIGNAL)
          if (isSteady) await fetched
          else await fetched.catch(() => {})

          if (isSteady) expect(readFileSync(join(folder, 'members.csv')).equals(content)).toBe(true)
          else if (existsSync(join(folder, 'members.csv'))) {
            expect(readFileSync(join(folder, 'members.csv')).equals(content)).toBe(true)
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  test('is given up after five tries that bring nothing', async () => {
    const { server, remote, folder } = await setup(() => 503)

    await expect(
      remote.fetch(`${server.url}/members.csv?signature=secret`, join(folder, 'members.csv'), SIGNAL),
    ).rejects.toThrow(`${server.url}/members.csv: the server answers 503 Service Unavailable. Try again later.`)
    expect(server.requests).toHaveLength(5)
  })

  test('that stalls is asked for again', async () => {
    const { server, remote, folder } = await setup((request) => ({ stalls: request < 3 }), CONTENT, { stallMs: 50 })

    await remote.fetch(`${server.url}/members.csv`, join(folder, 'members.csv'), SIGNAL)

    expect(server.requests.length).toBeGreaterThanOrEqual(3)
    expect(readFileSync(join(folder, 'members.csv')).equals(CONTENT)).toBe(true)
  })

  test('is not waited for any more when the signal says so', async () => {
    const { server, remote, folder } = await setup(() => ({ stalls: true }))
    const controller = new AbortController()
    const fetched = remote.fetch(`${server.url}/members.csv`, join(folder, 'members.csv'), controller.signal)
    controller.abort(new Error('enough'))

    await expect(fetched).rejects.toThrow('enough')
    expect(readdirSync(folder)).toEqual([])
  })

  test.for([
    [403, 'Check who may read it'],
    [404, 'Check the address'],
    [418, 'where a file was expected'],
  ] as const)('that is refused with %d is not asked for twice', async ([status, hint]) => {
    const { server, remote, folder } = await setup(() => status)

    await expect(remote.fetch(`${server.url}/members.csv`, join(folder, 'x'), SIGNAL)).rejects.toThrow(hint)
    expect(server.requests).toHaveLength(1)
  })

  test('is looked at without being fetched', async () => {
    const { server, remote } = await setup()

    expect(await remote.look(`${server.url}/members.csv`, SIGNAL)).toMatchObject({ bytes: CONTENT.length })
    const missing = await setup(() => 404)
    expect(await missing.remote.look(`${missing.server.url}/members.csv`, SIGNAL)).toBeUndefined()
  })

  test('is looked at where the server does not know HEAD', async () => {
    const { server, remote } = await setup((request) => (request === 1 ? 405 : {}))

    expect(await remote.look(`${server.url}/members.csv`, SIGNAL)).toMatchObject({ bytes: CONTENT.length })
    const closed = await setup(() => 403)
    await expect(closed.remote.look(`${closed.server.url}/members.csv`, SIGNAL)).rejects.toThrow(
      'Check who may read it',
    )
  })

  test('can be neither listed nor written', async () => {
    const { server, remote } = await setup()

    await expect(remote.list(`${server.url}/*.csv`, SIGNAL)).rejects.toThrow('cannot be listed over https')
    await expect(remote.put('x', `${server.url}/x`, SIGNAL)).rejects.toThrow('nothing can be written over https')
  })
})

describe('who we are over https', () => {
  test('comes from the address, and no message tells it', async () => {
    const { server, remote, folder } = await setup(() => 403)
    const address = server.url.replace('//', '//asha:p%40ss@')

    const failed = await remote.fetch(`${address}/members.csv`, join(folder, 'x'), SIGNAL).catch(String)

    expect(server.requests[0]?.authorization).toBe(`Basic ${btoa('asha:p@ss')}`)
    expect(failed).toContain(`${server.url}/members.csv`)
    expect(failed).not.toMatch(/p@ss|p%40ss/)
  })

  test('comes from the netrc file, for that host only, and does not follow us to another server', async () => {
    const elsewhere = await setup()
    const { server, remote, folder } = await setup()
    writeFileSync(
      join(folder, '.netrc'),
      'machine other login x password y\nmachine 127.0.0.1\n login asha password s3cret\n',
    )
    server.redirectTo = elsewhere.server.url.replace('127.0.0.1', 'localhost')

    await remote.fetch(`${server.url}/members.csv`, join(folder, 'members.csv'), SIGNAL)

    expect(server.requests[0]?.authorization).toBe(`Basic ${btoa('asha:s3cret')}`)
    expect(elsewhere.server.requests[0]).not.toHaveProperty('authorization')
    expect(readFileSync(join(folder, 'members.csv')).equals(CONTENT)).toBe(true)
  })

  test('is not taken to a server that would send the file in the clear', async () => {
    const { server, remote, folder } = await setup()
    server.redirectTo = 'http://files.example.org/members.csv?signature=secret'

    const failed = await remote.fetch(`${server.url}/members.csv`, join(folder, 'x'), SIGNAL).catch(String)

    expect(failed).toContain('http would send members')
    expect(failed).not.toContain('secret')
    expect(server.requests).toHaveLength(1)
  })
})

interface Setup {
  readonly server: FileServer
  readonly remote: Remote
  readonly folder: string
}

async function setup(
  manners?: Parameters<typeof startFileServer>[1],
  content = CONTENT,
  options: { stallMs?: number } = {},
): Promise<Setup> {
  const server = await startFileServer(content, manners)
  const folder = temporaryFolder()
  const remote = openRemote({ access: accessOf(folder), backoffMs: 1, ...options })
  onTestFinished(async () => {
    await remote.close()
    await server.close()
  })
  return { server, remote, folder }
}
