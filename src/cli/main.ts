#!/usr/bin/env -S node --max-old-space-size=256 --max-semi-space-size=8
import { Command, CommanderError } from 'commander'
import { UsageError } from '../model.ts'
import { checkCommand } from './commands/check.ts'
import { codesCommand } from './commands/codes.ts'
import { importCommand } from './commands/import.ts'
import { initCommand } from './commands/init.ts'
import { cancelCommand, pauseCommand } from './commands/pause.ts'
import { paceCommand } from './commands/pace.ts'
import { pruneCommand } from './commands/prune.ts'
import { reportCommand } from './commands/report.ts'
import { rerunCommand } from './commands/rerun.ts'
import { resumeCommand } from './commands/resume.ts'
import { runsCommand } from './commands/runs.ts'
import { schedulerCommand } from './commands/scheduler.ts'
import { showCommand } from './commands/show.ts'
import { simulateCommand } from './commands/simulate.ts'
import { syncCommand } from './commands/sync.ts'
import { verifyCommand } from './commands/verify.ts'
import { workerCommand } from './commands/worker.ts'
import { EXIT } from './exit.ts'

// Members' data is in all that we write: for the owner's eyes only, whatever the machine's habit.
process.umask(0o077)

const program = new Command('rollcall')
  .description('Bulk import of loyalty members, CSV or JSONL in, the Capillary APIs out, and an answer for every row.')
  .showHelpAfterError('(--help tells more)')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .addHelpText('after', ENVIRONMENT_HELP())

for (const add of [
  importCommand,
  checkCommand,
  initCommand,
  resumeCommand,
  rerunCommand,
  verifyCommand,
  runsCommand,
  showCommand,
  reportCommand,
  pauseCommand,
  cancelCommand,
  paceCommand,
  pruneCommand,
  syncCommand,
  schedulerCommand,
  workerCommand,
  simulateCommand,
  codesCommand,
]) {
  program.addCommand(add().exitOverride().showHelpAfterError('(--help tells more)'))
}

// Whoever reads our output may have seen enough of it: `rollcall codes | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.fault),
)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has said what there is to say. Help that was asked for is no mistake.
    process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage
  } else if (error instanceof UsageError) {
    process.stderr.write(`rollcall: ${error.message}\n`)
    process.exitCode = EXIT.usage
  } else {
    process.stderr.write(`rollcall: this is a fault of rollcall's own, or of the machine:\n${describe(error)}\n`)
    process.exitCode = EXIT.fault
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function ENVIRONMENT_HELP(): string {
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

Exit status: 0 every row is ok or warned; 3 finished, with rows rejected, failed or invalid; 4 paused or halted,
resume goes on; 2 wrong usage, plan or file; 1 anything else.`
}
