import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { LaneName } from '../model.ts'

/** What one process may ask of another that is at work on a run. */
export type RunRequest =
  | { readonly kind: 'pause' }
  | { readonly kind: 'cancel' }
  /** Requests per minute on a lane from now on. */
  | { readonly kind: 'pace'; readonly lane: LaneName; readonly rpm: number }

const POLL_MS = 300

/** Leaves a request in the run's folder for the process at work. */
export function sendRequest(file: string, request: RunRequest): void {
  writeFileSync(`${file}.new`, JSON.stringify(request), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** Whether the process at work has not yet taken the last request. */
export function isRequestOpen(file: string): boolean {
  return existsSync(file)
}

export interface RequestWatch {
  readonly onRequest: (request: RunRequest) => void
  /** The folder cannot be read or written, or `onRequest` failed. */
  readonly onFault: (error: unknown) => void
}

/**
 * Takes away what a process that died did not take any more: for who has just begun to work on the run, and before others
 * can see it.
 */
export function dropRequest(file: string): void {
  rmSync(file, { force: true })
}

/** Looks for requests now and then. What nobody can read asks for nothing. */
export function watchRequests(file: string, { onRequest, onFault }: RequestWatch): NodeJS.Timeout {
  return setInterval(() => {
    try {
      if (!existsSync(file)) return
      const request = readRequest(readFileSync(file, 'utf8'))
      rmSync(file, { force: true })
      if (request !== undefined) onRequest(request)
    } catch (error) {
      onFault(error)
    }
  }, POLL_MS)
}

function readRequest(text: string): RunRequest | undefined {
  try {
    const request = JSON.parse(text) as RunRequest | null
    return typeof request?.kind === 'string' ? request : undefined
  } catch {
    return undefined
  }
}
