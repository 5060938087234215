import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Remote, openRemote } from '../../src/remote/remote.ts'
import { RemoteError } from '../../src/remote/remote-error.ts'
import { type RemoteInbox, fetchFiles, archiveFiles } from '../../src/sync/remote-inbox.ts'
import { archiveFile, claimFile, listInbox, readyFiles } from '../../src/sync/inbox.ts'
import { addExecution, saveExecution } from '../../src/sync/executions.ts'
import { openStore } from '../../src/sync/store.ts'
import { accessOf } from '../remote/access.ts'
import { type CuttingProxy, startCuttingProxy } from '../remote/cutting-proxy.ts'
import { S3_ACCOUNT, type S3Server, startS3Server } from '../remote/s3-server.ts'
import { temporaryFolder } from '../support/cli.ts'

let server: S3Server
let proxy: CuttingProxy
let remote: Remote
beforeAll(async () => {
  server = await startS3Server()
  proxy = await startCuttingProxy(server.port)
  const environment = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${proxy.port}`,
    AWS_ACCESS_KEY_ID: S3_ACCOUNT.key,
    AWS_SECRET_ACCESS_KEY: S3_ACCOUNT.secret,
    AWS_CONFIG_FILE: '/nowhere',
    // One try of the SDK's own, and none of waiting: lines are cut all the time here.
    AWS_MAX_ATTEMPTS: '1',
  }
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  remote = openRemote({ access: accessOf('/nowhere'), backoffMs: 0 })
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await remote.close()
  await proxy.close()
  await server.close()
})

/** What happens between the calls of a sync, and in them. */
type Step =
  | { readonly kind: 'send'; readonly name: string }
  | { readonly kind: 'take away'; readonly name: string }
  | { readonly kind: 'call'; readonly cuts: Cuts; readonly dies: boolean }

/** After how many bytes the line is cut while files are put away, brought, and put away again; undefined: not at all. */
type Cuts = readonly (number | undefined)[]
const WHOLE: Cuts = []

const name = fc.constantFrom('a.csv', 'b.csv')
const cut = fc.oneof(fc.constant(undefined), fc.constant(0), fc.nat({ max: 3_000 }))
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('send' as const), name }),
  fc.record({ kind: fc.constant('take away' as const), name }),
  fc.record({
    kind: fc.constant('call' as const),
    cuts: fc.tuple(cut, cut, cut),
    dies: fc.boolean(),
  }),
)

test('whatever is cut off when, each file is imported once, and nothing is put away that was not', async () => {
  let sent = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const folder = temporaryFolder()
      const prefix = `in-${(sent += 1)}`
      const store = openStore(folder, 'nightly')
      const inbox: RemoteInbox = {
        address: `s3://files/${prefix}/*.csv`,
        folder: join(folder, 'inbox'),
        ready: { kind: 'renamed' },
        store,
        remote,
        now: Date.now(),
        signal: new AbortController().signal,
      }
      const imported: string[] = []
      const here = () => server.keys().filter((key) => key.startsWith(`${prefix}/`))
      try {
        for (const what of steps) {
          if (what.kind === 'send') server.put(`${prefix}/${what.name}`, `${(sent += 1)}: ${'x'.repeat(sent % 2_000)}`)
          else if (what.kind === 'take away') server.remove(`${prefix}/${what.name}`)
          else await call(inbox, imported, what)
        }
        const waiting = here()
          .filter((key) => !key.includes('/done/'))
          .map((key) => String(server.get(key)))
        await call(inbox, imported, { cuts: WHOLE, dies: false })
        await call(inbox, imported, { cuts: WHOLE, dies: false })

        expect(new Set(imported).size).toBe(imported.length)
        expect(imported).toEqual(expect.arrayContaining(waiting))
        expect(here().filter((key) => !key.includes('/done/'))).toEqual([])
        for (const key of here()) expect(imported).toContain(String(server.get(key)))
        expect(listInbox(inbox.folder)).toEqual([])
      } finally {
        store.close()
      }
    }),
    { numRuns: 60 },
  )
})

/** What a call of a sync does with its inbox. One that dies does so with a file in its hands. */
async function call(
  inbox: RemoteInbox,
  imported: string[],
  { cuts, dies }: { readonly cuts: Cuts; readonly dies: boolean },
): Promise<void> {
  const { folder, store } = inbox
  goOn(inbox)
  await onLine(cuts[0], () => archiveFiles(inbox))
  await onLine(cuts[1], () => fetchFiles(inbox))
  if (!existsSync(folder)) return
  const files = readyFiles(listInbox(folder), { pattern: '*', ready: { kind: 'renamed' }, now: inbox.now })
  for (const file of files) {
    const path = claimFile(folder, file.name, { kind: 'renamed' })
    imported.push(readFileSync(path, 'utf8'))
    addExecution(store, { startedAt: inbox.now, file: file.name, run: `run-${imported.length}`, outcome: 'finished' })
    if (dies) return
    goOn(inbox)
  }
  await onLine(cuts[2], () => archiveFiles(inbox))
}

async function onLine(cutAfter: number | undefined, work: () => Promise<void>): Promise<void> {
  proxy.cutAfter = cutAfter
  try {
    await work()
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error
  } finally {
    proxy.cutAfter = undefined
  }
}

/** Puts away here what an earlier call, or this one, has imported. */
function goOn({ folder, store, now }: RemoteInbox): void {
  const working = join(folder, 'working')
  for (const file of existsSync(working) ? readdirSync(working) : []) {
    const execution = store.db.prepare('SELECT id, run FROM executions WHERE file = ? ORDER BY id DESC').get(file)
    const run = String(execution?.['run'])
    const archived = archiveFile(join(working, file), folder, 'done', run)
    saveExecution(store, {
      id: Number(execution?.['id']),
      startedAt: now,
      endedAt: now,
      file,
      run,
      outcome: 'finished',
      archived,
    })
  }
}
