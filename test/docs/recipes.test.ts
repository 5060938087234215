import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { placeOn, run, temporaryFolder, write } from '../support/cli.ts'
import { type SyncPlace, csvOf, members, syncPlace } from '../sync/sync-place.ts'

const root = join(import.meta.dirname, '../..')
const document = readFileSync(join(root, 'docs/sync.md'), 'utf8')
const blocks = [...document.matchAll(/^```\w*\n([^]*?)^```$/gm)].map(([, body = '']) => body)

function block(part: string): string {
  const found = blocks.find((body) => body.includes(part))
  if (found === undefined) throw new Error(`docs/sync.md has no block with ${part}`)
  return found
}

/** Other programs than rollcall that keep a sync's times, as docs/sync.md tells it. */
describe('the recipes of docs/sync.md', () => {
  let sync: SyncPlace
  let environmentFile = ''
  /** The same on this machine. */
  const here = (text: string) =>
    text
      .replaceAll('/srv/rollcall', root)
      .replaceAll('/etc/rollcall.env', environmentFile)
      .replaceAll(/\S*nightly\.yaml/g, sync.sync)
  beforeAll(async () => {
    const simulator = await startSimulator({ port: 0, latencyMs: 0 })
    sync = syncPlace(await placeOn(simulator.url, undefined))
    const named = block('# /etc/rollcall.env').matchAll(/^(\w+)=/gm)
    const lines = [...named].map(([, name = '']) => `${name}=${sync.where.env[name] ?? ''}`)
    environmentFile = write(sync.where, 'rollcall.env', `${lines.join('\n')}\n`)
    return () => simulator.close()
  })

  test('cron runs the sync, with the environment that it has', async () => {
    sync.land('cron.csv', csvOf(members(1, 3)))
    const [, command = ''] = /^30 4 \* \* \* (.*)$/m.exec(block('# crontab')) ?? []
    const bare = ['-i', `HOME=${sync.where.folder}`, 'LOGNAME=rollcall', 'PATH=/usr/bin:/bin', 'SHELL=/bin/sh']
    const { stdout } = await promisify(execFile)('env', [...bare, '/bin/sh', '-c', here(command)], { cwd: '/' })
    expect(stdout).toContain('finished, all 3 rows done')
  })

  test('so does the service of systemd', async () => {
    sync.land('systemd.csv', csvOf(members(1, 4)))
    const unit = here(block('[Service]'))
    const [, node = '', rest = ''] = /^ExecStart=(\S+) (.*)$/m.exec(unit) ?? []
    const [, cwd = ''] = /^WorkingDirectory=(.*)$/m.exec(unit) ?? []
    const env = Object.fromEntries(
      [...readFileSync(environmentFile, 'utf8').matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value]) => [
        name,
        value,
      ]),
    )
    const { stdout } = await promisify(execFile)(node, rest.split(' '), { cwd, env })
    expect(stdout).toContain('finished; 1 of 4 rows done, 3 unchanged')
  })

  test.runIf(existsSync('/usr/bin/systemd-analyze'))('systemd finds no fault with its units', () => {
    const folder = join(temporaryFolder(), 'units')
    mkdirSync(folder)
    const units = [block('[Service]'), block('[Timer]')].map((unit) => {
      const [, path = ''] = /^# (\S+)/.exec(unit) ?? []
      return write({ ...sync.where, folder }, basename(path), here(unit))
    })
    const { status, stdout, stderr } = spawnSync('/usr/bin/systemd-analyze', ['verify', ...units], { encoding: 'utf8' })
    expect([status, stdout, stderr]).toEqual([0, '', ''])
  })

  test('and the container of Kubernetes', async () => {
    sync.land('kubernetes.csv', csvOf(members(1, 5)))
    const job = parse(block('kind: CronJob')) as CronJob
    const [container] = job.spec.jobTemplate.spec.template.spec.containers
    const { stdout } = await run(sync.where, container?.args.map(here) ?? [])
    expect(stdout).toContain('finished; 1 of 5 rows done, 4 unchanged')
  })
})

interface CronJob {
  readonly spec: {
    readonly jobTemplate: {
      readonly spec: { readonly template: { readonly spec: { readonly containers: { readonly args: string[] }[] } } }
    }
  }
}
