import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { expect, test } from 'vitest'

import { temporaryFolder } from './folder.ts'

test('kill -9 loses nothing that was written, and leaves no write in halves', async () => {
  using folder = temporaryFolder()
  const child = spawn(process.execPath, [join(import.meta.dirname, 'write-for-ever.ts'), folder.path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  let written = 0
  for await (const line of createInterface({ input: child.stdout })) {
    written = Number(line)
    if (written >= 1000) child.kill('SIGKILL')
  }
  await exited
  expect(written).toBeGreaterThanOrEqual(1000)
  const ledger = folder.open()
  const results = [...ledger.results()]
  expect(results.length % 50).toBe(0)
  expect(results.length).toBeGreaterThanOrEqual(written)
  expect(results.slice(0, written).every(({ status }) => status === 'ok')).toBe(true)
  expect(ledger.counts()).toMatchObject({ rows: results.length })
  expect(ledger.counts().open % 50).toBe(0)
})
