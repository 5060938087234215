import type { Logger } from 'pino'
import type { Environment } from '../app/environment.ts'
import { exitStatus } from './exit.ts'
import { openLog } from './log.ts'
import { openNotify } from '../app/notify/notify-end.ts'
import type { WorkOptions } from './options.ts'
import { printEnd } from './screen/print-end.ts'
import type { SessionEnd } from '../app/session/run-session.ts'
import { type StopSignal, listenForStop } from './stop-signal.ts'

/** Works on a run, and leaves the process the run's exit status. */
export type WorkToEnd = (work: (session: { stop: StopSignal; log: Logger }) => Promise<SessionEnd>) => Promise<void>

/**
 * Checks the address of `--notify`, and gives what works on a run until Ctrl-C or its end, and tells of the end: to
 * who is notified, to people, and by the exit status. Throws a UsageError where the address is wrong.
 */
export function workingToEnd(options: WorkOptions, environment: Environment): WorkToEnd {
  const notify = openNotify(options.notify, environment)
  return async (work) => {
    const log = openLog({ file: options.logFile, level: options.logLevel })
    const stop = listenForStop()
    try {
      const end = await work({ stop, log })
      process.exitCode = exitStatus(end.record.state, end.summary)
      // Before it is printed: a reader who is gone by then ends the process.
      await notify(end)
      printEnd(end, { json: options.json === true, home: environment.home, homeOption: options.home })
    } finally {
      stop.release()
    }
  }
}
