import { createHash } from 'node:crypto'
import {
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import { type IdGenerator, RandomIdGenerator } from '@opentelemetry/sdk-trace-base'
import type { AppEvent } from '../app/events.ts'

type RequestEvent = Extract<AppEvent, { kind: 'request' }>

/**
 * Ids that several processes come to by themselves: a run has one trace, and each pass over one of its batches another
 * one that links to it, so that no trace grows with the file.
 */
export class SpanIds implements IdGenerator {
  readonly #random = new RandomIdGenerator()
  #next: SpanContext | undefined

  /** Whatever span `start` starts has these ids. */
  as<Started>(ids: SpanContext, start: () => Started): Started {
    this.#next = ids
    try {
      return start()
    } finally {
      this.#next = undefined
    }
  }

  generateTraceId(): string {
    return this.#next?.traceId ?? this.#random.generateTraceId()
  }

  generateSpanId(): string {
    return this.#next?.spanId ?? this.#random.generateSpanId()
  }
}

/** Gives what makes spans of events: one for each session of a run, each pass over a batch, and each request. */
export function traceEvents(tracer: Tracer, ids: SpanIds): (event: AppEvent) => void {
  const runs = new Map<string, number>()

  function request(event: RequestEvent): void {
    const { run, batch, at, tookMs, lane, rows, result, status, fault, requestId } = event
    const span = tracer.startSpan(
      `request ${lane}`,
      {
        kind: SpanKind.CLIENT,
        startTime: at,
        links: [{ context: runIds(run) }],
        attributes: {
          'rollcall.run': run,
          'rollcall.batch': batch.batch,
          'rollcall.lane': lane,
          'rollcall.rows': rows,
          'rollcall.result': result,
          ...(status !== undefined && { 'http.response.status_code': status }),
          ...(fault !== undefined && { 'error.type': fault }),
          ...(requestId !== undefined && { 'rollcall.request_id': requestId }),
        },
      },
      trace.setSpanContext(ROOT_CONTEXT, batchIds(run, batch)),
    )
    if (result === 'lost' || result === 'rejected') span.setStatus({ code: SpanStatusCode.ERROR })
    span.end(at + tookMs)
  }

  return (event) => {
    switch (event.kind) {
      case 'request':
        request(event)
        return
      case 'batch-passed': {
        const { run, batch, from, until } = event
        const attributes = { 'rollcall.run': run, 'rollcall.batch': batch.batch, 'rollcall.lane': batch.lane }
        const links = [{ context: runIds(run) }]
        ids
          .as(batchIds(run, batch), () =>
            tracer.startSpan(`batch ${batch.lane}`, { root: true, startTime: from, links, attributes }),
          )
          .end(until)
        return
      }
      case 'run-started':
        runs.set(event.run, Date.now())
        return
      case 'run-ended': {
        const startTime = runs.get(event.run)
        if (startTime === undefined) return
        const attributes = { 'rollcall.run': event.run, 'rollcall.state': event.state }
        ids.as(runIds(event.run), () => tracer.startSpan('run', { root: true, startTime, attributes })).end()
        return
      }
      default:
        return
    }
  }
}

function runIds(run: string): SpanContext {
  return idsOf(`run ${run}`)
}

function batchIds(run: string, { lane, batch, pass }: RequestEvent['batch']): SpanContext {
  return idsOf(`batch ${run} ${lane} ${batch} ${pass}`)
}

function idsOf(text: string): SpanContext {
  const hash = createHash('sha256').update(text).digest('hex')
  return { traceId: hash.slice(0, 32), spanId: hash.slice(32, 48), traceFlags: TraceFlags.SAMPLED, isRemote: true }
}
