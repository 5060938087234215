import { EXIT } from './exit.ts'

export interface StopSignal {
  /** Aborts with the first Ctrl-C, or SIGTERM. */
  readonly signal: AbortSignal
  release(): void
}

/** The first Ctrl-C asks to stop in order, the second stops at once. */
export function listenForStop(onStop: () => void = sayThatWeStop): StopSignal {
  const controller = new AbortController()
  const listener = () => {
    if (controller.signal.aborted) process.exit(EXIT.stopped)
    controller.abort()
    onStop()
  }
  process.on('SIGINT', listener)
  process.on('SIGTERM', listener)
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', listener)
      process.off('SIGTERM', listener)
    },
  }
}

function sayThatWeStop(): void {
  process.stderr.write('\nStopping: what is in flight ends. Ctrl-C again stops at once.\n')
}
