import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { type Upload, receiveUpload } from '../uploads.ts'
import { filled, parse } from '../parse.ts'
import { Refusal, type Reply, ok } from '../reply.ts'
import type { Console } from '../route.ts'

/** What may come with a file and a plan. */
export const importFields = z.strictObject({
  limit: z.coerce.number().int().positive().optional(),
  priority: z.enum(['normal', 'high']).optional(),
  again: z.stringbool().optional().describe('import the very file that was imported under this plan before'),
})

/** Starts an import of an uploaded file as a process of its own. The upload stays: `resume` and reruns read it. */
export async function startImport(
  { home, launcher, bounds, closing }: Console,
  incoming: IncomingMessage,
): Promise<Reply> {
  const upload = await receiveUpload(incoming, home, bounds.upload)
  try {
    const { file, plan, limit, priority, again = false } = readFields(upload)
    const run = await launcher.startRun([
      'import',
      file,
      '--plan',
      plan,
      ...(limit === undefined ? [] : ['--limit', String(limit)]),
      ...(priority === undefined ? [] : ['--priority', priority]),
      ...(again ? ['--again'] : []),
    ])
    return ok({ run }, 201)
  } catch (error) {
    // The process may be at work on it: it only was not waited for.
    if (!closing.aborted) upload.discard()
    throw error instanceof Refusal ? new Refusal(error.status, asTheyCallThem(error.message, upload)) : error
  }
}

/** Checks an uploaded file: what `check --json` prints. Nothing is kept. */
export async function checkUpload(
  { home, launcher, bounds }: Console,
  { incoming, signal }: { readonly incoming: IncomingMessage; readonly signal: AbortSignal },
): Promise<Reply> {
  const upload = await receiveUpload(incoming, home, bounds.upload)
  try {
    const { file, plan, limit } = readFields(upload)
    const args = ['check', file, '--plan', plan, '--json', ...(limit === undefined ? [] : ['--limit', String(limit)])]
    return {
      kind: 'text',
      status: 200,
      body: asTheyCallThem(await launcher.ask(args, signal), upload),
      type: 'application/json; charset=utf-8',
    }
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(error.status, asTheyCallThem(error.message, upload)) : error
  } finally {
    upload.discard()
  }
}

/** Proposes a plan for an uploaded file. Nothing is kept. */
export async function proposeForUpload(
  { home, launcher, bounds }: Console,
  { incoming, signal }: { readonly incoming: IncomingMessage; readonly signal: AbortSignal },
): Promise<Reply> {
  const upload = await receiveUpload(incoming, home, bounds.upload)
  try {
    const { file } = upload.files
    if (file === undefined) throw new Refusal(400, 'the form has no `file`: the members')
    return ok({ plan: asTheyCallThem(await launcher.ask(['init', file], signal), upload) })
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(error.status, asTheyCallThem(error.message, upload)) : error
  } finally {
    upload.discard()
  }
}

function readFields({
  files,
  fields,
}: Upload): z.output<typeof importFields> & { readonly file: string; readonly plan: string } {
  const { file, plan } = files
  if (file === undefined || plan === undefined) {
    throw new Refusal(
      400,
      `the form has no ${file === undefined ? '`file`: the members' : '`plan`: how to read the file, and what to make of it'}`,
    )
  }
  return { ...parse(importFields, filled(fields)), file, plan }
}

/** Whoever uploaded a file knows it by its name, not by where it lies here. */
function asTheyCallThem(text: string, { files }: Upload): string {
  return Object.values(files).reduce((told, path) => told.replaceAll(path, path.slice(path.lastIndexOf('/') + 1)), text)
}
