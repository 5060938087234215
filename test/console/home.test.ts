import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, describe, expect, test } from 'vitest'
import { readEnvironment } from '../../src/cli/environment.ts'
import { startConsole } from '../../src/console/start-console.ts'
import { temporaryFolder } from '../support/cli.ts'
import { endDetached } from '../support/detached.ts'
import { until } from '../support/wait.ts'

const TOKEN = 'of-the-test'

describe('a console whose home is gone', () => {
  test('says which folder it is and what to do, and is well again once it is back', async (context) => {
    const { home, ask } = await openOver(context)
    renameSync(home, `${home}-away`)

    for (const path of ['/api/runs', '/api/runs/latest', '/api/syncs', '/api/workers', '/metrics', '/api/events']) {
      const { status, text } = await ask(path)
      expect([path, status, text]).toEqual([path, 507, expect.stringContaining(`The folder ${home} is gone`)])
      expect(text).toContain('Put it back where it was')
    }
    const { status, text } = await ask('/healthz')
    expect([status, JSON.parse(text)]).toEqual([
      503,
      { ok: false, why: expect.stringContaining(`The folder ${home} is gone`) },
    ])

    renameSync(`${home}-away`, home)
    expect((await ask('/api/runs')).status).toBe(200)
    expect(await ask('/healthz')).toEqual({ status: 200, text: '{"ok":true}' })
  })

  test('refuses an upload, and makes no other home in its place', async (context) => {
    const { home, ask } = await openOver(context)
    rmSync(home, { recursive: true })
    for (const path of ['/api/runs', '/api/check', '/api/propose']) {
      const { status, text } = await ask(path, upload('a'.repeat(20_000_000)))
      expect([path, status, text]).toEqual([path, 507, expect.stringContaining(`The folder ${home} is gone`)])
    }
    expect(existsSync(home)).toBe(false)
  })

  test('made none yet: it is made by the first upload', async (context) => {
    const home = join(temporaryFolder(), 'home')
    const { ask } = await openOver(context, { home })
    expect(await ask('/api/runs')).toEqual({ status: 200, text: '{"runs":[]}' })
    expect((await ask('/api/check', upload('a'))).status).toBe(200)
    rmSync(home, { recursive: true })
    expect((await ask('/api/runs')).status).toBe(507)
  })
})

test('a console that ends waits for no import that begins, and leaves it its file', async (context) => {
  const script = join(temporaryFolder(), 'slow.cjs')
  writeFileSync(script, 'setInterval(() => {}, 60_000)')
  const { home, ask, close } = await openOver(context, { args: [script] })
  context.onTestFinished(() => endDetached(home))
  const asking = ask('/api/runs', upload('id\n1\n')).catch(String)
  const started = join(home, 'console', 'started')
  await until('the import is started', () => existsSync(started) && readdirSync(started).length > 0)

  await close()
  await asking
  await until('it is no longer waited for', () => existsSync(join(home, 'console', 'audit.jsonl')))
  expect(readFileSync(join(home, 'console', 'audit.jsonl'), 'utf8')).toContain('"path":"/api/runs"')
  expect(readdirSync(join(home, 'console', 'uploads'))).toHaveLength(1)
})

async function openOver(
  { onTestFinished }: TestContext,
  { home = madeHome(), args = ['--eval', ''] }: { readonly home?: string; readonly args?: readonly string[] } = {},
) {
  const console = await startConsole({
    environment: readEnvironment({ home }),
    host: '127.0.0.1',
    port: 0,
    token: TOKEN,
    command: { program: process.execPath, args },
  })
  let closing: Promise<void> | undefined
  const close = () => (closing ??= console.close())
  onTestFinished(close)
  return {
    home,
    close,
    async ask(path: string, init: RequestInit = {}) {
      const headers = { authorization: `Bearer ${TOKEN}` }
      const reply = await fetch(new URL(path, console.url), { ...init, headers })
      return { status: reply.status, text: await reply.text() }
    },
  }
}

function madeHome(): string {
  const home = join(temporaryFolder(), 'home')
  mkdirSync(join(home, 'runs'), { recursive: true })
  return home
}

function upload(file: string): RequestInit {
  const form = new FormData()
  form.set('file', new Blob([file]), 'members.csv')
  form.set('plan', new Blob(['{}']), 'plan.yaml')
  return { method: 'POST', body: form }
}
