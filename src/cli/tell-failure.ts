import { inspect } from 'node:util'
import { CommanderError } from 'commander'
import type { HomeTrouble } from '../app/disk-trouble.ts'
import { UsageError } from '../model.ts'
import { EXIT } from './exit.ts'
import { printJson, sayText } from './screen/print.ts'

export interface Telling {
  /** Whether JSON was asked for: then the failure is the one document on standard output, too. */
  readonly json: boolean
  /** As `--home` gave it. */
  readonly home: string | undefined
}

/** Tells on standard error why a command came to nothing. Gives the exit status. */
export async function tellFailure(error: unknown, { json, home }: Telling): Promise<number> {
  if (error instanceof CommanderError) {
    // Commander has said what there is to say. Help that was asked for is no mistake.
    if (error.exitCode === 0) return EXIT.ok
    if (json) printFailure('usage', error.message.replace(/^error: /u, ''))
    return EXIT.usage
  }
  if (error instanceof UsageError) {
    if (json) printFailure('usage', error.message)
    sayText(`rollcall: ${error.message}\n`)
    return EXIT.usage
  }
  const trouble = await diskTrouble(error, home)
  if (trouble !== undefined) {
    if (json) printFailure('disk', trouble.words, trouble.run)
    const goOn = trouble.run === undefined ? '' : `\nThen \`rollcall resume ${trouble.run}\` goes on.`
    sayText(`rollcall: ${trouble.words}${goOn}\n`)
    return trouble.run === undefined ? EXIT.fault : EXIT.stopped
  }
  if (json) printFailure('fault', error instanceof Error ? error.message : String(error))
  sayText(`rollcall: this is a fault of rollcall's own, or of the machine:\n${describe(error)}\n`)
  return EXIT.fault
}

function printFailure(kind: 'usage' | 'disk' | 'fault', message: string, run?: string): void {
  printJson({ error: { kind, message, run } })
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
