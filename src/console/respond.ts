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

/** What a person sees who comes without the token, or with that of an earlier start: `message` in the place of a page. */
export function askForToken(message: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>rollcall</title>
  </head>
  <body>
    <h1>The console asks for its token</h1>
    <p>To see its pages, ${message}. Unless ROLLCALL_CONSOLE_TOKEN sets it, the token is another one at each start.</p>
  </body>
</html>
`
}
