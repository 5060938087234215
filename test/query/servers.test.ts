import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { proposePlan } from '../../src/app/plan/propose-plan.ts'
import { UsageError } from '../../src/model.ts'
import { takeSnapshot } from '../../src/query/take-snapshot.ts'
import { temporaryFolder } from '../support/cli.ts'
import { until } from '../support/wait.ts'
import { type DatabaseServer, hasMariadb, hasPostgres, startMariadb, startPostgres } from '../support/databases.ts'

describe.skipIf(!hasPostgres)('PostgreSQL', () => {
  let server: DatabaseServer
  beforeAll(async () => {
    server = await startPostgres()
    server.run(`create table member (id text, name text, points numeric, born date, seen timestamptz, vip boolean, note text, raw bytea);
      alter table member owner to reader;
      insert into member values
        ('00123', 'Zoë "Z"', 1234567890123456789.10, '1988-05-10', '1988-05-10 00:00+05:30', true, E'a,\\nb', '\\xff00'),
        ('00124', null, null, null, null, false, '', null);
      create table many as select i as id from generate_series(1, 4501) i`)
    server.run('alter table many owner to reader')
  })
  afterAll(() => server.close())

  test('values are as it writes them', async () => {
    expect(await ask(server, 'select * from member order by id')).toBe(
      'id,name,points,born,seen,vip,note,raw\n' +
        '00123,"Zoë ""Z""",1234567890123456789.10,1988-05-10,1988-05-09 18:30:00+00,t,"a,\nb",\\xff00\n' +
        '00124,,,,,f,"",\n',
    )
  })

  test('init proposes a plan for its members that sends all of them', async () => {
    server.run(`create table customer (customer_no text, first_name text, mobile text, email text, born timestamptz, points numeric);
      alter table customer owner to reader;
      insert into customer values ('00123', 'Zoë', '9876543210', 'zoe@example.com', '1988-05-10 00:00+05:30', 10.5),
        ('00124', 'Dev', null, 'dev@example.com', '1990-12-31 00:00+05:30', null)`)
    expect(await propose(server, 'select * from customer order by 1')).toEqual([
      ['Zoë', '919876543210', 'zoe@example.com', '00123', '1988-05-10'],
      ['Dev', 'dev@example.com', '00124', '1990-12-31'],
    ])
  })

  test('rows come each once and in order', async () => {
    const lines = (await ask(server, 'select id from many order by id')).trim().split('\n')
    expect(lines).toEqual(['id', ...Array.from({ length: 4501 }, (_, at) => String(at + 1))])
  })

  test.each([
    ['of one column, which may be NULL', 'select note from member order by id', 'note\n"a,\nb"\n""\n'],
    ['with a comment at its end', "select ' a ' as x, 2 as y; -- all of them", 'x,y\n" a ",2\n'],
    ['of texts with white space', "select ' a ' as x, '' as y, E'\\t' as z", 'x,y,z\n a ,"",\t\n'],
    ['that ends with more than it needs', 'values (1, null);;\n ;', 'column1,column2\n1,\n'],
    ['that is not copied', 'show all;', /^name,setting,description\n(?:.*\n)*allow_in_place_tablespaces,off,/],
  ])('a query %s', async (_, sql, gives) => {
    expect(await ask(server, sql)).toEqual(typeof gives === 'string' ? gives : expect.stringMatching(gives))
  })

  test.each([
    ["insert into member (id) values ('9') returning id", /A query may change nothing: a SELECT was expected/],
    ['select id\nfrom membr', /members\.sql:2:6: relation "membr" does not exist/],
    ['select id, id from member', /two columns called id/],
    ['select 1 as a; select 2 as a', /multiple commands/],
    ['select 1 / (2501 - id) as x from many order by id', /division by zero/],
  ])('%j is refused', async (sql, says) => {
    await expect(ask(server, sql)).rejects.toThrow(says)
    await expect(ask(server, sql)).rejects.toBeInstanceOf(UsageError)
  })

  test.each(['select pg_sleep(600), 1', 'select pg_sleep(600)'])('a stop does not wait for %s', async (sql) => {
    const seen = `do $$ begin if not exists (select from pg_stat_activity where wait_event = 'PgSleep') then raise 'not yet'; end if; end $$`
    expect(await stopWhen(server, sql, seen)).toMatchObject({ name: 'AbortError' })
    server.run("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'")
  })

  test('a wrong password, and a database that is not there', async () => {
    const wrong = ask(server, 'select 1', (url) => url.replace('geheim', 'verkehrt'))
    await expect(wrong).rejects.toThrow(
      /^postgres:\/\/reader@127\.0\.0\.1:\d+\/members: password authentication failed/,
    )
    await expect(wrong).rejects.not.toThrow('verkehrt')
    await expect(ask(server, 'select 1', (url) => url.replace(/members$/, 'nowhere'))).rejects.toThrow(
      'name of the database',
    )
  })

  test('a server without TLS is refused where members would go in the clear', async () => {
    await expect(ask(server, 'select 1', (url) => `${url}?sslmode=require`)).rejects.toThrow('does not support SSL')
  })
})

describe.skipIf(!hasMariadb)('MariaDB', () => {
  let server: DatabaseServer
  beforeAll(async () => {
    server = await startMariadb()
    server.run(`create table member (id varchar(20), name varchar(50), points decimal(30,2), born date, seen timestamp null, vip tinyint(1), note text, raw varbinary(9));
      set time_zone = '+05:30';
      insert into member values
        ('00123', 'Zoë "Z"', 1234567890123456789.10, '1988-05-10', '1988-05-10 00:00:00', 1, 'a,\\nb', x'ff00'),
        ('00124', null, null, null, null, 0, '', null);
      create table many select seq as id from seq_1_to_4501`)
  })
  afterAll(() => server.close())

  test('values are as it writes them', async () => {
    expect(await ask(server, 'select * from member order by id')).toBe(
      'id,name,points,born,seen,vip,note,raw\n' +
        '00123,"Zoë ""Z""",1234567890123456789.10,1988-05-10,1988-05-09 18:30:00,1,"a,\nb",\\xff00\n' +
        '00124,,,,,0,,\n',
    )
  })

  test('init proposes a plan for its members that sends all of them', async () => {
    server.run(`create table customer (customer_no varchar(20), first_name varchar(50), mobile varchar(20), email varchar(50), born datetime, points decimal(9,2));
      insert into customer values ('00123', 'Zoë', '9876543210', 'zoe@example.com', '1988-05-10 00:00:00', 10.5),
        ('00124', 'Dev', null, 'dev@example.com', '1990-12-31 00:00:00', null)`)
    expect(await propose(server, 'select * from customer order by 1')).toEqual([
      ['Zoë', '919876543210', 'zoe@example.com', '00123', '1988-05-10'],
      ['Dev', 'dev@example.com', '00124', '1990-12-31'],
    ])
  })

  test('rows come as they are read, each once and in order', async () => {
    const lines = (await ask(server, 'select id from many order by id')).trim().split('\n')
    expect(lines).toEqual(['id', ...Array.from({ length: 4501 }, (_, at) => String(at + 1))])
  })

  test.each([
    ["insert into member (id) values ('9') returning id", /A query may change nothing: a SELECT was expected/],
    ['create table other (id int)', /A query may change nothing/],
    ['select id from membr', /members\.sql: Table 'members\.membr' doesn't exist/],
    ['select id, id from member', /two columns called id/],
    ['select 1 as a; select 2 as a', /error in your SQL syntax/],
    ['-- note\n/* more */ drop table many', /A query may change nothing/],
    ['select 1 into @x', /gives no rows: a SELECT was expected/],
  ])('%j is refused', async (sql, says) => {
    await expect(ask(server, sql)).rejects.toThrow(says)
    await expect(ask(server, sql)).rejects.toBeInstanceOf(UsageError)
  })

  test('a stop does not wait for a query', async () => {
    const seen =
      "select if((select count(*) from information_schema.processlist where state = 'User sleep') > 0, 1, (select 1 union select 2))"
    expect(await stopWhen(server, 'select sleep(600), 1', seen)).toMatchObject({ name: 'AbortError' })
  })

  test('a wrong password', async () => {
    const wrong = ask(server, 'select 1', (url) => url.replace('geheim', 'verkehrt'))
    await expect(wrong).rejects.toThrow(/^mysql:\/\/reader@127\.0\.0\.1:\d+\/members: Access denied/)
    await expect(wrong).rejects.not.toThrow('verkehrt')
  })
})

/** Stops asking once the server is at the query, which `seen` shows by not failing. Gives the error that it ends with. */
async function stopWhen(server: DatabaseServer, sql: string, seen: string): Promise<unknown> {
  const stop = new AbortController()
  const asked = ask(server, sql, undefined, stop.signal).catch((error: unknown) => error)
  await until('the server is at the query', () => {
    try {
      server.run(seen)
      return true
    } catch {
      return false
    }
  })
  stop.abort()
  return await asked
}

/** What a query gives, as the snapshot has it. */
async function ask(
  server: DatabaseServer,
  sql: string,
  change = (url: string) => url,
  signal = new AbortController().signal,
): Promise<string> {
  const to = join(temporaryFolder(), 'snapshot')
  const address = change(server.url.replace('reader@', 'reader:geheim@'))
  await takeSnapshot(address, { to, sql, queryName: 'members.sql', signal })
  return zstdDecompressSync(readFileSync(to)).toString()
}

/** Of each row that `init --query` would send: its name, identifiers and day of birth. */
async function propose(server: DatabaseServer, sql: string): Promise<readonly (readonly unknown[])[]> {
  const query = join(temporaryFolder(), 'members.sql')
  writeFileSync(query, sql)
  const file = server.url.replace('reader@', 'reader:geheim@')
  const { source, text, trial } = await proposePlan({ file, query, country: 'IN' }, () => {})
  expect(source).toBe(server.url)
  expect(text).not.toContain('geheim')
  expect(trial).toMatchObject({ rows: 2, ready: 2, problems: [] })
  return trial.preview.map(({ requests }) => {
    const body: unknown = requests.register?.['body']
    const { profiles, extendedFields } = body as Body
    return profiles.flatMap(({ firstName, identifiers }) => [
      firstName,
      ...identifiers.map(({ value }) => value),
      extendedFields.dob,
    ])
  })
}

interface Body {
  readonly profiles: readonly {
    readonly firstName: string
    readonly identifiers: readonly { readonly value: string }[]
  }[]
  readonly extendedFields: { readonly dob: string }
}
