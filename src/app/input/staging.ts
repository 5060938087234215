import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'

/** Where a file is put that comes from elsewhere, as it comes and in the clear. */
export interface Copies {
  readonly raw: string
  readonly plain: string
  /** Deletes what is there of them. */
  clear(): void
}

/**
 * Places for the copies of one file below a home. What processes of this machine left behind when they died is deleted
 * first: it is members' data, and nobody's any more.
 */
export function newCopies(home: string): Copies {
  const folder = join(home, 'runs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const file of readdirSync(folder)) if (isLeftBehind(folder, file)) rmSync(join(folder, file), { force: true })
  const copy = resolve(folder, `.in-${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`)
  const [raw, plain] = [`${copy}.raw`, `${copy}.plain`]
  return {
    raw,
    plain,
    clear() {
      for (const path of [raw, plain]) rmSync(path, { force: true })
    },
  }
}

/** Homes are shared by machines and containers, and a container's only process always has the same number. */
function isLeftBehind(folder: string, file: string): boolean {
  const [, host, pid] = /^\.in-(.+)-(\d+)-[0-9a-f]{8}\./.exec(file) ?? []
  if (host !== hostname()) return false
  if (Number(pid) !== process.pid) return !isAlive(Number(pid))
  const stat = statSync(join(folder, file), { throwIfNoEntry: false })
  return stat !== undefined && stat.mtimeMs < Date.now() - process.uptime() * 1000
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's is alive, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
