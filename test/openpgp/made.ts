import { fileURLToPath } from 'node:url'

/** The path of a file that GnuPG made; `made-by-gpg/make.sh` tells how. */
export function made(name: string): string {
  return fileURLToPath(new URL(`made-by-gpg/${name}`, import.meta.url))
}
