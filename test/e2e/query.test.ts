import { rmSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { latestRun, placeOn, run, write } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'

const plan = `rows: { key: id, delimiter: ";" }
limits: { register: none }
register:
  body:
    profiles:
      - firstName: \${name}
        identifiers: [{ type: externalId, value: "\${id}" }]
        source: INSTORE
    extendedFields: { points: "\${points | number}" }
`

test('a query is imported, and rerun from the rows that it gave when its table is gone', async ({ onTestFinished }) => {
  const simulator = await startSimulator()
  onTestFinished(() => simulator.close())
  const redis = hasRedis ? await startRedis() : undefined
  onTestFinished(() => redis?.close())
  const where = await placeOn(simulator.url, redis, onTestFinished)
  const database = join(where.folder, 'members.db')
  const members = new DatabaseSync(database)
  members.exec(`create table member (id text, name text, points real, gone int);
    insert into member values ('00123', 'Asha, ""', 99999.99, 0), ('00124', null, null, 0), ('00125', 'Dev', 'many', 0), ('7', 'x', 1, 1)`)
  members.close()
  write(where, 'plan.yaml', plan)
  write(where, 'members.sql', '-- who is there\nselect id, name, points from member where gone = 0 order by id;\n')
  const asked = ['sqlite:members.db', '--query', 'members.sql', '--plan', 'plan.yaml']

  const checked = await run(where, ['check', ...asked])
  expect(checked.stdout).toContain("rollcall import 'sqlite:members.db' --query members.sql --plan plan.yaml")
  expect(checked.stderr).not.toContain('gzip')
  const imported = await run(where, ['import', ...asked])
  expect(imported.status, imported.stderr).toBe(3)
  const folder = latestRun(where.home)
  const results = readFileSync(join(folder, 'results.csv'), 'utf8').split('\r\n')
  expect(results[0]).toMatch(/^id,name,points,_row,/)
  expect(results[1]).toMatch(/^00123,"Asha, """"",99999\.99,1,2,ok,registered/)
  expect(results[2]).toMatch(/^00124,,,2,3,ok/)
  expect(results[3]).toMatch(/^00125,Dev,many,3,4,invalid/)

  rmSync(database)
  const again = await run(where, ['rerun', 'latest', '--only', 'invalid'])
  expect(again.status, again.stderr).toBe(3)
  expect(readFileSync(join(latestRun(where.home), 'results.csv'), 'utf8')).toContain('00125,Dev,many')
})
