import { useEffect, useRef, useState } from 'preact/hooks'
import uPlot from 'uplot'
import type { LanePulse, Pulse } from '../api.ts'
import { count } from '../words.ts'

/** A lane's pace over the last minutes, against its limit. The same stands in words beside it. */
export function PaceChart({ lane, pulses }: { lane: string; pulses: readonly Pulse[] }) {
  const holder = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot>(undefined)
  const data = dataOf(lane, pulses)
  const isDark = useDark()
  useEffect(() => {
    const element = holder.current
    if (element === null) return undefined
    const color = (name: string) => getComputedStyle(element).getPropertyValue(name).trim()
    const width = () => Math.max(element.clientWidth, 200)
    const plot = new uPlot(
      {
        width: width(),
        height: 130,
        legend: { show: false },
        cursor: { show: false },
        scales: {
          x: { range: (_plot, from, to) => [Math.min(from, to - SHOWN_AT_LEAST_S), to] },
          y: { range: (_plot, _low, high) => [0, Math.max(high * 1.15, 10)] },
        },
        axes: [
          {
            stroke: color('--quiet'),
            grid: { show: false },
            ticks: { show: false },
            size: 28,
            values: (_plot, times) => times.map(clock),
          },
          { stroke: color('--quiet'), grid: { stroke: color('--rule') }, ticks: { show: false }, size: 56 },
        ],
        series: [
          {},
          { stroke: color('--accent'), width: 2, fill: `${color('--accent')}22`, points: { show: false } },
          { stroke: color('--bad'), width: 1.5, dash: [6, 4], points: { show: false } },
        ],
      },
      data,
      element,
    )
    chart.current = plot
    const observer = new ResizeObserver(() => plot.setSize({ width: width(), height: 130 }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      plot.destroy()
    }
  }, [isDark])
  useEffect(() => chart.current?.setData(data), [pulses])
  const now = pulses.at(-1)?.lanes[lane]
  const limit = now?.limitRpm ?? null
  return (
    <figure>
      <figcaption>
        <b>{lane}</b> {count(now?.rpm ?? 0)} of {limit === null ? 'no limit' : count(limit)} requests a minute
        {now !== undefined && now.throttled > 0 && (
          <span class="mixed"> · throttled {now.throttled === 1 ? 'once' : `${count(now.throttled)} times`}</span>
        )}
        {now?.trouble !== undefined && <p class="mixed">{troubleWords(now.trouble)}</p>}
      </figcaption>
      <div ref={holder} class="chart" aria-hidden="true" />
    </figure>
  )
}

/** Whether the reader's system is set to dark: a canvas does not follow it by itself. */
function useDark(): boolean {
  const [isDark, setDark] = useState(DARK.matches)
  useEffect(() => {
    const change = () => setDark(DARK.matches)
    DARK.addEventListener('change', change)
    return () => DARK.removeEventListener('change', change)
  }, [])
  return isDark
}

const DARK = matchMedia('(prefers-color-scheme: dark)')

/** Why nothing is sent on a lane. */
function troubleWords(trouble: NonNullable<LanePulse['trouble']>): string {
  const why = trouble.reason === '' ? '' : `: ${trouble.reason}`
  return trouble.kind === 'down'
    ? `Down since ${clock(trouble.since / 1000)}${why}. It is tried again and again.`
    : `Held until ${clock(trouble.until / 1000)}, as the API says that it is too fast${why}.`
}

const SHOWN_AT_LEAST_S = 60

function clock(seconds: number): string {
  return new Date(seconds * 1000).toLocaleTimeString('en-GB')
}

function dataOf(lane: string, pulses: readonly Pulse[]): uPlot.AlignedData {
  return [
    pulses.map(({ at }) => at / 1000),
    pulses.map(({ lanes }) => lanes[lane]?.rpm ?? null),
    pulses.map(({ lanes }) => lanes[lane]?.limitRpm ?? null),
  ]
}
