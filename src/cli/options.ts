import { Argument, type Command, InvalidArgumentError, Option } from 'commander'
import type { ImportRequest } from '../app/import/start-import.ts'
import { type WatchOptions, metricsOption } from './telemetry.ts'

/** How a command tells of how it goes, as commander gives it. */
export interface ProgressOptions {
  readonly quiet?: boolean
  readonly progress?: 'auto' | 'json'
}

/** Adds the options of `ProgressOptions`. */
export function addProgressOptions(command: Command): Command {
  return command
    .option('--quiet', 'tell nothing of how it goes: only what it comes to, and what is wrong')
    .addOption(
      new Option('--progress <how>', 'json: tell how it goes as JSON lines on standard error')
        .choices(['auto', 'json'])
        .default('auto'),
    )
}

/** What every command takes that works on a run, as commander gives it. */
export interface WorkOptions extends ProgressOptions, WatchOptions {
  readonly json?: boolean
  readonly workers: boolean
  readonly notify?: string
  readonly home?: string
  readonly logFile?: string
  readonly logLevel: string
}

/** What a command takes that makes a new run. */
export interface NewRunOptions extends WorkOptions {
  readonly priority: ImportRequest['priority']
}

/** Adds the options of `WorkOptions`, in the order in which `--help` has them. */
export function addWorkOptions(command: Command): Command {
  return addProgressOptions(command.option('--json', 'print the summary as JSON on standard output'))
    .addOption(noWorkersOption())
    .addOption(new Option('--notify <url>', 'post the summary there when the run ends, is paused or halts'))
    .addOption(metricsOption())
    .addOption(homeOption())
    .addOption(logOptions().file)
    .addOption(logOptions().level)
}

/** Adds the options of `NewRunOptions`. */
export function addNewRunOptions(command: Command): Command {
  return addWorkOptions(
    command.addOption(
      new Option('--priority <which>', 'high: go before other runs on the same Redis')
        .choices(['normal', 'high'])
        .default('normal'),
    ),
  )
}

export function runArgument(): Argument {
  return new Argument('<run>', "the run's id, a part of it or of its file's name, `latest` or `latest-verify`")
}

export function filesArgument(): Argument {
  return new Argument(
    '<file...>',
    'files of members, or patterns such as "members-*.csv"; an s3://, sftp:// or https:// address, or that of a database: postgres://, mysql://, sqlite:file; - for standard input',
  )
}

export function queryOption(): Option {
  return new Option('--query <file.sql>', 'what a database is asked, where its address stands in the place of a file')
}

export function planOption(): Option {
  return new Option(
    '--plan <plan.yaml>',
    'how to read the file, and which requests to make of each row',
  ).makeOptionMandatory()
}

export function noWorkersOption(): Option {
  return new Option('--no-workers', 'leave the requests to `rollcall worker` processes (needs REDIS_URL)')
}

export function homeOption(): Option {
  return new Option('--home <dir>', 'where runs are kept (ROLLCALL_HOME, else .rollcall)')
}

export function logOptions(): { readonly file: Option; readonly level: Option } {
  return {
    file: new Option('--log-file <path>', 'write events there, not to standard error'),
    level: new Option('--log-level <level>', 'which events are logged')
      .choices(['debug', 'info', 'warn', 'error', 'silent'])
      .default('error'),
  }
}

export function allowUnlinkOption(): Option {
  return new Option('--allow-unlink', 'let a plan with `unlink:` take members out of partner programs')
}

export function limitOption(): Option {
  return new Option('--limit <n>', 'read the first n rows only').argParser((value) => parseCount(value, 'rows'))
}

export function sampleOption(): Option {
  return new Option('--sample <n>', 'look up n of the members only, chosen at random').argParser((value) =>
    parseCount(value, 'members'),
  )
}

function parseCount(value: string, of: string): number {
  const count = Number(value)
  if (Number.isSafeInteger(count) && count > 0) return count
  throw new InvalidArgumentError(`expected a whole number of ${of}, at least 1.`)
}
