import { createHmac } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { place, placeOn, readSummary, run, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { type Posted, listen } from '../notify/listener.ts'

describe('--notify', () => {
  let baseUrl = ''
  beforeAll(async () => {
    const simulator = await startSimulator({ port: 0, latencyMs: 0 })
    baseUrl = simulator.url
    return () => simulator.close()
  })

  test('posts the signed summary when the run ends, and no cell of the file', async ({ onTestFinished }) => {
    const { url, posted } = await listen([500], onTestFinished)
    const where = await placeOn(baseUrl, undefined, onTestFinished)
    const signing = { ...where, env: { ...where.env, ROLLCALL_NOTIFY_SECRET: 'shared' } }
    const file = write(where, 'members.csv', membersCsv(3).replace('919800000001', 'not-a-phone'))
    const plan = write(where, 'plan.yaml', membersPlan.replace('${mobile}', '${mobile | phone IN}'))
    const { status, stderr } = await run(signing, ['import', file, '--plan', plan, '--notify', url.href])
    expect([status, stderr]).toEqual([3, expect.not.stringContaining('could not be posted')])
    const { headers, body } = posted[1] as Posted
    const { event, text, ...summary } = JSON.parse(body) as Record<string, unknown>
    expect(event).toBe('finished')
    expect(summary).toEqual(readSummary(where))
    expect(text).toContain('members.csv: finished; 1 of 3 rows did not succeed.\n2 ok, 1 invalid\n')
    expect(body).not.toMatch(/not-a-phone|919800000000/)
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
    const signature = createHmac('sha256', 'shared').update(signed).digest('base64')
    expect(headers['webhook-signature']).toBe(`v1,${signature}`)
  })

  test('that nobody takes does not change how the run ended', async ({ onTestFinished }) => {
    const { url } = await listen([404], onTestFinished)
    const where = await placeOn(baseUrl, undefined, onTestFinished)
    const file = write(where, 'members.csv', membersCsv(1))
    const plan = write(where, 'plan.yaml', membersPlan)
    const { status, stderr } = await run(where, ['import', file, '--plan', plan, '--notify', url.href])
    expect(status).toBe(0)
    expect(stderr).toContain(`The summary could not be posted: ${url.host} answered with HTTP 404.`)
    expect(stderr).not.toContain('secret-path')
  })

  test('is checked before there is a run', async ({ onTestFinished }) => {
    const where = place(baseUrl, undefined, onTestFinished)
    const { status, stderr } = await run(where, ['import', 'x', '--plan', 'y', '--notify', 'http://example.com/'])
    expect([status, stderr]).toEqual([2, expect.stringContaining('use https for example.com')])
  })
})
