import type { Context } from 'hono'
import type { z } from 'zod'
import { Refusal } from './reply.ts'

/** What a schema makes of what came in. Throws a Refusal that names each field, its value, and what was expected there. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new Refusal(400, parsed.error.issues.map((issue) => describe(issue, value)).join('\n'))
}

/** Fields with something in them: who leaves a field of a form empty, or of an address, asks nothing by it. */
export function filled(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}

const LARGEST_JSON = 1024 ** 2

/** The JSON that came with a request; where nothing came, no field. */
export async function jsonBody({ req }: Context): Promise<unknown> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  // Not by what it says of its length, which it may leave out.
  for await (const piece of (req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += piece.length
    if (bytes > LARGEST_JSON) throw new Refusal(413, 'the request is too large: it may have 1 MB')
    pieces.push(piece)
  }
  const text = Buffer.concat(pieces).toString('utf8')
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal(400, 'the request is no JSON')
  }
}

function describe({ path, message }: z.core.$ZodIssue, whole: unknown): string {
  const value = path.reduce<unknown>((part, name) => (part as Record<PropertyKey, unknown> | undefined)?.[name], whole)
  const name = path.length === 0 ? 'the request' : path.join('.')
  const found = value === undefined ? 'is missing' : `is ${shown(value)}`
  // What came instead of it is the value.
  return `${name} ${found}: ${message.replace(/^.*?(?=expected)/u, '').replace(/, received .*$/u, '')}`
}

function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value)
  return text.length > 100 ? `${text.slice(0, 99)}…` : text
}
