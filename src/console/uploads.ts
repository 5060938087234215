import { createWriteStream, mkdirSync, rmSync, statfsSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { basename, join } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { Busboy, type BusboyHeaders } from '@fastify/busboy'
import { formatBytes } from '../words.ts'
import type { ConsoleHome } from './home.ts'
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
const LARGEST_FIELD = 1024

/**
 * Takes in a multipart form piece by piece: its files go into a new folder of the home. Throws a Refusal where it is no
 * form, or larger than may be; nothing of it is kept then.
 */
export async function receiveUpload(incoming: IncomingMessage, home: ConsoleHome, largest: number): Promise<Upload> {
  const folder = home.folder('console', 'uploads', randomUUID())
  const discard = () => rmSync(folder, { recursive: true, force: true })
  try {
    return { ...(await receive(incoming, folder, largest)), discard }
  } catch (error) {
    discard()
    throw error
  }
}

async function receive(incoming: IncomingMessage, folder: string, largest: number): Promise<Omit<Upload, 'discard'>> {
  const room = Math.max(Math.min(largest, freeBytes(folder) - LEFT_FREE), 1)
  const form = openForm(incoming, room)
  const files: Record<string, string> = {}
  const fields: Record<string, string> = {}
  const writing: Promise<Error | undefined>[] = []
  form.on('file', (field: string, content: FileContent, name: string | undefined) => {
    if (!isFile(field) || files[field] !== undefined) {
      content.resume()
      writing.push(Promise.resolve(new Refusal(400, `the form has ${describe(field)}: ${EXPECTED}`)))
      return
    }
    // File and plan may be called alike.
    mkdirSync(join(folder, field), { mode: 0o700 })
    const path = join(folder, field, safeName(name, field))
    files[field] = path
    writing.push(write(content, path, room))
  })
  form.on('field', (field: string, value: string) => {
    fields[field] = value
  })
  await pipeline(incoming, form).catch(() => {
    throw new Refusal(400, 'the form was cut off before its end, or is none')
  })
  for (const failure of await Promise.all(writing)) if (failure !== undefined) throw failure
  return { files, fields }
}

const EXPECTED = 'expected one `file`, one `plan`, and beside them texts alone'

/** Fields that are files, also where they come as texts. */
function isFile(field: string | undefined): boolean {
  return field === 'file' || field === 'plan'
}

/** A file that is not expected. */
function describe(field: string | undefined): string {
  return isFile(field) ? `several files as \`${field}\`` : `a file as ${JSON.stringify(field ?? '')}`
}

/** `truncated`: it was larger than may be, and ends there. */
type FileContent = Readable & { readonly truncated?: boolean }

function openForm(incoming: IncomingMessage, largest: number): InstanceType<typeof Busboy> {
  try {
    return new Busboy({
      headers: incoming.headers as BusboyHeaders,
      limits: { files: 4, fields: 20, fieldSize: LARGEST_FIELD, fileSize: largest },
      isPartAFile: (field, _type, name) => name !== undefined || isFile(field),
    })
  } catch {
    throw new Refusal(400, 'expected a form (multipart/form-data) with the fields `file` and `plan`')
  }
}

/**
 * Gives what kept the file from being written, once all of it has come: whoever sends a form hears nothing before its end.
 */
async function write(content: FileContent, path: string, room: number): Promise<Error | undefined> {
  const file = createWriteStream(path, { mode: 0o600, flags: 'wx' })
  content.on('error', (error) => file.destroy(error))
  try {
    content.pipe(file)
    await finished(file)
    return content.truncated === true ? tooLarge(room) : undefined
  } catch (error) {
    content.unpipe(file)
    content.resume()
    return error instanceof Error ? error : new Error(String(error))
  }
}

function tooLarge(room: number): Refusal {
  return new Refusal(
    413,
    `the file is larger than the ${formatBytes(room)} that may be uploaded here: put it where \`rollcall import\` can read it`,
  )
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** The file's own name where it is harmless: it is a part of the run's. */
function safeName(name: string | undefined, field: string): string {
  const last = basename((name ?? '').replaceAll('\\', '/')).replaceAll(/[^\p{L}\p{N}._ -]/gu, '_')
  return last === '' || last.startsWith('.') ? field : endOf(last)
}

const LONGEST_NAME = 120

/** As much of a name as a disk takes, of its end, which says what the file is. */
function endOf(name: string): string {
  let end = name.slice(-LONGEST_NAME)
  while (Buffer.byteLength(end) > LONGEST_NAME) end = end.slice(1)
  return end.replace(/^[\uDC00-\uDFFF]/u, '')
}
