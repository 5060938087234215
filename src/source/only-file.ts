import { UsageError } from '../model.ts'
import type { FileKind } from './file-kind.ts'
import { foreignError } from './foreign.ts'

/** The one file among those of an archive, without what programs add to one on their own. Throws UsageError where there is none, or several. */
export function onlyFile<File>(
  files: readonly File[],
  { nameOf, archive, name }: { nameOf: (file: File) => string; archive: string; name: string },
): File {
  const kept = files.filter((file) => !isClutter(nameOf(file)))
  const [file] = kept
  if (file !== undefined && kept.length === 1) return file
  const named = kept.slice(0, MOST_NAMED).map(nameOf).join(', ')
  const found = file === undefined ? 'no file' : `${kept.length} files: ${named}${kept.length > MOST_NAMED ? ' …' : ''}`
  throw new UsageError(
    `${name} is a ${archive} archive with ${found}; one file inside was expected. Unpack it, and import its files.`,
  )
}

const MOST_NAMED = 5

/** What programs add to an archive on their own; `._members.csv` is what a Mac knows of members.csv. */
function isClutter(fileName: string): boolean {
  return /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|\._[^/]*$|Thumbs\.db$|desktop\.ini$)/.test(fileName)
}

/** What stands within something else, and is no text. */
export function nestedError(name: string, outer: string, inner: FileKind): UsageError {
  if (inner.kind === 'foreign') return foreignError(`What ${name} holds (${outer})`, inner)
  if (inner.kind === 'parquet')
    return new UsageError(`${name} is a Parquet file within ${outer}. Unpack it, and import that.`)
  return new UsageError(
    `${name} is compressed twice: ${outer} around another archive. Unpack it once, and import that.`,
  )
}
