import { formatCount } from '../../words.ts'
import type { LanePace, PacePoint } from '../lane-pace.ts'
import type { SpanKind } from '../spans.ts'
import { axisTime } from './date-time.ts'
import { type Html, html, trusted } from './html.ts'
import { spanWords } from './span-words.ts'

/** Of the drawing, which is stretched to whatever room there is; its lines are not. */
const WIDTH = 1000
const HEIGHT = 100

/** Two drawings over one time: rows answered, and requests a minute, each against the limit. */
export function paceChart(pace: LanePace): Html {
  const { points, bands, from, to } = pace
  const kinds = [...new Set(bands.map(({ kind }) => kind))]
  const limited = points.some(({ limitRpm }) => limitRpm !== undefined)
  return html`<figure class="chart">
    ${panel(pace, 'rows answered', { value: ({ answered }) => answered, limit: ({ possible }) => possible, isSum: true })}
    ${panel(pace, 'requests a minute', { value: ({ rpm }) => rpm, limit: ({ limitRpm }) => limitRpm, isSum: false })}
    <div class="times" aria-hidden="true">
      ${[0, 0.5, 1].map((at) => html`<span>${axisTime(from + (to - from) * at, to - from)}</span>`)}
    </div>
    <figcaption>
      <span><i class="swatch line"></i>what was done</span
      >${limited && html`<span><i class="swatch limit"></i>the limit</span>`}${kinds.map((kind: SpanKind) => html`<span><i class="swatch ${kind}"></i>${spanWords[kind]}</span>`)}
    </figcaption>
  </figure>`
}

/** Short, as there is little room: `400K`. */
const scaleNumber = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 })

interface Drawn {
  readonly value: (point: PacePoint) => number
  readonly limit: (point: PacePoint) => number | undefined
  /** It grows from nothing, rather than having a height at each time. */
  readonly isSum: boolean
}

function panel({ lane, points, bands, from, to }: LanePace, name: string, { value, limit, isSum }: Drawn): Html {
  const top = niceTop(Math.max(...points.map((point) => Math.max(value(point), limit(point) ?? 0))))
  const x = (at: number) => round(((Math.min(Math.max(at, from), to) - from) / (to - from)) * WIDTH)
  const y = (of: number) => round(HEIGHT - (of / top) * HEIGHT)
  const line = path(
    points.map((point) => ({ x: x(point.at), y: y(value(point)) })),
    isSum ? y(0) : undefined,
  )
  const dashes = path(
    points.map((point) => {
      const of = limit(point)
      return of === undefined ? undefined : { x: x(point.at), y: y(of) }
    }),
    isSum ? y(0) : undefined,
  )
  const label = `${lane}: ${name} over time, up to ${formatCount(Math.round(Math.max(...points.map(value))))}`
  return html`<div class="panel">
    <p class="axis">${name}</p>
    <div class="scale" aria-hidden="true">
      ${[1, 0.5, 0].map((part) => html`<span>${scaleNumber.format(top * part)}</span>`)}
    </div>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}">
      ${bands.map((band) => html`<rect class="${band.kind}" x="${x(band.from)}" y="0" width="${round(Math.max(x(band.to) - x(band.from), 1))}" height="${HEIGHT}" />`)}
      <path class="grid" d="M0 ${HEIGHT / 2}H${WIDTH}M0 0H${WIDTH}" />
      <path class="area" d="${trusted(`${line}V${HEIGHT}H0Z`)}" />
      <path class="line" d="${trusted(line)}" />
      ${dashes !== '' && html`<path class="limit" d="${trusted(dashes)}" />`}
    </svg>
  </div>`
}

/** A line through the points, broken where there is none. It begins at the left edge, at `start` or the first height. */
function path(points: readonly ({ readonly x: number; readonly y: number } | undefined)[], start?: number): string {
  let drawn = ''
  let isDown = false
  for (const [index, point] of points.entries()) {
    if (point === undefined) {
      isDown = false
      continue
    }
    if (index === 0) drawn += `M0 ${start ?? point.y}L${point.x} ${point.y}`
    else drawn += `${isDown ? 'L' : 'M'}${point.x} ${point.y}`
    isDown = true
  }
  return drawn
}

/** The next of 1, 2, 2.5, 5 and 10 with noughts that has the highest value below it. */
function niceTop(highest: number): number {
  if (highest <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(highest))
  const nice = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((step) => step * power >= highest * 1.02) ?? 12
  return nice * power
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
