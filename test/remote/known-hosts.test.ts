import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findKnownKeys } from '../../src/remote/known-hosts.ts'
import { temporaryFolder } from '../support/cli.ts'
import { hasProgram } from '../support/programs.ts'
import { tell } from './sftp-server.ts'

const KEY = 'AAAAC3NzaC1lZDI1NTE5AAAAIJ0nD4mJZ0mYpJ2b6u8xQWc1lNl1gqk1sB2XkqkQ0d1F'

describe('a line of known_hosts', () => {
  test.for<[string, string, number, boolean]>([
    ['files.example.org', 'files.example.org', 22, true],
    ['files.example.org', 'FILES.example.org', 22, true],
    ['files.example.org', 'files.example.org', 2222, false],
    ['[files.example.org]:2222', 'files.example.org', 2222, true],
    ['[files.example.org]:2222', 'files.example.org', 22, false],
    ['a,files.example.org,b', 'files.example.org', 22, true],
    ['*.example.org', 'files.example.org', 22, true],
    ['*.example.org', 'example.org', 22, false],
    ['file?.example.org', 'files.example.org', 22, true],
    ['*.example.org,!files.example.org', 'files.example.org', 22, false],
    ['*.example.org,!files.example.org', 'other.example.org', 22, true],
    ['[127.0.0.*]:2222', '127.0.0.1', 2222, true],
    ['files+example.org', 'filessexample.org', 22, false],
  ])('%s for %s at port %d: %s', ([hosts, host, port, isKnown]) => {
    expect(findKnownKeys(`${hosts} ssh-ed25519 ${KEY} comment\n`, host, port)).toHaveLength(isKnown ? 1 : 0)
  })

  test('that is a comment, broken, or of an authority, tells nothing; a revoked key is one', () => {
    const text = `# h ssh-ed25519 ${KEY}\nh\nh ssh-ed25519\n\n@cert-authority h ssh-ed25519 ${KEY}\n@revoked h ssh-rsa ${KEY}\r\n`

    expect(findKnownKeys(text, 'h', 22)).toEqual([
      { type: 'ssh-rsa', key: Buffer.from(KEY, 'base64'), isRevoked: true },
    ])
  })
})

test.skipIf(!hasProgram('ssh-keygen'))('finds what ssh-keygen finds, hashed or not', () => {
  const folder = temporaryFolder()
  const part = fc.constantFrom('a', 'b', 'example', 'org', '*', '?')
  const host = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'))
  const pattern = fc.tuple(fc.constantFrom('', '', '!'), host, fc.constantFrom('', ':2222'))
  const hosts = fc
    .array(pattern, { minLength: 1, maxLength: 3 })
    .map((patterns) =>
      patterns.map(([not, name, port]) => (port === '' ? `${not}${name}` : `${not}[${name}]${port}`)).join(','),
    )
  const wanted = fc.tuple(
    host.map((name) => name.replaceAll(/[*?]/g, 'x')),
    fc.constantFrom(22, 2222),
  )
  fc.assert(
    fc.property(
      fc.array(hosts, { minLength: 1, maxLength: 3 }),
      wanted,
      fc.boolean(),
      (lines, [name, port], hashed) => {
        const path = join(folder, 'known_hosts')
        const text = lines.map((line) => `${line} ssh-ed25519 ${KEY}\n`).join('')
        writeFileSync(path, text)
        // Lines with patterns stay as they are.
        if (hashed) tell(['ssh-keygen', '-q', '-H', '-f', path])
        const found = findBySshKeygen(path, port === 22 ? name : `[${name}]:${port}`)

        expect(findKnownKeys(readFileSync(path, 'utf8'), name, port)).toHaveLength(found)
      },
    ),
    { numRuns: 60 },
  )
})

function findBySshKeygen(path: string, name: string): number {
  try {
    return tell(['ssh-keygen', '-F', name, '-f', path])
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#')).length
  } catch {
    return 0
  }
}
