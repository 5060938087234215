import { z } from 'zod'
import { oneSync, pauseSync, resumeSync, runSync, syncList } from './handlers/sync-handlers.ts'
import { type Route, route } from './route.ts'
import * as shapes from './shapes.ts'

const sync = z.object({ name: z.string().describe("a sync's name") })

/** What can be asked of syncs. */
export const syncRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/syncs',
    summary: 'The syncs that were run here, and when each is due next',
    changes: false,
    reply: { status: 200, schema: shapes.syncList },
    handle: (_asked, console) => syncList(console),
  }),
  route({
    method: 'GET',
    path: '/api/syncs/:name',
    summary: 'How a sync stands, and its latest executions',
    changes: false,
    params: sync,
    reply: { status: 200, schema: shapes.anything },
    handle: ({ params }, console) => oneSync(console, params.name),
  }),
  route({
    method: 'POST',
    path: '/api/syncs/:name/run',
    summary: 'Run a sync now; with `force`, also where it holds a file back',
    changes: true,
    params: sync,
    body: z.object({ force: z.boolean().optional() }),
    reply: { status: 202, schema: shapes.anything },
    handle: ({ params, body }, console) => runSync(console, params.name, body),
  }),
  route({
    method: 'POST',
    path: '/api/syncs/:name/pause',
    summary: 'Keep a sync from beginning anything until it is resumed',
    changes: true,
    params: sync,
    reply: { status: 202, schema: shapes.anything },
    handle: ({ params }, console) => pauseSync(console, params.name),
  }),
  route({
    method: 'POST',
    path: '/api/syncs/:name/resume',
    summary: 'Let a paused sync go on, at its next time',
    changes: true,
    params: sync,
    reply: { status: 202, schema: shapes.anything },
    handle: ({ params }, console) => resumeSync(console, params.name),
  }),
]
