import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isAtWork } from '../app/runs/run-status.ts'
import { showRun } from '../app/runs/show-run.ts'
import type { ConsoleHome } from './home.ts'
import { Refusal } from './reply.ts'

/** How rollcall is started as a process of its own: the program, and what stands before a command's arguments. */
export interface Command {
  readonly program: string
  readonly args: readonly string[]
}

/** Starts commands of rollcall as processes that go on when this one ends. */
export interface Launcher {
  /** Starts a command that makes a run; gives the run's id once it is there. Throws a Refusal with what the command said. */
  startRun(args: readonly string[]): Promise<string>
  /** Starts a command that goes on with a run; comes back once a process is at work on it. Throws a Refusal likewise. */
  takeUpRun(args: readonly string[], run: string): Promise<void>
  /** Starts a command that may write no log, and comes back when it has begun, or has said why it does not. */
  start(args: readonly string[]): Promise<void>
  /** Runs a command to its end: what it printed. Throws a Refusal where it found something wrong. */
  ask(args: readonly string[], signal: AbortSignal): Promise<string>
}

const LOOK_EVERY_MS = 50
const SAID_NOTHING = 'the command ended and said nothing'
/** How long a command without a sign of its own is watched for a mistake that it finds at once. */
const WATCHED_MS = 1_500

/** `closing`: ends what waits for a sign of life of a process. The process itself goes on. */
export function openLauncher(
  command: Command,
  { home: given, closing }: { readonly home: ConsoleHome; readonly closing: AbortSignal },
): Launcher {
  // Commands that are named in what it says are pasted anywhere.
  const home = resolve(given.path)

  function launch(args: readonly string[], { logs }: { readonly logs: boolean }): Started {
    const name = join(resolve(given.folder('console', 'started')), randomUUID())
    const [log, screen, answer] = [`${name}.log`, `${name}.txt`, `${name}.json`]
    const told = openSync(screen, 'a', 0o600)
    const answered = logs ? openSync(answer, 'a', 0o600) : told
    const logging = logs ? ['--json', '--log-file', log, '--log-level', 'info'] : []
    const all = [...command.args, ...args, '--home', home, ...logging]
    const child = spawn(command.program, all, { detached: true, stdio: ['ignore', answered, told] })
    for (const open of new Set([told, answered])) closeSync(open)
    child.unref()
    return { child, log, screen, answer, failed: failureOf(child), closing }
  }

  return {
    async startRun(args) {
      const started = launch(args, { logs: true })
      return await untilEither(started, () => {
        const run = startedRun(started.log)
        return run !== undefined && hasLedger(home, run) ? run : undefined
      })
    },
    async takeUpRun(args, run) {
      const started = launch(args, { logs: true })
      await untilEither(started, () => (isAtWork(home, run) || hasEndedWell(started) ? true : undefined))
    },
    async start(args) {
      const until = performance.now() + WATCHED_MS
      const started = launch(args, { logs: false })
      await untilEither(started, () => (performance.now() > until || hasEndedWell(started) ? true : undefined))
    },
    async ask(args, signal) {
      const child = spawn(command.program, [...command.args, ...args], { stdio: ['ignore', 'pipe', 'pipe'], signal })
      const texts = { out: '', err: '' }
      child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text))
      child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text))
      const ended = Promise.withResolvers<number | null>()
      child.on('close', ended.resolve)
      child.on('error', ended.reject)
      const status = await ended.promise
      if (status === 2) throw new Refusal(400, mistakeIn(texts.err) || SAID_NOTHING)
      if (status === 1) throw new Error(mistakeIn(texts.err) || SAID_NOTHING)
      return texts.out
    },
  }
}

/** Whether it has done all that it had to do, though rows be left undone. */
function hasEndedWell({ child: { exitCode } }: Started): boolean {
  return exitCode !== null && exitCode !== 1 && exitCode !== 2
}

interface Started {
  readonly child: ChildProcess
  /** Its events, a JSON line each. */
  readonly log: string
  /** What it would have shown on a screen. */
  readonly screen: string
  /** What it answers as JSON: how it ended. Empty where it writes no log. */
  readonly answer: string
  /** Why it did not start at all; undefined as long as it may. */
  readonly failed: () => Error | undefined
  readonly closing: AbortSignal
}

function failureOf(child: ChildProcess): () => Error | undefined {
  let failure: Error | undefined
  child.on('error', (error) => (failure = error))
  return () => failure
}

/** Waits for a sign of life; throws what the command said where it ended without one, and where the console closes. */
async function untilEither<Sign>(started: Started, sign: () => Sign | undefined): Promise<Sign> {
  const { child, failed, log, screen, answer, closing } = started
  for (;;) {
    // In this order: what ended in between has given its sign before.
    const ended = child.exitCode !== null || child.signalCode !== null
    const given = sign()
    if (given !== undefined) return given
    const failure = failed()
    if (failure !== undefined) throw failure
    if (ended) {
      const words = mistakeIn(readFileSync(screen, 'utf8')) || messageIn(answer) || SAID_NOTHING
      const isMistake = child.exitCode === 2 && !isBusy(answer)
      for (const file of [log, screen, answer]) rmSync(file, { force: true })
      throw new Refusal(isMistake ? 400 : 409, words)
    }
    await delay(LOOK_EVERY_MS, undefined, { signal: closing })
  }
}

/** Whether what becomes of a run can be asked for: it is made a moment after the run is there. */
function hasLedger(home: string, run: string): boolean {
  try {
    return showRun(home, run).record.run === run
  } catch {
    return false
  }
}

function startedRun(log: string): string | undefined {
  if (!existsSync(log)) return undefined
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    if (line.includes('"run started"')) return (JSON.parse(line) as { readonly run: string }).run
  }
  return undefined
}

/** Whether the command found nothing wrong but that somebody else is at it. */
function isBusy(answer: string): boolean {
  return answerIn(answer).error?.kind === 'busy'
}

/** What a command says that had nothing to do. */
function messageIn(answer: string): string | undefined {
  return answerIn(answer).message
}

interface CommandAnswer {
  readonly error?: { readonly kind?: string }
  readonly message?: string
}

function answerIn(file: string): CommandAnswer {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as CommandAnswer
  } catch {
    // It writes none, or was killed before it answered.
    return {}
  }
}

/** What a command says in the end of what is wrong: its own words, without its name; empty where it says nothing. */
function mistakeIn(text: string): string {
  const at = text.lastIndexOf('rollcall: ')
  return (at < 0 ? text : text.slice(at + 'rollcall: '.length)).trim()
}
