import { isatty } from 'node:tty'
import { EXIT } from './exit.ts'

/** Listens until it is disposed of. */
export interface StopSignal extends Disposable {
  /** Aborts with the first Ctrl-C, with SIGTERM, or when the terminal is closed. */
  readonly signal: AbortSignal
}

/**
 * The first Ctrl-C asks to stop in order, the second stops at once. Two within a second are one: timeout(1), npm and
 * supervisors signal a process, and its group as well.
 */
export function listenForStop(onStop: () => void, onSecond: () => void = exitAtOnce): StopSignal {
  const controller = new AbortController()
  let askedAt: number | undefined
  const listener = () => {
    if (askedAt !== undefined) {
      if (performance.now() - askedAt >= ONE_SIGNAL_MS) onSecond()
      return
    }
    askedAt = performance.now()
    controller.abort()
    onStop()
  }
  // It may come twice, from the terminal and from its shell. Who reads from no terminal need not stop with one: nohup says
  // so, whose word Node.js does not pass on.
  const readsTerminal = isatty(0)
  const onHangUp = () => {
    if (readsTerminal && !controller.signal.aborted) listener()
  }
  process.on('SIGINT', listener)
  process.on('SIGTERM', listener)
  process.on('SIGHUP', onHangUp)
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      // The same signal may come again before the process has ended, and would then be what it ends by.
      if (askedAt !== undefined) return
      process.off('SIGINT', listener)
      process.off('SIGTERM', listener)
      process.off('SIGHUP', onHangUp)
    },
  }
}

const ONE_SIGNAL_MS = 1_000

function exitAtOnce(): void {
  process.exit(EXIT.stopped)
}
