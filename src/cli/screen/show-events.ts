import type { AppEvent, Listener } from '../../app/events.ts'
import { eventText } from './event-text.ts'
import { printableText } from './printable.ts'
import { type Moment, progressLine } from './progress-line.ts'

/** Where no terminal draws a bar, how far the run is stands there every so often. */
const PRINT_EVERY_MS = 5_000
/** The pace shown is that of the last so many milliseconds. */
const PACE_OVER_MS = 10_000

/** Gives what shows events as they happen: a line each, and a bar below them where `out` is a terminal. */
export function showEvents(out: NodeJS.WriteStream): Listener {
  const show = out.isTTY ? drawProgress(out) : printProgress(out)
  return (event) => {
    if (event.kind === 'progress') {
      show.progress(event)
      return
    }
    const text = eventText(event)
    if (text !== undefined) show.text(text)
  }
}

type Progress = Extract<AppEvent, { kind: 'progress' }>

interface Show {
  readonly progress: (progress: Progress) => void
  readonly text: (text: string) => void
}

function drawProgress(out: NodeJS.WriteStream): Show {
  const line = paceKeeper(true)
  let drawn = false
  return {
    progress(progress) {
      out.write(`\r\u001B[K${line(progress).slice(0, (out.columns ?? 100) - 1)}`)
      drawn = !progress.last
      if (progress.last) out.write('\n')
    },
    text(text) {
      if (drawn) out.write('\r\u001B[K')
      out.write(`${printableText(text)}\n`)
      drawn = false
    },
  }
}

function printProgress(out: NodeJS.WriteStream): Show {
  const line = paceKeeper(false)
  let printedAt: number | undefined
  return {
    progress(progress) {
      printedAt ??= progress.at
      const isDue = progress.last || progress.at - printedAt >= PRINT_EVERY_MS
      if (!isDue) return
      out.write(`${line(progress)}\n`)
      printedAt = progress.last ? undefined : progress.at
    },
    text: (text) => void out.write(`${printableText(text)}\n`),
  }
}

/** Gives what makes lines of a run's progress, whose pace is that of the last seconds. */
function paceKeeper(bar: boolean): (progress: Progress) => string {
  const history: Moment[] = []
  let run: string | undefined
  return (progress) => {
    if (progress.run !== run) history.length = 0
    run = progress.run
    history.push(progress)
    while (history.length > 2 && (history[1]?.at ?? 0) < progress.at - PACE_OVER_MS) history.shift()
    return progressLine(history[0] ?? progress, progress, bar)
  }
}
