import type { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { orderArguments } from '../../src/cli/order-arguments.ts'
import { isCommand, loadProgram } from '../../src/cli/program.ts'
import { tellFailure } from '../../src/cli/tell-failure.ts'
import { asTyped } from '../../src/typed-commands.ts'
import { temporaryFolder } from '../support/cli.ts'

interface Named {
  readonly name: string
  readonly command: Command
}

const commands: readonly Named[] = (await loadProgram()).commands
  .filter((command) => command.name() !== 'complete')
  .flatMap((command): Named[] =>
    command.commands.length === 0
      ? [{ name: command.name(), command }]
      : command.commands.map((nested) => ({ name: `${command.name()} ${nested.name()}`, command: nested })),
  )

/** They run for ever and tell by their log, or print a script. */
const TELL_NOTHING = ['scheduler', 'worker', 'completion']
/** Those that take a while: how they go can be left untold, or told in JSON. */
const LONG = ['import', 'check', 'resume', 'rerun', 'verify', 'sync run']
/** What can be asked of a home in which nothing is. */
const ASKABLE = ['runs', 'sync list', 'codes', 'prune', 'workers', 'top', 'doctor']

const optionsOf = ({ command }: Named) => command.options.map(({ long }) => long)

describe.each(commands)('$name', (named) => {
  const { name } = named
  const words = name.split(' ')
  const tells = !TELL_NOTHING.includes(name)
  let home: string
  let printed: string
  beforeEach(() => {
    home = temporaryFolder()
    printed = ''
    vi.stubEnv('REDIS_URL', undefined)
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed += String(text)
      return true
    })
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
    process.exitCode = 0
  })

  /** As `main.ts` does it. */
  async function ask(...args: readonly string[]): Promise<unknown> {
    const ordered = orderArguments(args, isCommand)
    try {
      await (await loadProgram([words[0] ?? ''])).parseAsync([...ordered], { from: 'user' })
    } catch (error) {
      await tellFailure(error, { json: true, events: false, home })
    }
    return JSON.parse(printed)
  }

  test('tells what it has to tell as JSON, and how it goes as it is asked', () => {
    expect(optionsOf(named).includes('--json')).toBe(tells)
    const asked = ['--quiet', '--progress'].filter((option) => optionsOf(named).includes(option))
    if (LONG.includes(name)) expect(asked).toEqual(['--quiet', '--progress'])
  })

  test('where it is named with a home, it takes one', () => {
    const typed = asTyped(`rollcall ${name}`, { command: 'rollcall', home: 'a b' })
    expect(typed.endsWith(" --home 'a b'")).toBe(optionsOf(named).includes('--home'))
  })

  test.runIf(tells)('a mistake is one document on standard output', async () => {
    expect(await ask('--json', ...words, '--nonsense')).toEqual({
      error: { kind: 'usage', message: expect.stringMatching(/unknown option|required option/u) as string },
    })
  })

  test.runIf(ASKABLE.includes(name))('so is what it tells of a home in which nothing is', async () => {
    const homed = optionsOf(named).includes('--home') ? ['--home', home] : []
    expect(await ask('--json', ...homed, ...words)).toBeInstanceOf(Object)
    printed = ''
    expect(await ask(...words, ...homed, '--json')).toBeInstanceOf(Object)
  })
})
