import type { Listener } from '../../app/events.ts'
import { isDumbTerminal } from '../environment.ts'
import { typed } from '../typed.ts'
import { eventText } from './event-text.ts'
import { LiveArea, type Terminal } from './live-area.ts'
import { clearBeforePrint } from './drawn.ts'
import { printable, printableText } from './printable.ts'
import { type Progress, progressLine, progressLines } from './progress-lines.ts'

/** Where no terminal shows it, how far the run is stands there every so often. */
const PRINT_EVERY_MS = 5_000
/** What takes longer is named there: nobody is to wonder what is waited for. */
const SAY_AFTER_MS = 8_000
const SPIN_EVERY_MS = 100
const SPINNER = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'

export interface Shown extends Disposable {
  readonly on: Listener
}

/**
 * Shows events as they happen: a line each and, where `out` is a terminal, how it goes below them. A stage has a line of its
 * own only where there is no terminal, and it takes long.
 */
export function showEvents(out: Terminal & { readonly isTTY?: boolean }): Shown {
  return out.isTTY === true && !isDumbTerminal() ? showLive(new LiveArea(out)) : printEvents(out)
}

function showLive(area: LiveArea): Shown {
  let stage: { readonly text: string; readonly since: number } | undefined
  let progress: Progress | undefined
  const draw = () => {
    if (stage !== undefined) area.draw([spinning(stage)])
    else if (progress !== undefined) area.draw(progressLines(progress, { width: area.width }))
  }
  const timer = setInterval(() => stage !== undefined && draw(), SPIN_EVERY_MS)
  timer.unref()
  clearBeforePrint(() => area.erase())
  return {
    on(event) {
      if (event.kind === 'progress') {
        stage = undefined
        progress = event
        draw()
        if (!event.last) return
        progress = undefined
        area.keep()
        return
      }
      if (event.kind === 'stage') {
        stage = { text: event.text, since: performance.now() }
        draw()
        return
      }
      const text = eventText(event)
      if (text === undefined) return
      stage = undefined
      area.say(printableText(typed(text)))
      draw()
    },
    [Symbol.dispose]() {
      clearInterval(timer)
      clearBeforePrint(undefined)
      if (stage !== undefined) area.erase()
      else if (progress !== undefined) area.keep()
    },
  }
}

function spinning({ text, since }: { readonly text: string; readonly since: number }): readonly { text: string }[] {
  const at = Math.floor((performance.now() - since) / SPIN_EVERY_MS) % SPINNER.length
  return [{ text: `${SPINNER[at] ?? ''} ${text} …` }]
}

function printEvents(out: Terminal): Shown {
  let printedAt: number | undefined
  let waiting: NodeJS.Timeout | undefined
  return {
    on(event) {
      if (event.kind === 'stage') {
        clearTimeout(waiting)
        waiting = setTimeout(() => out.write(`${printableText(event.text)} …\n`), SAY_AFTER_MS)
        waiting.unref()
        return
      }
      if (event.kind !== 'progress') {
        const text = eventText(event)
        if (text === undefined) return
        clearTimeout(waiting)
        out.write(`${printableText(typed(text))}\n`)
        return
      }
      clearTimeout(waiting)
      // Not by the event's own time: a wall clock that is put back would leave nothing to be seen for as long.
      const now = performance.now()
      printedAt ??= now
      if (!event.last && now - printedAt < PRINT_EVERY_MS) return
      out.write(`${printable(progressLine(event))}\n`)
      printedAt = event.last ? undefined : now
    },
    [Symbol.dispose]() {
      clearTimeout(waiting)
    },
  }
}
