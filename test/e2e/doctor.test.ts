import { mkdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { place, run, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { hasRedis, startRedis } from '../support/redis.ts'

interface Told {
  readonly state: string
  readonly checks: readonly { readonly name: string; readonly state: string; readonly message: string }[]
}

test.skipIf(!hasRedis)(
  'looks at all that an import needs, and its status tells the worst',
  async ({ onTestFinished }) => {
    const simulator = await startSimulator({ latencyMs: 0 })
    onTestFinished(() => simulator.close())
    const redis = await startRedis({ disk: 'append-only' })
    onTestFinished(() => redis.close())
    const found = place(simulator.url, redis.url, onTestFinished)
    const where = { ...found, env: { ...found.env, ROLLCALL_REGION: 'emea', ROLLCALL_SECRET: 'a-secret-of-length' } }
    write(where, 'plan.yaml', membersPlan)
    write(where, 'members.csv', membersCsv(20))
    const args = ['doctor', 'members.csv', '--plan', 'plan.yaml']

    const fine = await run(where, [...args, '--json'])
    const { state, checks } = JSON.parse(fine.stdout) as Told
    expect([fine.status, state, fine.stderr]).toEqual([0, 'ok', ''])
    const names = ['environment', 'credentials', 'clock', 'redis', 'workers', 'home', 'plan']
    expect([...new Set(checks.map(({ name }) => name))]).toEqual(names)
    expect(simulator.stats().lanes.register.replies).toEqual({})

    mkdirSync(where.home, { mode: 0o755 })
    const open = await run(where, args)
    expect(open.status).toBe(3)
    expect(open.stdout).toContain(`chmod 700 ${where.home}`)

    await simulator.close()
    const away = await run(where, args)
    expect(away.status).toBe(2)
    expect(away.stdout).toMatch(/^failed {2}credentials: The API said nothing of them/m)
    expect(`${fine.stdout}${open.stdout}${away.stdout}`).not.toContain('a-secret-of-length')
  },
)
