import type { Logger } from 'pino'
import type { Context } from '../app/context.ts'
import type { Environment } from '../app/environment.ts'
import type { Listener } from '../app/events.ts'
import { commandOf } from '../typed-commands.ts'
import { EXIT } from './exit.ts'
import { logEvents } from './log-events.ts'
import type { ProgressOptions } from './options.ts'
import { writeEvents } from './screen/json-events.ts'
import { sayEvent, sayText } from './screen/print.ts'
import { type Shown, showEvents } from './screen/show-events.ts'
import { listenForStop } from './stop-signal.ts'
import type { Watched } from './telemetry.ts'
import { typed } from './typed.ts'

export interface ContextOptions {
  /** Where events are logged; absent: nowhere. */
  readonly log?: Logger
  /** Whether events are shown as they happen, on standard error. */
  readonly show?: boolean
  /** Who else hears of events. */
  readonly watched?: Pick<Watched, 'on'>
  /** How they are shown. */
  readonly options?: ProgressOptions
  /** What goes on with a run that was stopped; `resume` unless told. */
  readonly goOn?: (run: string) => string
  /** What is done at the first Ctrl-C; absent: it is said that we stop. */
  readonly onStop?: () => void
}

/**
 * What everything that takes time is asked with: stopped by Ctrl-C, heard on the screen and in the log. Disposed of at the
 * end.
 */
export function openContext(environment: Environment, contextOptions: ContextOptions): Context & Disposable {
  const { log, show = true, watched, options = {}, goOn = (run) => commandOf('resume', run) } = contextOptions
  const asJson = options.progress === 'json'
  const shown = show && options.quiet !== true ? showAs(asJson) : undefined
  const say = (event: string, text: string) => {
    if (asJson) sayEvent({ event, at: new Date().toISOString(), text: typed(text.trim()) })
    else sayText(text)
  }
  let run: string | undefined
  const listeners: Listener[] = [
    (event) => {
      if (event.kind === 'run-started' || event.kind === 'run-resumed') run = event.run
    },
    ...(shown === undefined ? [] : [shown.on]),
    ...(log === undefined ? [] : [logEvents(log)]),
    ...(watched?.on === undefined ? [] : [watched.on]),
  ]
  const stop = listenForStop(contextOptions.onStop ?? (() => say('stopping', STOPPING)), () => {
    if (run !== undefined) say('stopped', `${STOPPED}\n  ${goOn(run)}\n`)
    process.exit(EXIT.stopped)
  })
  return {
    environment,
    signal: stop.signal,
    on(event) {
      for (const listener of listeners) listener(event)
    },
    [Symbol.dispose]() {
      stop[Symbol.dispose]()
      shown?.[Symbol.dispose]()
    },
  }
}

/** For what is mostly over at once: heard on the screen alone, and ended by Ctrl-C as the system does it. */
export function openBriefContext(environment: Environment): Context & Disposable {
  const { on, [Symbol.dispose]: dispose } = showEvents(process.stderr)
  return { environment, on, signal: new AbortController().signal, [Symbol.dispose]: dispose }
}

const STOPPING = '\nStopping: what is in flight ends. Ctrl-C again stops at once.\n'
const STOPPED =
  '\nStopped at once. What was in flight is found out about when the run goes on; nothing is lost. To go on:'

function showAs(json: boolean): Shown {
  return json ? writeEvents(process.stderr) : showEvents(process.stderr)
}
