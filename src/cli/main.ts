import { flushCompileCache } from 'node:module'
import { EXIT } from './exit.ts'
import { sayFirstWord } from './screen/first-word.ts'

const COMPILED_AFTER_MS = 5_000

const given = process.argv.slice(2)
sayFirstWord(given)

// Members' data is in all that we write: for the owner's eyes only, whatever the machine's habit.
process.umask(0o077)

// Whoever reads our output may have seen enough of it: `rollcall codes | head`. EIO: the terminal is closed.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) =>
  process.exit(code === 'EPIPE' || code === 'EIO' ? (process.exitCode ?? EXIT.ok) : EXIT.fault),
)
// Nobody may listen any more to how it goes: the terminal is closed, or `rollcall import 2>&1 | head`. The work goes on.
process.stderr.on('error', () => {})

// What is loaded from here on comes after the first word, and is no more than the command needs.
if (given[0] === '--version' || given[0] === '-V') {
  const { version } = await import('../version.ts')
  process.stdout.write(`${version}\n`)
} else {
  // Node keeps what it has compiled as it ends; who works for days may be killed, and would compile it all again.
  setTimeout(flushCompileCache, COMPILED_AFTER_MS).unref()
  const { runProgram } = await import('./run-program.ts')
  await runProgram(given)
}
