import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { platform } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Finished, type Place, place, run, start, temporaryFolder, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const hook = fileURLToPath(new URL('../support/open-at-exit.mjs', import.meta.url))
const IMPORT = ['import', 'members.csv', '--plan', 'plan.yaml']

const SYNC = 'source: inbox\nready: renamed\nplan: plan.yaml\n'

// What is open at the end of a process was forgotten: in the console's or a program's own it stays open.
describe.skipIf(platform() !== 'linux')('nothing is open at the end', () => {
  describe.each([{ broker: 'embedded' }, ...(hasRedis ? [{ broker: 'redis' }] : [])])('on $broker', ({ broker }) => {
    let where: Place
    let simulator: Simulator
    beforeAll(async () => {
      const redis = broker === 'redis' ? await startRedis() : undefined
      simulator = await startSimulator()
      where = place(simulator.url, redis?.url)
      write(where, 'plan.yaml', membersPlan)
      write(where, 'other.yaml', membersPlan.replace('${name}', '${no such column}'))
      write(where, 'members.csv', `${membersCsv(20)}SIM-8017-21,Name,919800000099,G-99\n`)
      write(where, 'broken.csv', membersCsv(3).replaceAll('Name', '"Na"me"'))
      mkdirSync(join(where.folder, 'inbox'))
      for (const name of ['a.csv', 'b.csv']) write(where, join('inbox', name), membersCsv(3).replace('name', 'nom'))
      write(where, 'members.sync.yaml', SYNC)
      return async () => {
        await simulator.close()
        await redis?.close()
      }
    })

    test.for([
      ['of an import', IMPORT, 3],
      ['of an import that was made before', IMPORT, 2],
      ['of an import whose plan does not fit', ['import', 'members.csv', '--plan', 'other.yaml'], 2],
      ['of a dry run', [...IMPORT, '--dry-run'], 0],
      ['of a check', ['check', 'members.csv', '--plan', 'plan.yaml'], 0],
      ['of a check whose plan does not fit', ['check', 'members.csv', '--plan', 'other.yaml'], 2],
      ['of a check of a broken file', ['check', 'broken.csv', '--plan', 'plan.yaml'], undefined],
      ['of a proposal', ['init', 'members.csv', '--force'], 0],
      ['of a list', ['runs'], 0],
      ['of a view', ['show', 'latest'], 0],
      ['of a view of a row', ['show', 'latest', '--row', '21'], 0],
      ['of a report', ['report', 'latest', '--format', 'jsonl'], 0],
      ['of a workbook', ['report', 'latest', '--format', 'xlsx'], 0],
      ['of a resume of what is finished', ['resume', 'latest'], 2],
      ['of a cancel of what is finished', ['cancel', 'latest'], 2],
      ['of a rerun', ['rerun', 'latest'], 3],
      ['of a verification', ['verify', 'latest', '--sample', '2'], undefined],
      ['of a sync whose files do not fit', ['sync', 'run', 'members.sync.yaml'], undefined],
      ['of a list of syncs', ['sync', 'list'], 0],
      ['of doctor', ['doctor'], undefined],
      ['of workers', ['workers'], 0],
      ['of top', ['top'], 0],
      ['of a prune', ['prune', '--keep', '0'], 0],
    ] as const)('%s', async ([, args, status]) => {
      const { finished, open } = await runHooked(where, args)
      expect(open, finished.stderr).toEqual([])
      if (status !== undefined) expect(finished.status, finished.stderr).toBe(status)
    })

    test.for([
      ['of a console', ['console', '--port', '0'], /http:\/\//],
      ...(broker === 'redis' ? [['of a worker', ['worker'], /worker started/] as const] : []),
    ] as const)('%s that is stopped', async ([, args, isThere]) => {
      const { hooked, open } = hookInto(where)
      const running = start(hooked, args)
      let stdout = ''
      running.child.stdout?.on('data', (text: string) => (stdout += text))
      await until('it is there', () => isThere.test(running.stderr() + stdout))
      running.child.kill('SIGTERM')
      const { stderr } = await running.finished
      expect(open(), stderr).toEqual([])
    })
  })
})

test.skipIf(platform() !== 'linux')('what a command leaves open is seen', async () => {
  const where = place('http://127.0.0.1:9')
  write(where, 'left.txt', '')
  const leak = write(where, 'leak.mjs', `import { openSync } from 'node:fs'\nopenSync('left.txt')\n`)
  const { hooked, open } = hookInto(where)
  await run({ ...hooked, env: { ...hooked.env, NODE_OPTIONS: `${hooked.env.NODE_OPTIONS} --import ${leak}` } }, [
    'runs',
  ])
  expect(open()).toEqual(['left.txt'])
})

async function runHooked(where: Place, args: readonly string[]) {
  const { hooked, open } = hookInto(where)
  const finished: Finished = await run(hooked, args)
  return { finished, open: open() }
}

/** The place, with what is open at the end of the commands that are started there. */
function hookInto(where: Place) {
  const out = temporaryFolder()
  const env = { ...where.env, NODE_OPTIONS: `--import ${hook}`, OPEN_AT_EXIT: out, OPEN_BELOW: where.folder }
  const open = () => {
    const processes = readdirSync(out)
    // A process that told nothing has not shown that nothing was open.
    expect(processes).not.toEqual([])
    return processes.flatMap((pid) => {
      const { files, handles, timers } = JSON.parse(readFileSync(join(out, pid), 'utf8')) as Record<string, string[]>
      return [...(files ?? []), ...(handles ?? []), ...(timers ?? [])]
    })
  }
  return { hooked: { ...where, env }, open }
}
