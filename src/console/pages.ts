import { createReadStream, existsSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UsageError } from '../model.ts'
import type { Reply } from './reply.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Gives the console's pages: files that were built, each by its name, and one page for every address of the console. */
export interface Pages {
  asset(name: string): Reply | undefined
  page(): Reply
}

/** Opens the built pages. Throws a UsageError where they were not built. */
export function openPages(): Pages {
  const folder = [new URL('./console/', import.meta.url), new URL('../../dist/console/', import.meta.url)]
    .map((url) => fileURLToPath(url))
    .find((path) => existsSync(join(path, 'index.html')))
  if (folder === undefined) {
    throw new UsageError('The console’s pages are not built here: `npm ci` builds them, or `npm run build:console`.')
  }
  return {
    asset: (name) =>
      /^[\w-]+\.(?:js|css|svg)$/u.test(name) && existsSync(join(folder, name)) ? send(folder, name) : undefined,
    page: () => send(folder, 'index.html'),
  }
}

function send(folder: string, name: string): Reply {
  const path = join(folder, name)
  const type = TYPES[extname(name)] ?? 'application/octet-stream'
  return { kind: 'stream', body: createReadStream(path), type, bytes: statSync(path).size }
}
