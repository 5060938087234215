import type { Logger } from 'pino'
import type { Context } from '../app/context.ts'
import type { Environment } from '../app/environment.ts'
import type { Listener } from '../app/events.ts'
import { logEvents } from './log-events.ts'
import { showEvents } from './screen/show-events.ts'
import { listenForStop } from './stop-signal.ts'
import type { Watched } from './telemetry.ts'

export interface ContextOptions {
  /** Where events are logged; absent: nowhere. */
  readonly log?: Logger
  /** Whether events are shown as they happen, on standard error. */
  readonly show?: boolean
  /** Who else hears of events. */
  readonly watched?: Pick<Watched, 'on'>
  /** What is said at the first Ctrl-C. */
  readonly onStop?: () => void
}

/** What everything that takes time is asked with: stopped by Ctrl-C, heard on the screen and in the log. Disposed of at the end. */
export function openContext(environment: Environment, options: ContextOptions): Context & Disposable {
  const { log, show = true, watched, onStop } = options
  const listeners: Listener[] = [
    ...(show ? [showEvents(process.stderr)] : []),
    ...(log === undefined ? [] : [logEvents(log)]),
    ...(watched?.on === undefined ? [] : [watched.on]),
  ]
  const stop = listenForStop(onStop)
  return {
    environment,
    signal: stop.signal,
    on(event) {
      for (const listener of listeners) listener(event)
    },
    [Symbol.dispose]: stop.release,
  }
}
