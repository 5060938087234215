import { Readable } from 'node:stream'
import { Refusal, type Reply } from '../reply.ts'
import type { Console } from '../route.ts'

const ALIVE_EVERY_MS = 15_000

/** How the runs at work go, as server-sent events, until whoever listens has gone. */
export function eventStream({ events, bounds }: Console, signal: AbortSignal): Reply {
  if (events.listeners() >= bounds.streams) throw new Refusal(409, 'too many pages listen already: close some')
  const stream = new Readable({ read() {} })
  stream.push(': welcome\n\n')
  const stop = events.listen((event) => {
    // Who does not read misses some: each event tells all.
    if (stream.readableLength < 64 * 1024) stream.push(`event: run\ndata: ${JSON.stringify(event)}\n\n`)
  })
  const alive = setInterval(() => stream.push(': still here\n\n'), ALIVE_EVERY_MS)
  const end = () => {
    clearInterval(alive)
    stop()
    stream.push(null)
  }
  signal.addEventListener('abort', end, { once: true })
  stream.on('close', end)
  return {
    kind: 'stream',
    body: stream,
    type: 'text/event-stream; charset=utf-8',
    headers: { 'x-accel-buffering': 'no' },
  }
}
