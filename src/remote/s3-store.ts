import { createReadStream } from 'node:fs'
import { basename, matchesGlob } from 'node:path/posix'
import type { Readable } from 'node:stream'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import type { RemoteAccess } from './access.ts'
import { type S3Place, nameOf, withPath } from './address.ts'
import { changedError } from './remote-error.ts'
import { openS3Client } from './s3-client.ts'
import { isMissing, s3Error } from './s3-error.ts'
import type { Opened, RemoteFile, Store } from './store.ts'

/** Files in a store that speaks S3. */
export class S3Store implements Store<S3Place> {
  readonly #access: Pick<RemoteAccess, 'proxies'>
  #client: ReturnType<typeof openS3Client> | undefined

  constructor(access: Pick<RemoteAccess, 'proxies'>) {
    this.#access = access
  }

  async list(folder: S3Place, pattern: string, signal: AbortSignal): Promise<readonly RemoteFile[]> {
    // Up to its first wildcard, the pattern narrows down what the store looks through.
    const prefix = folder.key + /^[^*?[\]{}()!+@\\]*/.exec(pattern)?.[0]
    return this.#ask(folder, signal, async () => {
      const files: RemoteFile[] = []
      const request = { Bucket: folder.bucket, Prefix: prefix, Delimiter: '/' }
      for await (const page of paginateListObjectsV2({ client: await this.#open() }, request, {
        abortSignal: signal,
      })) {
        for (const { Key: key = '', ETag, Size, LastModified } of page.Contents ?? []) {
          const name = key.slice(folder.key.length)
          // A store shows a folder as an empty object.
          if (name === '' || !matchesGlob(name, pattern)) continue
          files.push(fileOf(withPath(folder, key), { ETag, size: Size, LastModified }))
        }
      }
      return files
    })
  }

  async look(place: S3Place, signal: AbortSignal): Promise<RemoteFile | undefined> {
    return this.#ask(place, signal, async () => {
      const client = await this.#open()
      try {
        const head = await client.send(new HeadObjectCommand(target(place)), { abortSignal: signal })
        return fileOf(place, { ...head, size: head.ContentLength })
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    })
  }

  async open(place: S3Place, offset: number, _version: string | undefined, signal: AbortSignal): Promise<Opened> {
    return this.#ask(place, signal, async () => {
      const client = await this.#open()
      const range = offset === 0 ? {} : { Range: `bytes=${offset}-` }
      const reply = await client.send(new GetObjectCommand({ ...target(place), ...range }), { abortSignal: signal })
      const [, start, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(reply.ContentRange ?? '') ?? []
      return {
        file: fileOf(place, { ...reply, size: total === undefined ? reply.ContentLength : Number(total) }),
        offset: Number(start ?? 0),
        bytes: reply.Body as Readable,
      }
    })
  }

  async put(path: string, place: S3Place, signal: AbortSignal): Promise<void> {
    await this.#ask(place, signal, async () => {
      const upload = new Upload({
        client: await this.#open(),
        params: { ...target(place), Body: createReadStream(path) },
      })
      const stop = () => void upload.abort()
      signal.addEventListener('abort', stop)
      try {
        await upload.done()
      } finally {
        signal.removeEventListener('abort', stop)
      }
    })
  }

  /** S3 knows no other name for an object: it is copied in the store, and deleted where it was. */
  async move(from: S3Place, { version }: RemoteFile, to: S3Place, signal: AbortSignal): Promise<void> {
    await this.#ask(from, signal, async () => {
      const client = await this.#open()
      const source = `${from.bucket}/${from.key.split('/').map(encodeURIComponent).join('/')}`
      const copy = new CopyObjectCommand({ ...target(to), CopySource: source, CopySourceIfMatch: version })
      const { CopyObjectResult: copied } = await client.send(copy, { abortSignal: signal })
      // Not every store heeds the condition. An ETag is not kept by a copy where it tells more than the content.
      const kept = copied?.ETag === version ? version : (await this.look(from, signal))?.version
      if (kept !== version) throw changedError(nameOf(from))
      await client.send(new DeleteObjectCommand(target(from)), { abortSignal: signal })
    })
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined)
    client?.destroy()
  }

  async #open(): ReturnType<typeof openS3Client> {
    this.#client ??= openS3Client(this.#access.proxies)
    return this.#client
  }

  async #ask<T>(place: S3Place, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (signal.aborted) throw signal.reason
      throw s3Error(nameOf(place), error)
    }
  }
}

function target({ bucket, key }: S3Place): { Bucket: string; Key: string } {
  return { Bucket: bucket, Key: key }
}

interface Described {
  readonly ETag?: string | undefined
  readonly LastModified?: Date | undefined
  readonly size?: number | undefined
}

function fileOf(place: S3Place, { ETag, LastModified, size }: Described): RemoteFile {
  return {
    address: nameOf(place),
    name: basename(place.key),
    bytes: size,
    changedAt: LastModified?.getTime(),
    version: ETag,
  }
}
