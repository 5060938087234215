import type { Logger } from 'pino'
import type { AppEvent, Listener } from '../app/events.ts'

/** Gives what writes events into a log: those that somebody who looks for a fault wants to read later. */
export function logEvents(log: Logger): Listener {
  return (event) => logEvent(log, event)
}

function logEvent(log: Logger, event: AppEvent): void {
  switch (event.kind) {
    case 'run-started': {
      const { run, lanes, limits } = event
      log.info({ run, lanes, limits }, 'run started')
      return
    }
    case 'notice':
      log.warn(event.notice, 'notice')
      return
    case 'run-ended':
      log.info({ run: event.run, state: event.state }, 'run ended')
      return
    case 'home-advice':
    case 'broker-advice':
      log.warn(event.text)
      return
    case 'broker-lost':
      log.warn(event.why)
      return
    case 'broker-abandoned':
      log.warn('Redis stays away, and is no longer waited for')
      return
    case 'jobs-untaken':
      log.warn({ run: event.run, lane: event.lane }, `no worker takes its jobs: ${event.why}`)
      return
    case 'jobs-taken':
      log.info({ run: event.run, lane: event.lane }, 'its jobs are taken')
      return
    case 'broker-back':
      log.info('Redis is back')
      return
    case 'broker-error':
      log.warn({ err: { message: event.message } }, 'the broker reported an error')
      return
    case 'broker-troubled':
      log.error(event.why)
      return
    case 'job-failed':
      log.error({ err: event.cause }, event.message)
      return
    case 'sync-scheduled': {
      const { sync, cron, zone, next } = event
      log.info({ sync, cron, zone, next: new Date(next).toISOString() }, 'scheduled')
      return
    }
    case 'sync-due':
      log.info({ sync: event.sync, due: new Date(event.due).toISOString() }, 'due')
      return
    case 'worker-started':
      log.info({ account: event.account, lanes: event.lanes }, 'worker started')
      return
    case 'worker-stopping':
      log.info('worker stopping: requests in flight end, the rest is handed back')
      return
    case 'worker-stopped':
      log.info('worker stopped')
      return
    default:
      // Of interest to who asked, at this moment.
      return
  }
}
