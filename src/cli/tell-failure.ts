import { commandOf } from '../typed-commands.ts'
import { inspect } from 'node:util'
import { CommanderError } from 'commander'
import type { HomeTrouble } from '../app/disk-trouble.ts'
import { BusyError, InTheWay, UsageError } from '../model.ts'
import { EXIT } from './exit.ts'
import { printJson, sayEvent, sayText } from './screen/print.ts'
import { typed } from './typed.ts'

export interface Telling {
  /** Whether JSON was asked for: then the failure is the one document on standard output, too. */
  readonly json: boolean
  /** Whether standard error is read as JSON lines (`--progress json`). */
  readonly events: boolean
  /** As `--home` gave it. */
  readonly home: string | undefined
}

/** Tells on standard error why a command came to nothing. Gives the exit status. */
export async function tellFailure(error: unknown, telling: Telling): Promise<number> {
  if (error instanceof CommanderError) {
    // Commander has said what there is to say. Help that was asked for is no mistake.
    if (error.exitCode === 0) return EXIT.ok
    if (telling.json) printJson({ error: { kind: 'usage', message: error.message.replace(/^error: /u, '') } })
    return EXIT.usage
  }
  const failure = await failureOf(error, telling.home)
  const { kind, run } = failure
  const message = typed(failure.message)
  if (telling.json) printJson({ error: { kind, message, run } })
  if (telling.events) sayEvent({ event: 'error', at: new Date().toISOString(), kind, message, run })
  else sayText(`rollcall: ${failure.words ?? failure.message}\n`)
  return failure.status
}

interface Failure {
  readonly kind: 'usage' | 'busy' | 'disk' | 'fault'
  readonly message: string
  /** The run that was cut off, and can go on. */
  readonly run?: string | undefined
  /** For people, where there is more to say than the message. */
  readonly words?: string
  readonly status: number
}

async function failureOf(error: unknown, home: string | undefined): Promise<Failure> {
  if (error instanceof UsageError) {
    const kind = error instanceof BusyError ? 'busy' : 'usage'
    return { kind, message: error.message, status: EXIT.usage }
  }
  if (error instanceof InTheWay)
    return { kind: 'disk', message: error.message, status: error.goesOn ? EXIT.stopped : EXIT.fault }
  const trouble = await diskTrouble(error, home)
  if (trouble !== undefined) {
    const { words: message, run } = trouble
    if (run === undefined) return { kind: 'disk', message, status: EXIT.fault }
    const words = `${message}\nThen \`${commandOf('resume', run)}\` goes on.`
    return { kind: 'disk', message, run, words, status: EXIT.stopped }
  }
  const message = error instanceof Error ? error.message : String(error)
  const words = `this is a fault of rollcall's own, or of the machine:\n${describe(error)}`
  return { kind: 'fault', message, words, status: EXIT.fault }
}

/** What an error says of the disk under the home, where it does. */
async function diskTrouble(error: unknown, home: string | undefined): Promise<HomeTrouble | undefined> {
  const { homeOf } = await import('./environment.ts')
  const { homeTrouble } = await import('../app/disk-trouble.ts')
  return homeTrouble(error, homeOf({ home }))
}

function describe(error: unknown): string {
  if (error instanceof Error) return error.stack ?? error.message
  return typeof error === 'string' ? error : inspect(error)
}
