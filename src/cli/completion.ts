import tab from '@bomb.sh/tab/commander'
import type { Command } from 'commander'
import { runNames } from '../app/runs/run-names.ts'
import { listSyncs } from '../app/sync/sync-history.ts'
import { laneNames } from '../lanes/lanes.ts'
import { readEnvironment } from './environment.ts'

type Complete = (value: string, about: string) => void

/** Words for an argument, by its name in the help. What is not here is a file, which shells complete themselves. */
const words: Readonly<Record<string, (home: string | undefined, complete: Complete) => void>> = {
  run(home, complete) {
    complete('latest', 'the latest import')
    for (const { run, about } of runNames(readEnvironment({ home }).home)) complete(run, about)
  },
  lane(_home, complete) {
    for (const lane of laneNames) complete(lane, '')
  },
  sync(home, complete) {
    for (const { name, file } of listSyncs(readEnvironment({ home }))) complete(name, file)
  },
}

/**
 * Adds `completion <shell>`, which prints a script for that shell, and the hidden command that such a script asks.
 * All other commands must be there before.
 */
export function addCompletion(program: Command): void {
  const root = tab(program, { completionCommandName: 'completion' })
  const own = program.commands.find((command) => command.name() === 'completion')
  own?.description('print what completes commands and runs in bash, zsh or fish')
  for (const command of root.commands.values()) {
    for (const [name, argument] of command.arguments) {
      const complete = words[name]
      if (complete !== undefined) argument.handler = (tell) => quietly(() => complete(homeIn(process.argv), tell))
    }
    const run = command.options.get('run')
    if (run !== undefined) run.handler = (tell) => quietly(() => words['run']?.(homeIn(process.argv), tell))
  }
}

/** A home that cannot be read has no names to give; what is wrong with it is told when a command is run. */
function quietly(complete: () => void): void {
  try {
    complete()
  } catch {
    // As above.
  }
}

function homeIn(args: readonly string[]): string | undefined {
  const at = args.findLastIndex((arg) => arg === '--home' || arg.startsWith('--home='))
  const [, home] = args[at]?.split(/=(.*)/su) ?? []
  return at < 0 ? undefined : (home ?? args[at + 1])
}
