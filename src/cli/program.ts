import { Command } from 'commander'
import { version } from '../version.ts'
import { lighten } from './lighten.ts'
import { environmentHelp } from './reference/environment.ts'
import { examplesHelp } from './reference/examples.ts'
import { clearScreen } from './screen/drawn.ts'
import { printableText } from './screen/printable.ts'
import { typed } from './typed.ts'

/** By name, in the order of the help. The one that is asked for is loaded alone: all of them take half a second. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  import: async () => (await light(() => import('./commands/import.ts'))).importCommand(),
  check: async () => (await import('./commands/check.ts')).checkCommand(),
  init: async () => (await import('./commands/init.ts')).initCommand(),
  resume: async () => (await light(() => import('./commands/resume.ts'))).resumeCommand(),
  rerun: async () => (await light(() => import('./commands/rerun.ts'))).rerunCommand(),
  verify: async () => (await light(() => import('./commands/verify.ts'))).verifyCommand(),
  doctor: async () => (await light(() => import('./commands/doctor.ts'))).doctorCommand(),
  runs: async () => (await import('./commands/runs.ts')).runsCommand(),
  show: async () => (await import('./commands/show.ts')).showCommand(),
  report: async () => (await import('./commands/report.ts')).reportCommand(),
  pause: async () => (await import('./commands/pause.ts')).pauseCommand(),
  cancel: async () => (await import('./commands/cancel.ts')).cancelCommand(),
  pace: async () => (await import('./commands/pace.ts')).paceCommand(),
  prune: async () => (await import('./commands/prune.ts')).pruneCommand(),
  sync: async () => (await light(() => import('./commands/sync.ts'))).syncCommand(),
  scheduler: async () => (await light(() => import('./commands/scheduler.ts'))).schedulerCommand(),
  worker: async () => (await light(() => import('./commands/worker.ts'))).workerCommand(),
  workers: async () => (await import('./commands/workers.ts')).workersCommand(),
  top: async () => (await import('./commands/top.ts')).topCommand(),
  console: async () => (await light(() => import('./commands/console.ts'))).consoleCommand(),
  simulate: async () => (await light(() => import('./commands/simulate.ts'))).simulateCommand(),
  codes: async () => (await import('./commands/codes.ts')).codesCommand(),
}

/** What makes requests, or answers them. */
async function light<Module>(load: () => Promise<Module>): Promise<Module> {
  lighten()
  return await load()
}

export function isCommand(name: string): boolean {
  return Object.hasOwn(commands, name)
}

/** `rollcall` with those of its commands; with all of them, unless told, and completion, which knows the others. */
export async function loadProgram(names?: readonly string[]): Promise<Command> {
  const program = new Command('rollcall')
    .description(
      'Bulk import of loyalty members, CSV, Excel or JSON in, the Capillary APIs out, an answer for every row.',
    )
    .version(version, '-V, --version', 'print the version')
    .showHelpAfterError('(--help tells more)')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: outputMistake })
    .addHelpText('after', environmentHelp())
  for (const name of names ?? Object.keys(commands)) {
    const command = await commands[name]?.()
    if (command === undefined) continue
    program.addCommand(telling(command))
    addExamples(command, command.name())
    for (const nested of command.commands) addExamples(telling(nested), `${command.name()} ${nested.name()}`)
  }
  if (names === undefined) (await import('./completion.ts')).addCompletion(program)
  return program
}

/** The command, saying what was wrong with how it was called. */
function telling(command: Command): Command {
  return command
    .exitOverride()
    .showHelpAfterError('(--help tells more)')
    .configureOutput({ outputError: outputMistake })
}

/** What was mistaken is repeated, whatever stands in it. */
function outputMistake(text: string, write: (text: string) => void): void {
  clearScreen()
  write(printableText(text))
}

function addExamples(command: Command, name: string): void {
  command.addHelpText('after', () => typed(examplesHelp(name)))
}
