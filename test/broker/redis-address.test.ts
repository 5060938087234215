import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readRedisUrl, withoutPassword } from '../../src/broker/redis-address.ts'
import { UsageError } from '../../src/model.ts'

const single = { kind: 'single', tls: false, database: 0, hosts: [{ host: 'redis', port: 6_379 }] }

describe('a REDIS_URL', () => {
  test.each([
    { url: 'redis://redis', is: single },
    { url: 'redis://redis:6380/', is: { ...single, hosts: [{ host: 'redis', port: 6_380 }] } },
    { url: 'redis://[::1]:6380/3', is: { ...single, hosts: [{ host: '::1', port: 6_380 }], database: 3 } },
    { url: 'rediss://redis', is: { ...single, tls: true } },
    { url: 'redis://:p@ss/w#rd@redis', is: { ...single, password: 'p@ss/w#rd' } },
    { url: 'redis://me:a%3Ab:c%25@redis/2', is: { ...single, username: 'me', password: 'a:b:c%', database: 2 } },
    {
      url: 'redis+sentinel://me:secret@s1,s2:5000/members/2',
      is: {
        kind: 'sentinel',
        tls: false,
        hosts: [
          { host: 's1', port: 26_379 },
          { host: 's2', port: 5_000 },
        ],
        username: 'me',
        password: 'secret',
        master: 'members',
        database: 2,
      },
    },
    {
      url: 'redis+sentinel://:secret@s1/members?sentinel=watch:p@ss%25?',
      is: {
        kind: 'sentinel',
        password: 'secret',
        master: 'members',
        sentinel: { username: 'watch', password: 'p@ss%?' },
      },
    },
    { url: 'rediss+sentinel://s1/members', is: { kind: 'sentinel', tls: true, master: 'members', database: 0 } },
    {
      url: 'rediss+cluster://:secret@c1,c2:7000/0',
      is: {
        kind: 'cluster',
        tls: true,
        password: 'secret',
        hosts: [
          { host: 'c1', port: 6_379 },
          { host: 'c2', port: 7_000 },
        ],
      },
    },
  ])('is read: $url', ({ url, is }) => {
    const address = readRedisUrl(url)
    expect(address).toMatchObject(is)
    expect(address.username === undefined).toBe(!url.includes('me:'))
  })

  test.each([
    { url: 'redis', says: 'it has another form' },
    { url: '', says: 'it has another form' },
    { url: 'http://me:hunter2@redis', says: 'it has another form' },
    { url: 'me:hunter2@redis', says: 'it has another form' },
    { url: 'redis+cluster+sentinel://:hunter2@redis', says: 'it has another form' },
    { url: 'redis://', says: 'a host cannot be read' },
    { url: 'redis://me:hunter2', says: 'a host cannot be read' },
    { url: 'redis://redis:66666', says: 'a host cannot be read' },
    { url: 'redis+cluster://c1,,c2', says: 'a host cannot be read' },
    { url: 'redis://r1,r2', says: 'only Sentinel and Cluster have several hosts' },
    { url: 'redis://hunter2@redis', says: 'there is a user without a password' },
    { url: 'redis://me:hunter2%@redis', says: 'must be written %25' },
    { url: 'redis://redis/members', says: 'what follows the host is not the number of a database' },
    { url: 'redis://redis/0?password=hunter2', says: 'what follows the host is not the number of a database' },
    { url: 'redis://redis/0/1', says: 'what follows the host is not the number of a database' },
    { url: 'redis://redis/0?sentinel=:hunter2', says: 'it names no Sentinels' },
    { url: 'redis+sentinel://s1/members?sentinel=hunter2', says: 'there is a user without a password' },
    { url: 'redis+cluster://c1/1', says: 'a Cluster has database 0 only' },
    { url: 'redis+sentinel://:hunter2@s1', says: 'the name of the master is missing' },
    { url: 'redis+sentinel://s1/members/x', says: 'what follows the name is not the number of a database' },
  ])('is refused with the reason and the forms: $url', ({ url, says }) => {
    const reading = () => readRedisUrl(url)
    expect(reading).toThrow(UsageError)
    expect(reading).toThrow(says)
    expect(reading).toThrow('redis+sentinel://user:password@host1:26379,host2:26379/master-name/database')
    expect(reading).not.toThrow('hunter2')
  })

  test('is shown with its hosts and without its password', () => {
    expect(withoutPassword('redis://me:hunter2@redis:6380/1')).toBe('redis://…@redis:6380/1')
    expect(withoutPassword('redis+sentinel://s1,s2/members')).toBe('redis+sentinel://s1,s2/members')
    expect(withoutPassword('redis+sentinel://s1/members?sentinel=:hunter2@3')).toBe(
      'redis+sentinel://s1/members?sentinel=…',
    )
  })

  test('gives any password back as it is, and never shows it', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1 })
    fc.assert(
      fc.property(word, word, fc.boolean(), (username, password, encoded) => {
        const write = (text: string) => (encoded ? encodeURIComponent(text) : text.replaceAll('%', '%25'))
        fc.pre(encoded || !username.includes(':'))
        const url = `rediss://${write(username)}:${write(password)}@redis/1`
        expect(readRedisUrl(url)).toMatchObject({ username, password, hosts: single.hosts, database: 1 })
        expect(withoutPassword(url)).toBe('rediss://…@redis/1')
      }),
    )
  })
})
