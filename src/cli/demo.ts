import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { listenForStop } from './stop-signal.ts'
import { startSimulator } from '../simulator/start-simulator.ts'

/**
 * `npm start`: the main job at work, on this machine alone. A simulator takes the part of the API, and the sample file
 * is imported through the embedded broker by the real command.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const simulator = await startSimulator({ latencyMs: 40, limits: { register: 2_400, link: 1_000 } })
const args = ['import', 'samples/members.csv', '--plan', 'samples/members.plan.yaml', '--again']
process.stdout.write(`A simulator plays the API at ${simulator.url}.\n$ ./rollcall ${args.join(' ')}\n`)
// Ctrl-C reaches the import too, which stops in order; the simulator must answer until it has.
using stop = listenForStop(() => {})
const child = spawn(process.execPath, [fileURLToPath(new URL('start.mjs', import.meta.url)), ...args], {
  cwd: root,
  stdio: 'inherit',
  env: {
    PATH: process.env['PATH'],
    ROLLCALL_INVOKED_AS: './rollcall',
    ROLLCALL_BASE_URL: simulator.url,
    ROLLCALL_KEY: 'demo',
    ROLLCALL_SECRET: 'demo',
  },
})
const [status] = (await once(child, 'exit')) as [number | null]
if (process.stdin.isTTY && process.stdout.isTTY && !stop.signal.aborted) await stay()
await simulator.close()
// Some rows of the sample are bad on purpose: that is what the demonstration shows.
process.exitCode = status === 3 ? 0 : (status ?? 1)

/** For who tries the commands that the import named: they need the API that it spoke to. */
async function stay(): Promise<void> {
  process.stdout.write(
    `\nThe simulator stays until Ctrl-C, so that these commands can be tried from another terminal. There, in ${root}:\n` +
      `  export ROLLCALL_BASE_URL=${simulator.url} ROLLCALL_KEY=demo ROLLCALL_SECRET=demo\n`,
  )
  await once(stop.signal, 'abort')
}
