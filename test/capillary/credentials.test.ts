import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/model.ts'
import { createClient } from '../../src/capillary/client.ts'
import { accountId, basicAuthorization, checkBaseUrl, secretsOf } from '../../src/capillary/credentials.ts'

const oauth = { kind: 'oauth', key: 'k1', secret: 's1' } as const

describe('the base URL', () => {
  test.each([
    ['https://eu.api.capillarytech.com', 'https://eu.api.capillarytech.com'],
    [' https://eu.api.capillarytech.com/ ', 'https://eu.api.capillarytech.com'],
    ['https://proxy.example:8443/capillary//', 'https://proxy.example:8443/capillary'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://127.8.9.1:1/x', 'http://127.8.9.1:1/x'],
    ['http://[::1]:80', 'http://[::1]'],
  ])('%s is taken', (given, expected) => {
    expect(checkBaseUrl(given)).toBe(expected)
  })

  test.each([
    ['eu.api.capillarytech.com', /is not a URL: "eu\.api.*expected something like https:/],
    ['', /is not a URL/],
    ['http://eu.api.capillarytech.com', /would send members' data unprotected: use https:\/\/eu\.api/],
    ['http://localhost.example.com', /unprotected/],
    ['http://1127.0.0.1.example.com', /unprotected/],
    ['http://127.0.0.1.example.com', /unprotected/],
    ['ftp://localhost', /neither https nor http/],
    ['https://user:hush@example.com/x', /"https:\/\/\*\*\*@example\.com\/x" holds a username/],
    ['https://user@example.com', /holds a username/],
    ['https://:hush@example.com', /holds a username/],
    ['https://example.com?key=hush', /"https:\/\/example\.com" has a query/],
    ['https://example.com#hush', /has a query or a fragment/],
    ['//user:hush@', /is not a URL/],
    ['user:hush@@', /neither https/],
  ])('%s is refused', (given, words) => {
    expect(() => checkBaseUrl(given)).toThrow(words)
    expect(() => checkBaseUrl(given)).toThrow(UsageError)
    expect(() => checkBaseUrl(given)).not.toThrow(/hush/)
    expect(() => createClient({ baseUrl: given, credentials: oauth })).toThrow(words)
  })
})

describe('Basic authorisation', () => {
  test('is the documented vector', () => {
    expect(basicAuthorization('store.server', 'server123')).toBe(
      'Basic c3RvcmUuc2VydmVyOjhhMTZhNmI3MDUwNWViMWYxZmY3Y2RjMGNkNTU1OWE3',
    )
  })

  test('hashes the password in lower-case hex', () => {
    const plain = Buffer.from(basicAuthorization('jürgen', '123').slice('Basic '.length), 'base64').toString()
    expect(plain).toBe('jürgen:202cb962ac59075b964b07152d234b70')
  })
})

describe('the account id', () => {
  const id = accountId('https://example.com', oauth)

  test('is short, fit for a queue name, and the same whatever the secret and the path', () => {
    expect(id).toMatch(/^[0-9a-f]{16}$/)
    expect(accountId('https://EXAMPLE.com/base/', { ...oauth, secret: 'other' })).toBe(id)
  })

  test('differs by host, by key, and by the kind of credentials', () => {
    const basic = { kind: 'basic', username: 'k1', password: 's1' } as const
    const others = [
      accountId('https://example.org', oauth),
      accountId('https://example.com:8443', oauth),
      accountId('https://example.com', { ...oauth, key: 'k2' }),
      accountId('https://example.com', basic),
      accountId('https://example.com', { ...basic, username: 'k2' }),
    ]
    expect(new Set([id, ...others]).size).toBe(6)
  })
})

test('what is secret of an account is all that a request carries of it', () => {
  expect(secretsOf(oauth)).toEqual(['k1', 's1'])
  expect(secretsOf({ kind: 'basic', username: 'store.server', password: 'server123' })).toEqual([
    'store.server',
    'server123',
    '8a16a6b70505eb1f1ff7cdc0cd5559a7',
    'Basic c3RvcmUuc2VydmVyOjhhMTZhNmI3MDUwNWViMWYxZmY3Y2RjMGNkNTU1OWE3',
    'c3RvcmUuc2VydmVyOjhhMTZhNmI3MDUwNWViMWYxZmY3Y2RjMGNkNTU1OWE3',
  ])
})
