import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Command } from 'commander'
import { isCommand, loadProgram } from '../../src/cli/program.ts'
import { type CommandReference, describeProgram } from '../../src/cli/reference/describe-program.ts'
import { manPage } from '../../src/cli/reference/man-page.ts'
import { referencePage } from '../../src/cli/reference/markdown.ts'
import { asTyped } from '../../src/typed-commands.ts'
import { temporaryFolder } from '../support/cli.ts'
import { hasProgram } from '../support/programs.ts'

let program: Command
let commands: readonly CommandReference[]

beforeAll(async () => {
  program = await loadProgram()
  commands = describeProgram(program)
})

test('docs/cli.md has every command, as its help has it', async () => {
  await expect(referencePage(commands)).toMatchFileSnapshot(join(import.meta.dirname, '../../docs/cli.md'))
})

test.skipIf(!hasProgram('man'))('man shows the same', () => {
  const path = join(temporaryFolder(), 'rollcall.1')
  writeFileSync(path, manPage(commands, { about: program.description(), version: '1.2.3' }))
  const shown = execFileSync('man', ['--warnings', '-l', path], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', MANWIDTH: '300', MANPAGER: 'cat', LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const { usage, about, options } of commands) {
    expect(shown).toContain(usage)
    expect(shown).toContain(about.slice(0, 40))
    for (const { term } of options) expect(shown).toContain(term)
  }
})

describe('examples', () => {
  test('each command has some, which begin with it, and take options that it has', () => {
    for (const { usage, examples, options } of commands) {
      expect(examples.length, usage).toBeGreaterThan(0)
      const known = options.flatMap(({ term }) => term.match(/--[\w-]+/gu) ?? [])
      for (const example of examples) {
        const [, asked = '', rest = ''] = /\brollcall ([a-z]+)(.*)$/u.exec(example) ?? []
        expect(isCommand(asked) || asked === 'completion', example).toBe(true)
        for (const option of rest.match(/(?<= )--[\w-]+/gu) ?? [])
          expect([...known, '--home'], example).toContain(option)
      }
    }
  })

  test('commands in texts are found by their names, all of them', () => {
    for (const { usage } of commands) expect(asTyped(usage, { command: './rollcall' })).toBe(`./${usage}`)
  })
})
