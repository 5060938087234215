import { expect, test } from 'vitest'
import { place, run } from '../support/cli.ts'

/** Says at its end whether Node's other HTTP client was loaded, and what formats lists. */
const told = `process.on('exit', () => console.error(JSON.stringify({
  fetches: process.moduleLoadList.includes('NativeModule internal/deps/undici/undici'),
  lists: new Intl.ListFormat('en', { type: 'disjunction' }).format(['a', 'b', 'c']),
  webSocket: typeof process.getBuiltinModule('node:http').WebSocket,
})))`

test.for(['import', 'worker', 'scheduler'])('%s loads no HTTP client that it does not use', async (name, context) => {
  const where = place('http://127.0.0.1:1', undefined, context.onTestFinished)
  const env = { ...where.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(told)}` }
  const { status, stderr } = await run({ ...where, env }, [name, '--help'])
  expect(status).toBe(0)
  // Whoever asks for either still has it.
  expect(JSON.parse(stderr)).toEqual({ fetches: false, lists: 'a, b, or c', webSocket: 'function' })
})
