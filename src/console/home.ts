import { existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The home as the console sees it: the first upload makes one that is not there yet, but one that was there and is gone is
 * not made anew, as if it had never held a run.
 */
export interface ConsoleHome {
  readonly path: string
  /** Throws the disk's error where the home is gone. */
  look(): void
  /** A folder in it, for its owner's eyes alone, which is made where it is not there. Throws likewise. */
  folder(...names: readonly string[]): string
}

export function openHome(path: string): ConsoleHome {
  let wasThere = existsSync(path)
  const look = () => {
    if (wasThere) statSync(path)
    else wasThere = existsSync(path)
  }
  return {
    path,
    look,
    folder(...names) {
      look()
      const folder = join(path, ...names)
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      return folder
    },
  }
}
