/** A thread of its own: reads segments of a file that is checked, and counts their rows. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Segment } from '../../../source/csv/cut-segments.ts'
import { type ThreadTask, readerFor } from './second-reader.ts'
import type { ReadSegment, ReaderState } from './segment-reader.ts'

export type ToThread =
  | { readonly kind: 'read'; readonly segment: Segment; readonly from: number }
  | { readonly kind: 'count'; readonly without: readonly number[] }
  | { readonly kind: 'end' }

export type FromThread =
  | { readonly kind: 'ready' }
  | { readonly kind: 'read'; readonly read: ReadSegment }
  | { readonly kind: 'state'; readonly state: ReaderState }

const task = workerData as ThreadTask
const reader = readerFor(task)

parentPort?.on('message', (message: ToThread) => {
  switch (message.kind) {
    case 'read': {
      const { segment, from } = message
      const read = reader.read(segment, Buffer.from(task.slots, from, segment.bytes))
      answer({ kind: 'read', read }, [read.lines.buffer, read.meetings.buffer])
      break
    }
    case 'count':
      reader.count(message.without)
      break
    case 'end':
      answer({ kind: 'state', state: reader.state() })
  }
})
answer({ kind: 'ready' })

function answer(message: FromThread, transferred: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transferred)
}
