import type { AppEvent, LaneProgress } from '../../app/events.ts'
import type { LaneName } from '../../model.ts'
import { typed } from '../typed.ts'
import { eventText } from './event-text.ts'
import { jsonLine } from './print.ts'
import { type Progress, openRows } from './progress-lines.ts'
import type { Shown } from './show-events.ts'

/** How far a run is stands there so often, and once more when it has ended. */
const EVERY_MS = 1_000

/** Writes events as JSON, one a line, for programs that watch (`--progress json`; docs/operating.md has the fields). */
export function writeEvents(out: NodeJS.WritableStream): Shown {
  let writtenAt = -Infinity
  return {
    on(event) {
      if (event.kind === 'progress') {
        // Not by the event's own time: a wall clock that is put back would have nothing written for as long.
        const now = performance.now()
        if (!event.last && now - writtenAt < EVERY_MS) return
        writtenAt = now
      }
      const line = eventAsJson(event)
      if (line !== undefined) out.write(jsonLine(line))
    },
    [Symbol.dispose]() {},
  }
}

/** An event as its line says it; undefined for what nobody need know. */
function eventAsJson(event: AppEvent, now = Date.now()): object | undefined {
  const at = new Date(event.kind === 'progress' ? event.at : now).toISOString()
  switch (event.kind) {
    case 'progress':
      return { event: 'progress', at, ...progressAsJson(event) }
    case 'stage':
      return { event: 'stage', at, text: event.text }
    case 'run-started': {
      const { run, lanes, limits, broker } = event
      return { event: 'run-started', at, run, lanes, limits, broker, text: eventText(event) }
    }
    case 'run-ended':
      return { event: 'run-ended', at, run: event.run, state: event.state }
    default: {
      const text = eventText(event)
      if (text === undefined) return undefined
      return { event: event.kind, at, ...('run' in event && { run: event.run }), text: typed(text) }
    }
  }
}

/** How far a run is, as scripts read it. */
export function progressAsJson(progress: Progress): object {
  const { run, counts, rowsInAll, lanes, endsAt } = progress
  const { inFlight, notSent, notRead } = openRows(progress)
  return {
    run,
    rows: {
      in_all: rowsInAll ?? null,
      done: counts.rows - counts.open,
      in_flight: inFlight ?? null,
      not_sent_yet: notSent,
      not_read_yet: notRead,
    },
    statuses: counts.statuses,
    lanes: Object.fromEntries(Object.entries(lanes).map(laneAsJson)),
    ends_at: endsAt === undefined ? null : new Date(endsAt).toISOString(),
  }
}

function laneAsJson([lane, { requests, rpm, limitRpm, inFlight, trouble }]: [LaneName, LaneProgress]) {
  return [
    lane,
    {
      requests,
      rpm: Math.round(rpm * 10) / 10,
      limit_rpm: limitRpm ?? null,
      in_flight: inFlight ?? null,
      trouble:
        trouble === undefined
          ? null
          : {
              kind: trouble.kind === 'down' && trouble.refused ? 'refused' : trouble.kind,
              since: new Date(trouble.since).toISOString(),
              until: trouble.kind === 'throttled' ? new Date(trouble.until).toISOString() : null,
              reason: trouble.reason,
            },
    },
  ]
}
