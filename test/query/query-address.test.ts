import { describe, expect, test } from 'vitest'
import { isDatabase, nameOf, readDatabase } from '../../src/query/query-address.ts'

describe('addresses of databases', () => {
  test.each([
    ['postgres://asha:p%40ss@db.example.com:6432/crm', 'postgres://asha@db.example.com:6432/crm', 'verify'],
    ['postgresql://db.example.com/crm?sslmode=require', 'postgres://db.example.com/crm', 'encrypt'],
    ['postgres://asha:geheim@localhost/crm', 'postgres://asha@localhost/crm', 'none'],
    ['postgres:///crm?host=/run/postgresql', 'postgres://%2Frun%2Fpostgresql/crm', 'none'],
    // As libpq has them: without a host, and with what is left out behind the question mark.
    ['postgres://asha:geheim@/crm?host=/run/postgresql', 'postgres://asha@%2Frun%2Fpostgresql/crm', 'none'],
    [
      'postgresql:///?host=db.example.com&port=6432&user=asha&dbname=crm',
      'postgres://asha@db.example.com:6432/crm',
      'verify',
    ],
    ['postgres://:6432/crm', 'postgres://localhost:6432/crm', 'none'],
    ['mysql://asha:geheim@127.0.0.1/crm', 'mysql://asha@127.0.0.1/crm', 'none'],
    ['mariadb://asha:geheim@[2001:db8::1]:3307/crm?ssl-mode=DISABLE', 'mysql://asha@[2001:db8::1]:3307/crm', 'none'],
  ])('%s is shown as %s', (address, shown, tls) => {
    expect(isDatabase(address)).toBe(true)
    const database = readDatabase(address)
    expect(nameOf(database)).toBe(shown)
    expect(database).toMatchObject({ tls })
    // What is shown can be given again.
    expect(nameOf(readDatabase(shown))).toBe(shown)
  })

  test.each([
    ['sqlite:members.db', 'members.db'],
    ['sqlite:///var/lib/members.db', '/var/lib/members.db'],
    ['sqlite3:C:\\data\\members.db', 'C:\\data\\members.db'],
  ])('%s is the file %s', (address, path) => {
    expect(isDatabase(address)).toBe(true)
    expect(readDatabase(address)).toEqual({ kind: 'sqlite', path })
  })

  test.each(['members.csv', 's3://bucket/members.csv', 'sqlite.csv', 'postgres.csv'])('%s is none', (path) => {
    expect(isDatabase(path)).toBe(false)
  })

  test.each([
    'postgres://asha:geheim@db example/crm',
    'mysql://asha:ge%heim@db/crm',
    'postgres://a:geheim@h/d?sslmode=maybe',
    'postgres://a:geheim@h/d?port=geheim',
  ])('%s is refused, without its password', (address) => {
    expect(() => readDatabase(address)).toThrow(/is no address of a database/)
    expect(() => readDatabase(address)).not.toThrow(/ge%?heim/)
  })
})
