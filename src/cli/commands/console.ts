import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Command, InvalidArgumentError, Option } from 'commander'
import { startConsole } from '../../console/start-console.ts'
import { readConsoleSettings, readEnvironment } from '../environment.ts'
import { homeOption } from '../options.ts'
import { printJson, printLines } from '../screen/print.ts'
import { listenForStop } from '../stop-signal.ts'

interface ConsoleOptions {
  port: number
  host: string
  json?: boolean
  home?: string
}

/** `rollcall console`: a web page over the runs and syncs of a home. */
export function consoleCommand(): Command {
  return new Command('console')
    .description('serve a web page over the runs and syncs of a home')
    .addOption(new Option('--port <n>', 'where it listens; 0: a port that is free').argParser(parsePort).default(4020))
    .addOption(new Option('--host <address>', 'other than loopback needs ROLLCALL_CONSOLE_TOKEN').default('127.0.0.1'))
    .option('--json', 'print the address as JSON')
    .addOption(homeOption())
    .action(async ({ port, host, json, home }: ConsoleOptions) => {
      const environment = readEnvironment({ home })
      const { token, publicHosts } = readConsoleSettings()
      // Before it is there: whoever reads the address may stop it at once.
      using stop = listenForStop(() => {})
      const console = await startConsole({ environment, host, port, token, publicHosts, command: ownCommand() })
      if (json === true) printJson({ url: console.url })
      else printLines([`The console: ${console.url}`, 'Imports that it starts go on when it ends. Ctrl-C ends it.'])
      if (!stop.signal.aborted) await once(stop.signal, 'abort')
      // Whoever is still waited for has nobody left to answer to.
      setTimeout(() => process.exit(), LONGEST_END_MS).unref()
      await console.close()
    })
}

/** Supervisors kill what has not ended in ten seconds or more. */
const LONGEST_END_MS = 5_000

/** This program, as it was started itself, but for what keeps a console small (bin/rollcall.js): an import has work to do. */
function ownCommand(): { readonly program: string; readonly args: readonly string[] } {
  const main = process.argv[1] ?? fileURLToPath(new URL('../main.ts', import.meta.url))
  const flags = process.execArgv
    .filter((flag) => flag !== '--optimize-for-size')
    .map((flag) => (flag.startsWith(YOUNG) ? `${YOUNG}4` : flag))
  return { program: process.execPath, args: [...flags, main] }
}

const YOUNG = '--max-semi-space-size='

function parsePort(value: string): number {
  const port = Number(value)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new InvalidArgumentError('expected a port, from 0 to 65535.')
}
