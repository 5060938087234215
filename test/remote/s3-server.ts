import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { type Account, checkSignature } from './signature-v4.ts'

/** A store on loopback that speaks the part of S3 that we use, checks signatures, and has one bucket called `files`. */
export interface S3Server {
  readonly port: number
  readonly url: string
  /** Puts an object there, past all signatures. */
  put(key: string, content: string | Buffer): void
  remove(key: string): void
  /** The keys that it has, in order. */
  keys(): readonly string[]
  get(key: string): Buffer | undefined
  close(): Promise<void>
}

/** The only account that the store knows. */
export const S3_ACCOUNT: Account = { key: 'KEYOFTHETEST', secret: 'secret/of+the+test' }

/** A page of a list has so many entries, few, so that there are several. */
const PAGE = 2

interface StoredObject {
  readonly content: Buffer
  readonly etag: string
  readonly changedAt: Date
}

type Reply = { status: number; headers?: Record<string, string | number>; body?: Buffer | string }

export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, StoredObject>()
  const uploads = new Map<string, Map<number, Buffer>>()
  const server = createServer((request, response) => void serve(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request).catch(() => undefined)
    if (body === undefined) return
    const wrong = checkSignature(request, body, S3_ACCOUNT)
    const { status, headers, body: text } = wrong === undefined ? answer(request, body) : refusal(403, wrong)
    response.writeHead(status, headers)
    response.end(request.method === 'HEAD' ? undefined : text)
  }

  function answer(request: IncomingMessage, body: Buffer): Reply {
    const url = new URL(request.url ?? '/', 'http://store')
    const [, bucket, ...parts] = url.pathname.split('/').map(decodeURIComponent)
    const key = parts.join('/')
    const query = url.searchParams
    if (bucket !== 'files') return refusal(404, 'NoSuchBucket')
    switch (request.method) {
      case 'GET':
      case 'HEAD':
        return query.get('list-type') === '2' ? list(query) : read(request, key)
      case 'PUT':
        if (query.has('uploadId')) return writePart(query, body)
        return request.headers['x-amz-copy-source'] === undefined ? store(key, body) : copy(request, key)
      case 'POST':
        return query.has('uploads') ? begin(key) : complete(key, query, body.toString())
      case 'DELETE':
        if (query.has('uploadId')) uploads.delete(query.get('uploadId') ?? '')
        else objects.delete(key)
        return { status: 204 }
      default:
        return refusal(405, 'MethodNotAllowed')
    }
  }

  function read({ headers }: IncomingMessage, key: string): Reply {
    const object = objects.get(key)
    if (object === undefined) return refusal(404, 'NoSuchKey')
    const { content, etag, changedAt } = object
    const described = { etag, 'last-modified': changedAt.toUTCString() }
    const start = /^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1]
    if (start === undefined) {
      return { status: 200, headers: { ...described, 'content-length': content.length }, body: content }
    }
    if (Number(start) >= content.length) return refusal(416, 'InvalidRange')
    const part = content.subarray(Number(start))
    const range = `bytes ${start}-${content.length - 1}/${content.length}`
    return { status: 206, headers: { ...described, 'content-range': range, 'content-length': part.length }, body: part }
  }

  function list(query: URLSearchParams): Reply {
    const prefix = query.get('prefix') ?? ''
    const after = query.get('continuation-token') ?? ''
    const found = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).toSorted()
    // With a delimiter, what lies in folders below is told as a folder only.
    const direct = found.filter((key) => query.get('delimiter') === null || !key.slice(prefix.length).includes('/'))
    const page = direct.slice(0, PAGE)
    const next =
      direct.length > PAGE ? `<NextContinuationToken>${escape(page.at(-1) ?? '')}</NextContinuationToken>` : ''
    const entries = page.map((key) => {
      const { content, etag, changedAt } = objects.get(key) as StoredObject
      return (
        `<Contents><Key>${escape(key)}</Key><LastModified>${changedAt.toISOString()}</LastModified>` +
        `<ETag>${escape(etag)}</ETag><Size>${content.length}</Size></Contents>`
      )
    })
    const isTruncated = `<IsTruncated>${next !== ''}</IsTruncated>`
    return xml(200, `<ListBucketResult>${isTruncated}${next}${entries.join('')}</ListBucketResult>`)
  }

  function store(key: string, content: Buffer, parts = 0): Reply {
    const etag = `"${createHash('md5').update(content).digest('hex')}${parts > 0 ? `-${parts}` : ''}"`
    // To the second, as the protocol's own dates are.
    objects.set(key, { content, etag, changedAt: new Date(Math.floor(Date.now() / 1000) * 1000) })
    return { status: 200, headers: { etag } }
  }

  function copy({ headers }: IncomingMessage, key: string): Reply {
    const [bucket, ...parts] = decodeURIComponent(String(headers['x-amz-copy-source'])).replace(/^\//, '').split('/')
    const object = objects.get(parts.join('/'))
    if (bucket !== 'files' || object === undefined) return refusal(404, 'NoSuchKey')
    const wanted = headers['x-amz-copy-source-if-match']
    if (wanted !== undefined && wanted !== object.etag) return refusal(412, 'PreconditionFailed')
    const { headers: { etag = '' } = {} } = store(key, object.content)
    return xml(200, `<CopyObjectResult><ETag>${escape(String(etag))}</ETag></CopyObjectResult>`)
  }

  function begin(key: string): Reply {
    const id = randomUUID()
    uploads.set(id, new Map())
    return xml(
      200,
      `<InitiateMultipartUploadResult><Bucket>files</Bucket><Key>${escape(key)}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
    )
  }

  function writePart(query: URLSearchParams, body: Buffer): Reply {
    const upload = uploads.get(query.get('uploadId') ?? '')
    if (upload === undefined) return refusal(404, 'NoSuchUpload')
    upload.set(Number(query.get('partNumber')), body)
    return { status: 200, headers: { etag: `"${createHash('md5').update(body).digest('hex')}"` } }
  }

  function complete(key: string, query: URLSearchParams, order: string): Reply {
    const id = query.get('uploadId') ?? ''
    const upload = uploads.get(id)
    if (upload === undefined) return refusal(404, 'NoSuchUpload')
    const numbers = [...order.matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map(([, number]) => Number(number))
    const parts = numbers.map((number) => upload.get(number) ?? Buffer.alloc(0))
    const { headers: { etag = '' } = {} } = store(key, Buffer.concat(parts), parts.length)
    uploads.delete(id)
    return xml(
      200,
      `<CompleteMultipartUploadResult><ETag>${escape(String(etag))}</ETag></CompleteMultipartUploadResult>`,
    )
  }

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    put(key, content) {
      store(key, Buffer.from(content))
    },
    remove(key) {
      objects.delete(key)
    },
    keys: () => [...objects.keys()].toSorted(),
    get: (key) => objects.get(key)?.content,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function refusal(status: number, code: string): Reply {
  return xml(status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`)
}

function xml(status: number, body: string): Reply {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>${body}`,
  }
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
