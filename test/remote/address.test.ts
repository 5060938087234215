import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Place, below, isRemote, nameOf, readAddress, withoutCredentials } from '../../src/remote/address.ts'

test.for<[string, Partial<Place>]>([
  ['s3://files/in/members 1%20.csv', { kind: 's3', bucket: 'files', key: 'in/members 1%20.csv' }],
  ['S3://Files/', { kind: 's3', bucket: 'Files', key: '' }],
  [
    'sftp://asha@files.example.org/in/a%20b.csv',
    { host: 'files.example.org', port: 22, user: 'asha', path: '/in/a b.csv' },
  ],
  ['sftp://files.example.org:2222/~/in/x.csv', { host: 'files.example.org', port: 2222, path: 'in/x.csv' }],
  ['sftp://a:p%2Fw@[::1]:2222/x?.csv', { host: '::1', user: 'a', password: 'p/w', path: '/x?.csv' }],
  ['sftp://a:p@ss:word@h/x', { host: 'h', user: 'a', password: 'p@ss:word', path: '/x' }],
  ['https://u:p@files.example.org/x.csv?sig=1#there', { kind: 'https', user: 'u', password: 'p' }],
  ['http://127.0.0.1:80/x', { kind: 'https' }],
])('%s is read', ([address, place]) => {
  expect(readAddress(address)).toMatchObject(place)
})

test.for([
  ['ftp://files/x.csv', 'rollcall reads s3://bucket/key'],
  ['s3://files', 's3://bucket/key was expected'],
  ['s3:///key', 's3://bucket/key was expected'],
  ['sftp://files', 'sftp://user@host/path'],
  ['sftp://files:port/x', 'sftp://user@host/path'],
  ['sftp://files/100%', 'write a percent sign as %25'],
  ['https://', 'https://host/path was expected'],
  ['http://files.example.org/x.csv', 'use https'],
] as const)('%s is refused', ([address, expected]) => {
  expect(() => readAddress(address)).toThrow(expected)
})

test.for(['sftp://u:s3cr/et@h:p/x', 'http://u:s3cret@files.example.org/x?sig=s3cret', 'ftp://u:s3cret@h/x'])(
  'an address that is refused shows no password: %s',
  (address) => {
    expect(() => readAddress(address)).toThrow(/^(?!.*s3cr).*$/s)
  },
)

test('what may be shown has neither password nor query', () => {
  expect(withoutCredentials('https://u:p@h/x.csv?sig=1')).toBe('https://h/x.csv')
  expect(withoutCredentials('sftp://u:p@h:2222/~/in/50%25.csv')).toBe('sftp://u@h:2222/~/in/50%25.csv')
  expect(withoutCredentials('/in/members.csv')).toBe('/in/members.csv')
  expect(isRemote('C:\\members.csv')).toBe(false)
})

test('a place is the same after its name was read again, whatever characters are in it', () => {
  const path = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\0'))
  fc.assert(
    fc.property(path, fc.constantFrom('s3', 'sftp', 'home'), (name, kind) => {
      const place: Place =
        kind === 's3'
          ? { kind, bucket: 'files', key: name }
          : { kind: 'sftp', host: 'h', port: 2222, user: 'a:b/c@d', path: kind === 'home' ? `in/${name}` : `/${name}` }

      expect(readAddress(nameOf(place))).toEqual(place)
    }),
  )
})

test('a file below a folder', () => {
  expect(below('sftp://h/done/', '50%.csv')).toBe('sftp://h/done/50%25.csv')
  expect(below('s3://files/done', 'run-1', '50%.csv')).toBe('s3://files/done/run-1/50%.csv')
})
