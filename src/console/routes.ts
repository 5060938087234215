import { z } from 'zod'
import { explainCodes } from '../app/codes/explain-codes.ts'
import { cancel, pace, pause, rerun, rerunEstimate, resume, verify } from './handlers/act-handlers.ts'
import { eventStream } from './handlers/event-handlers.ts'
import { checkUpload, importFields, proposeForUpload, startImport } from './handlers/import-handlers.ts'
import { fileList, oneRow, rowPage, runFile, runList, runOverviewOf, runSummary } from './handlers/run-handlers.ts'
import { workerList } from './handlers/worker-handlers.ts'
import { ok } from './reply.ts'
import { type Route, route } from './route.ts'
import * as shapes from './shapes.ts'
import { syncRoutes } from './sync-routes.ts'

const run = z.object({ run: z.string().describe("a run's id, a part of it, or `latest`") })
const rerunBody = z.strictObject({
  only: z.array(z.enum(['rejected', 'failed', 'invalid'])).optional(),
  code: z.number().int().optional(),
})
const upload = importFields.extend({
  file: z.string().meta({ format: 'binary', description: 'the members' }),
  plan: z.string().meta({ format: 'binary', description: 'the plan, YAML' }),
})

/** All that can be asked of the console, but for its pages. */
export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/runs',
    summary: 'All runs, the latest first',
    changes: false,
    reply: { status: 200, schema: shapes.runList },
    handle: (_asked, console) => runList(console),
  }),
  route({
    method: 'POST',
    path: '/api/runs',
    summary: 'Start an import of a file under a plan, as a process of its own',
    changes: true,
    upload,
    reply: { status: 201, schema: shapes.started },
    handle: ({ incoming }, console) => startImport(console, incoming),
  }),
  route({
    method: 'POST',
    path: '/api/check',
    summary: 'Check a file under a plan: what `check --json` prints',
    changes: true,
    upload,
    reply: { status: 200, schema: shapes.anything },
    handle: ({ incoming, signal }, console) => checkUpload(console, { incoming, signal }),
  }),
  route({
    method: 'POST',
    path: '/api/propose',
    summary: 'Propose a plan for a file, from its columns and first rows',
    changes: false,
    upload: upload.pick({ file: true }),
    reply: { status: 200, schema: shapes.proposal },
    handle: ({ incoming, signal }, console) => proposeForUpload(console, { incoming, signal }),
  }),
  route({
    method: 'GET',
    path: '/api/codes',
    summary: 'What each code of the API means, and what to do about it',
    changes: false,
    reply: { status: 200, schema: shapes.anything },
    handle: () => ok({ codes: explainCodes() }),
  }),
  route({
    method: 'GET',
    path: '/api/runs/:run',
    summary: "A run's summary, as it is at this moment",
    changes: false,
    params: run,
    reply: { status: 200, schema: shapes.summary },
    handle: ({ params }, { environment }) => runSummary(environment.home, params.run),
  }),
  route({
    method: 'GET',
    path: '/api/runs/:run/overview',
    summary: 'How a run stands: its verdict in words, why it stopped, what was not sent and not read',
    changes: false,
    params: run,
    reply: { status: 200, schema: shapes.overview },
    handle: ({ params }, { environment }) => runOverviewOf(environment.home, params.run),
  }),
  route({
    method: 'GET',
    path: '/api/runs/:run/rows',
    summary: 'A page of rows, in order: by status, code and key',
    changes: false,
    params: run,
    query: z.object({
      status: z.enum(['ok', 'warned', 'rejected', 'failed', 'invalid', 'skipped', 'open']).optional(),
      code: z.coerce.number().int().optional(),
      q: z
        .string()
        .max(200)
        .refine((text) => !text.includes('\0'), { error: 'no key holds U+0000' })
        .optional()
        .describe('text that the key holds'),
      after: z.coerce.number().int().min(0).default(0).describe('only rows behind this one'),
      limit: z.coerce.number().int().min(1).max(1_000).default(100),
      masked: z.stringbool().default(false).describe('cut keys that may be an e-mail or a mobile'),
    }),
    reply: { status: 200, schema: shapes.rowPage },
    handle: ({ params, query: { q, ...query } }, { environment }) =>
      rowPage(environment.home, params.run, { ...query, key: q === '' ? undefined : q }),
  }),
  route({
    method: 'GET',
    path: '/api/runs/:run/rows/:row',
    summary: "One row's story: what came in, what was sent, each answer",
    changes: false,
    params: run.extend({ row: z.coerce.number().int().positive() }),
    reply: { status: 200, schema: shapes.anything },
    handle: ({ params }, { environment }) => oneRow(environment.home, params.run, params.row),
  }),
  route({
    method: 'GET',
    path: '/api/runs/:run/files',
    summary: 'The report files that are there',
    changes: false,
    params: run,
    reply: { status: 200, schema: shapes.fileList },
    handle: ({ params }, { environment }) => fileList(environment.home, params.run),
  }),
  route({
    method: 'GET',
    path: '/api/runs/:run/files/:name',
    summary: 'A report file',
    changes: false,
    params: run.extend({ name: z.string() }),
    reply: { status: 200, type: 'application/octet-stream' },
    handle: ({ params }, { environment }) => runFile(environment.home, params.run, params.name),
  }),
  route({
    method: 'POST',
    path: '/api/runs/:run/pause',
    summary: 'Pause a run that is at work',
    changes: true,
    params: run,
    reply: { status: 202, schema: shapes.started },
    handle: ({ params }, console) => pause(console, params.run),
  }),
  route({
    method: 'POST',
    path: '/api/runs/:run/resume',
    summary: 'Go on with a paused, halted or crashed run',
    changes: true,
    params: run,
    reply: { status: 202, schema: shapes.started },
    handle: ({ params }, console) => resume(console, params.run),
  }),
  route({
    method: 'POST',
    path: '/api/runs/:run/cancel',
    summary: 'End a run for good: what was sent stays sent',
    changes: true,
    params: run,
    reply: { status: 202, schema: shapes.started },
    handle: ({ params }, console) => cancel(console, params.run),
  }),
  route({
    method: 'POST',
    path: '/api/runs/:run/rerun',
    summary: 'Send rows that did not succeed again, as a run of its own',
    changes: true,
    params: run,
    body: rerunBody,
    reply: { status: 202, schema: shapes.started },
    handle: ({ params, body }, console) => rerun(console, params.run, body),
  }),
  route({
    method: 'POST',
    path: '/api/runs/:run/rerun/estimate',
    summary: 'What a rerun would send, and how long it takes',
    changes: false,
    params: run,
    body: rerunBody,
    reply: { status: 200, schema: shapes.anything },
    handle: ({ params, body, signal }, console) => rerunEstimate(console, params.run, { body, signal }),
  }),
  route({
    method: 'POST',
    path: '/api/runs/:run/verify',
    summary: 'Look the imported members up, as a run of its own',
    changes: true,
    params: run,
    reply: { status: 202, schema: shapes.started },
    handle: ({ params }, console) => verify(console, params.run),
  }),
  route({
    method: 'POST',
    path: '/api/runs/:run/pace',
    summary: "Change a lane's limit while a run is at work",
    changes: true,
    params: run,
    body: z.object({ lane: z.string(), rpm: z.number().positive().describe('requests a minute') }),
    reply: { status: 202, schema: shapes.started },
    handle: ({ params, body }, console) => pace(console, params.run, body),
  }),
  ...syncRoutes,
  route({
    method: 'GET',
    path: '/api/workers',
    summary: 'Who works for which account and lanes, and what waits',
    changes: false,
    reply: { status: 200, schema: shapes.workers },
    handle: (_asked, console) => workerList(console),
  }),
  route({
    method: 'GET',
    path: '/metrics',
    summary: 'What the runs and syncs of the home do, as Prometheus reads it',
    changes: false,
    reply: { status: 200, type: 'text/plain' },
    handle: async (_asked, { metrics }) => ({
      kind: 'text',
      status: 200,
      body: await metrics(),
      type: 'text/plain; version=0.0.4; charset=utf-8',
    }),
  }),
  route({
    method: 'GET',
    path: '/api/events',
    summary: 'How the runs at work go: server-sent events called `run`',
    changes: false,
    reply: { status: 200, type: 'text/event-stream' },
    handle: ({ signal }, console) => eventStream(console, signal),
  }),
]
