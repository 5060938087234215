import type { IncomingMessage } from 'node:http'
import type { z } from 'zod'
import type { Environment } from '../app/environment.ts'
import type { RunCatalogue } from '../app/runs/run-catalogue.ts'
import type { EventHub } from './event-hub.ts'
import type { ConsoleHome } from './home.ts'
import type { Launcher } from './launcher.ts'
import type { Reply } from './reply.ts'

/** What handlers work with. */
export interface Console {
  readonly environment: Environment
  readonly home: ConsoleHome
  readonly launcher: Launcher
  readonly events: EventHub
  /** All runs of the home, again and again. */
  readonly runs: RunCatalogue
  readonly metrics: () => Promise<string>
  readonly bounds: Bounds
  /** Aborts when the console ends: nothing keeps it from that. */
  readonly closing: AbortSignal
}

/** What may be asked for at once. */
export interface Bounds {
  /** Of one uploaded file, in bytes. */
  readonly upload: number
  /** Event streams: a browser holds one for each page of ours that is open. */
  readonly streams: number
}

/** What was asked: checked by the route's schemas. */
export interface Asked<Params, Query, Body> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  /** The request as it comes, for who reads its body piece by piece. */
  readonly incoming: IncomingMessage
  /** Aborts when whoever asked has gone. */
  readonly signal: AbortSignal
}

/** One thing that can be asked of the console: the server, the checks and the description are all made from it. */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST'
  /** As hono has it: `/api/runs/:run`. */
  readonly path: string
  readonly summary: string
  /** Requests that change something come from the same origin alone, and are written into the audit log. */
  readonly changes: boolean
  readonly params?: Params
  readonly query?: Query
  /** A JSON body's; a route that reads the request itself has `upload` in its place. */
  readonly body?: Body
  readonly upload?: z.ZodType
  readonly reply: { readonly status: number; readonly schema?: z.ZodType; readonly type?: string }
  readonly handle: (
    asked: Asked<z.output<Params>, z.output<Query>, z.output<Body>>,
    console: Console,
  ) => Reply | Promise<Reply>
}

/** A route whose handler knows what its schemas give. */
export function route<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  one: Route<Params, Query, Body>,
): Route {
  return one
}
