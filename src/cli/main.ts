#!/usr/bin/env -S node --max-old-space-size=256 --max-semi-space-size=8 --no-allocation-site-pretenuring
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { Command } from 'commander'
import { version } from '../version.ts'
import { EXIT } from './exit.ts'
import { orderArguments } from './order-arguments.ts'
import { tellFailure } from './tell-failure.ts'

// Members' data is in all that we write: for the owner's eyes only, whatever the machine's habit.
process.umask(0o077)

// Compiling is half of what a short command takes. Beside the code, where only who may change the code may write; where
// that is not us, nothing is kept. What is installed was compiled before, and its launcher sees to the rest.
if (import.meta.filename.endsWith('.ts')) {
  enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/rollcall'))
}

/** By name, in the order of the help. The one that is asked for is loaded alone: all of them take half a second. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  import: async () => (await import('./commands/import.ts')).importCommand(),
  check: async () => (await import('./commands/check.ts')).checkCommand(),
  init: async () => (await import('./commands/init.ts')).initCommand(),
  resume: async () => (await import('./commands/resume.ts')).resumeCommand(),
  rerun: async () => (await import('./commands/rerun.ts')).rerunCommand(),
  verify: async () => (await import('./commands/verify.ts')).verifyCommand(),
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand(),
  runs: async () => (await import('./commands/runs.ts')).runsCommand(),
  show: async () => (await import('./commands/show.ts')).showCommand(),
  report: async () => (await import('./commands/report.ts')).reportCommand(),
  pause: async () => (await import('./commands/pause.ts')).pauseCommand(),
  cancel: async () => (await import('./commands/cancel.ts')).cancelCommand(),
  pace: async () => (await import('./commands/pace.ts')).paceCommand(),
  prune: async () => (await import('./commands/prune.ts')).pruneCommand(),
  sync: async () => (await import('./commands/sync.ts')).syncCommand(),
  scheduler: async () => (await import('./commands/scheduler.ts')).schedulerCommand(),
  worker: async () => (await import('./commands/worker.ts')).workerCommand(),
  workers: async () => (await import('./commands/workers.ts')).workersCommand(),
  console: async () => (await import('./commands/console.ts')).consoleCommand(),
  simulate: async () => (await import('./commands/simulate.ts')).simulateCommand(),
  codes: async () => (await import('./commands/codes.ts')).codesCommand(),
}

const program = new Command('rollcall')
  .description(
    'Bulk import of loyalty members, CSV, Excel or JSON in, the Capillary APIs out, an answer for every row.',
  )
  .version(version, '-V, --version', 'print the version')
  .showHelpAfterError('(--help tells more)')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .addHelpText('after', environmentHelp())

const args = orderArguments(process.argv.slice(2), (name) => Object.hasOwn(commands, name))
const [asked = ''] = args
const asksVersion = asked === '--version' || asked === '-V'
const loads = asksVersion ? [] : Object.hasOwn(commands, asked) ? [commands[asked]] : Object.values(commands)
for (const load of loads) {
  const command = await load?.()
  if (command !== undefined) program.addCommand(command.exitOverride().showHelpAfterError('(--help tells more)'))
}

// Completion knows all the others, and is loaded with them.
if (!asksVersion && loads.length > 1) (await import('./completion.ts')).addCompletion(program)

// Whoever reads our output may have seen enough of it: `rollcall codes | head`. EIO: the terminal is closed.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) =>
  process.exit(code === 'EPIPE' || code === 'EIO' ? (process.exitCode ?? EXIT.ok) : EXIT.fault),
)
// Nobody may listen any more to how it goes: the terminal is closed, or `rollcall import 2>&1 | head`. The work goes on.
process.stderr.on('error', () => {})

let options: { home?: string } = {}
program.hook('preAction', (_program, command) => {
  options = command.opts()
})

try {
  await program.parseAsync(args, { from: 'user' })
} catch (error) {
  process.exitCode = await tellFailure(error, { json: args.includes('--json'), home: options.home })
}

function environmentHelp(): string {
  return `
Environment:
  ROLLCALL_BASE_URL                       the Capillary host, https://…
  ROLLCALL_KEY, ROLLCALL_SECRET           credentials for OAuth, or
  ROLLCALL_USERNAME, ROLLCALL_PASSWORD    for Basic authentication
  ROLLCALL_REGION                         asia-1, asia-2, emea, us or demo: the default limits
  ROLLCALL_HOME                           where runs are kept (.rollcall)
  ROLLCALL_NOTIFY_SECRET                  signs what --notify posts
  REDIS_URL                               the broker; without it, the embedded one
  ROLLCALL_SFTP_KEY, ROLLCALL_PGP_KEY …   for files elsewhere and encrypted ones: see docs/remote.md

Exit status: 0 every row is ok, warned or skipped; 3 finished, with rows rejected, failed or invalid; 4 paused or halted,
resume goes on; 2 wrong usage, plan or file; 1 anything else.`
}
