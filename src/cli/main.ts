#!/usr/bin/env -S node --max-old-space-size=256 --max-semi-space-size=8 --no-allocation-site-pretenuring
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { EXIT } from './exit.ts'
import { orderArguments } from './order-arguments.ts'
import { sayFirstWord } from './screen/first-word.ts'

sayFirstWord(process.argv.slice(2))

// Members' data is in all that we write: for the owner's eyes only, whatever the machine's habit.
process.umask(0o077)

// Compiling is half of what a short command takes. Beside the code, where only who may change the code may write; where
// that is not us, nothing is kept. What is installed was compiled before, and its launcher sees to the rest.
if (import.meta.filename.endsWith('.ts')) {
  enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/rollcall'))
}

// What is loaded from here on is kept compiled, and comes after the first word.
const { isCommand, loadProgram } = await import('./program.ts')
const { tellFailure } = await import('./tell-failure.ts')

const args = orderArguments(process.argv.slice(2), isCommand)
const [asked = ''] = args
const asksVersion = asked === '--version' || asked === '-V'
const program = await loadProgram(asksVersion ? [] : isCommand(asked) ? [asked] : undefined)

// Whoever reads our output may have seen enough of it: `rollcall codes | head`. EIO: the terminal is closed.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) =>
  process.exit(code === 'EPIPE' || code === 'EIO' ? (process.exitCode ?? EXIT.ok) : EXIT.fault),
)
// Nobody may listen any more to how it goes: the terminal is closed, or `rollcall import 2>&1 | head`. The work goes on.
process.stderr.on('error', () => {})

// What fails where nobody waits for it is told like anything else.
process.on('uncaughtException', (error) => void tellUncaught(error))

let options: { home?: string } = {}
program.hook('preAction', (_program, command) => {
  options = command.opts()
})

try {
  await program.parseAsync(args, { from: 'user' })
} catch (error) {
  process.exitCode = await tellFailure(error, telling())
}

async function tellUncaught(error: Error): Promise<void> {
  process.exit(await tellFailure(error, telling()))
}

function telling() {
  return { json: args.includes('--json'), events: asksEvents(args), home: options.home }
}

/** Whether standard error is read as JSON lines. */
function asksEvents(given: readonly string[]): boolean {
  return given.includes('--progress=json') || given[given.lastIndexOf('--progress') + 1] === 'json'
}
