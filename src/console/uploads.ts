import { createWriteStream, mkdirSync, rmSync, statfsSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { basename, join } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyHeaders } from '@fastify/busboy'
import { Refusal } from './reply.ts'

/** What came with a form: files lie in a folder of their own, for their owner's eyes alone. */
export interface Upload {
  /** By the name of the form's field: full paths. */
  readonly files: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, string>>
  /** Deletes what was uploaded. */
  discard(): void
}

/** What is left free on the disk, for the run's own files. */
const LEFT_FREE = 256 * 1024 ** 2
const LARGEST_FIELD = 4 * 1024 ** 2

/**
 * Takes in a multipart form piece by piece: its files go into a new folder of the home. Throws a Refusal where it is no
 * form, or larger than may be; nothing of it is kept then.
 */
export async function receiveUpload(incoming: IncomingMessage, home: string, largest: number): Promise<Upload> {
  const folder = join(home, 'console', 'uploads', randomUUID())
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const discard = () => rmSync(folder, { recursive: true, force: true })
  try {
    return { ...(await receive(incoming, folder, largest)), discard }
  } catch (error) {
    discard()
    throw error
  }
}

async function receive(incoming: IncomingMessage, folder: string, largest: number): Promise<Omit<Upload, 'discard'>> {
  const form = openForm(incoming, largest)
  const files: Record<string, string> = {}
  const fields: Record<string, string> = {}
  const writing: Promise<void>[] = []
  const room = Math.min(largest, freeBytes(folder) - LEFT_FREE)
  form.on('file', (field: string, content: Readable & { truncated?: boolean }, name: string) => {
    const path = join(folder, safeName(name, field))
    files[field] = path
    writing.push(write(content, path, room))
  })
  form.on('field', (field: string, value: string) => {
    fields[field] = value
  })
  await pipeline(incoming, form).catch((error: unknown) => {
    throw error instanceof Refusal ? error : new Refusal(400, 'the form was cut off before its end, or is none')
  })
  const results = await Promise.allSettled(writing)
  for (const result of results) if (result.status === 'rejected') throw result.reason
  return { files, fields }
}

function openForm(incoming: IncomingMessage, largest: number): InstanceType<typeof Busboy> {
  try {
    return new Busboy({
      headers: incoming.headers as BusboyHeaders,
      limits: { files: 2, fields: 20, fieldSize: LARGEST_FIELD, fileSize: largest },
    })
  } catch {
    throw new Refusal(400, 'expected a form (multipart/form-data) with the fields `file` and `plan`')
  }
}

async function write(content: Readable & { truncated?: boolean }, path: string, room: number): Promise<void> {
  let bytes = 0
  content.on('data', (piece: Buffer) => {
    bytes += piece.length
    if (bytes > room) content.destroy(tooLarge(room))
  })
  await pipeline(content, createWriteStream(path, { mode: 0o600, flags: 'wx' }))
  if (content.truncated === true) throw tooLarge(room)
}

function tooLarge(room: number): Refusal {
  const gigabytes = Math.max(Math.floor((room / 1024 ** 3) * 10) / 10, 0)
  return new Refusal(
    413,
    `the file is larger than the ${gigabytes} GB that may be uploaded here: put it where \`rollcall import\` can read it`,
  )
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** The file's own name where it is harmless: it is a part of the run's. */
function safeName(name: string | undefined, field: string): string {
  const last = basename((name ?? '').replaceAll('\\', '/')).replaceAll(/[^\p{L}\p{N}._ -]/gu, '_')
  return last === '' || last.startsWith('.') ? field : last.slice(-120)
}
