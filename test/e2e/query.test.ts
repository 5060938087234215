import { rmSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { latestRun, placeOn, readReport, run, start, write } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

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
  expect(checked.stdout).toContain('rollcall import sqlite:members.db --query members.sql --plan plan.yaml')
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

test('a plan is proposed for a query, and imports what it gives without an edit', async ({ onTestFinished }) => {
  const simulator = await startSimulator()
  onTestFinished(() => simulator.close())
  const redis = hasRedis ? await startRedis() : undefined
  onTestFinished(() => redis?.close())
  const where = await placeOn(simulator.url, redis, onTestFinished)
  const members = new DatabaseSync(join(where.folder, 'members.db'))
  members.exec(`create table member (member_no text, vorname text, mobil text, geburtsdatum text);
    insert into member values ('00123', 'Jörg, "J"', '0171 2345678', '10.05.1988'), ('00124', 'Uta', null, '31.12.1990')`)
  members.close()
  write(where, 'members.sql', 'select * from member order by member_no')
  const asked = ['sqlite:members.db', '--query', 'members.sql']

  const proposed = await run(where, ['init', ...asked, '--country', 'DE', '--out', 'plan.yaml'])
  expect(proposed.status, proposed.stderr).toBe(0)
  expect(proposed.stdout).toContain('rollcall check sqlite:members.db --query members.sql --plan plan.yaml')
  expect(proposed.stderr).toContain('491712345678')
  expect(proposed.stderr).not.toContain('gzip')
  const imported = await run(where, ['import', ...asked, '--plan', 'plan.yaml'])
  expect(imported.status, imported.stderr).toBe(0)

  const without = await run(where, ['init', 'sqlite:members.db'])
  expect([without.status, without.stderr]).toEqual([2, expect.stringContaining('say with --query')])
  const told = await run(where, ['init', ...asked, '--rows', 'skip: 1'])
  expect([told.status, told.stderr]).toEqual([2, expect.stringContaining('a database is asked as it is')])
})

test('a run over a query goes on when its table is gone, over the rows that it gave', async ({ onTestFinished }) => {
  const simulator = await startSimulator({ latencyMs: 300 })
  onTestFinished(() => simulator.close())
  const redis = hasRedis ? await startRedis() : undefined
  onTestFinished(() => redis?.close())
  const where = await placeOn(simulator.url, redis, onTestFinished)
  const database = join(where.folder, 'members.db')
  const members = new DatabaseSync(database)
  members.exec(`create table member (id text, name text, points real);
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 300)
    insert into member select 'M' || i, 'Member', i from n`)
  members.close()
  write(where, 'plan.yaml', plan.replace('none', '1200'))
  write(where, 'members.sql', 'select id, name, points from member order by rowid')

  const importing = start(where, ['import', 'sqlite:members.db', '--query', 'members.sql', '--plan', 'plan.yaml'])
  await until('some are registered', () => simulator.stats().registrations >= 10)
  importing.child.kill('SIGINT')
  const stopped = await importing.finished
  expect(stopped.status, stopped.stderr).toBe(4)
  expect(simulator.stats().registrations).toBeLessThan(300)
  rmSync(database)
  const resumed = await run(where, ['resume', 'latest'])
  expect(resumed.status, resumed.stderr).toBe(0)
  const keys = readReport(where, 'results.csv').map(({ id, _status }) => `${id} ${_status}`)
  expect(keys).toEqual(Array.from({ length: 300 }, (_, at) => expect.stringMatching(`^M${at + 1} (?:ok|warned)$`)))
  expect(simulator.stats()).toMatchObject({ registrations: 300, exists: 0 })
})
