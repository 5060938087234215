import { Readable } from 'node:stream'
import { homeTrouble } from '../app/disk-trouble.ts'
import { UsageError } from '../model.ts'
import { Refusal, type Reply } from './reply.ts'

/** What a handler answered, as it goes out. */
export function toResponse(reply: Reply, method: string): Response {
  switch (reply.kind) {
    case 'json':
      return Response.json(reply.body, { status: reply.status })
    case 'text':
      return new Response(reply.body, { status: reply.status, headers: { 'content-type': reply.type } })
    case 'stream':
      if (method === 'HEAD') reply.body.destroy()
      return new Response(method === 'HEAD' ? null : (Readable.toWeb(reply.body) as ReadableStream), {
        headers: {
          'content-type': reply.type,
          ...(reply.bytes !== undefined && { 'content-length': String(reply.bytes) }),
          ...reply.headers,
        },
      })
  }
}

/** What a caller is told of an error. */
export function failureOf(
  error: Error,
  home: string,
): { readonly message: string; readonly status: Refusal['status'] | 500 | 507 } {
  const { message } = error
  if (error instanceof Refusal) return { message, status: error.status }
  if (error instanceof UsageError) return { message, status: 400 }
  const trouble = homeTrouble(error, home)
  if (trouble !== undefined) return { message: trouble.words, status: 507 }
  return { message: `this is a fault of rollcall's own, or of the machine: ${message}`, status: 500 }
}
