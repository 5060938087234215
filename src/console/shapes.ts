import { z } from 'zod'

/** What the console answers, for its description. The words are those of the reports. */

export const anything = z.looseObject({})

export const proposal = z.object({ plan: z.string().describe('YAML') })

export const started = z.object({ run: z.string() })

export const runList = z.object({
  runs: z.array(
    z.looseObject({
      run: z.string(),
      state: z.enum(['running', 'finished', 'paused', 'halted', 'cancelled', 'crashed', 'unreadable']),
      file: z.string().optional(),
      rows: z.number().int().optional(),
      problems: z.number().int().optional().describe('rows rejected, failed or invalid'),
      toLookAt: z.boolean().optional().describe('these, or anything else for people to look at'),
      kind: z.enum(['import', 'rerun', 'verify', 'sync']).optional(),
      startedAt: z.iso.datetime().optional(),
      finishedAt: z.iso.datetime().nullable().optional(),
    }),
  ),
})

export const summary = z.looseObject({
  run: z.string(),
  file: z.string(),
  sha256: z.string(),
  plan: z.string(),
  state: z.string(),
  rows: z.number().int(),
})

export const overview = z.looseObject({
  run: z.string(),
  state: z.string(),
  verdict: z.string(),
  tone: z.enum(['good', 'mixed', 'bad', 'busy']),
  remedy: z.string().optional(),
  open: z.number().int().describe('rows that were read, and have no outcome'),
  notRead: z.number().int().describe('rows that the file has beyond, as far as that is known'),
})

export const rowPage = z.object({
  rows: z.array(
    z.object({
      row: z.number().int(),
      line: z.number().int(),
      key: z.string(),
      status: z.string().nullable(),
      code: z.number().int().nullable(),
      message: z.string(),
      hint: z.string(),
    }),
  ),
  next: z.number().int().nullable().describe('the `after` of the next page; null: this is the last one'),
})

export const fileList = z.object({ files: z.array(z.string()) })

export const syncList = z.object({ syncs: z.array(z.looseObject({ name: z.string(), file: z.string() })) })

export const workers = z.looseObject({
  broker: z.enum(['embedded', 'redis']),
  workers: z.array(
    z.looseObject({
      lanes: z.array(z.string()),
      host: z.string(),
      pid: z.number().int(),
      version: z.string(),
      since: z.iso.datetime(),
      account: z.string(),
      api: z.string().describe('the host of its API'),
      run: z.string().optional().describe('it works within the process of this run'),
    }),
  ),
  queues: z.array(
    z.object({
      queue: z.string(),
      waiting: z.number().int(),
      active: z.number().int(),
      delayed: z.number().int(),
    }),
  ),
  redis: z
    .object({ version: z.string(), usedBytes: z.number().int(), maxBytes: z.number().int().nullable() })
    .optional(),
})

export const failure = z.object({ error: z.string() })
