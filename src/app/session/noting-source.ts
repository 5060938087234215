import type { Ledger } from '../../ledger/ledger.ts'
import type { Source } from '../../source/open-source.ts'

/** The rows, with the ledger told of each of several files before its first row, and in the end of what was passed over. */
export async function* notingSource(source: Source, ledger: Ledger): ReturnType<Source['chunks']> {
  const known = ledger.meta.get('files')
  // A session that goes on comes by the files again that an earlier one has noted.
  let noted = Array.isArray(known) ? known.length : 0
  try {
    for await (const chunk of source.chunks()) {
      const { parts = [] } = source
      if (parts.length > noted)
        ledger.meta.set(
          'files',
          parts.map(({ name, firstRow }) => ({ name, firstRow })),
        )
      noted = Math.max(noted, parts.length)
      yield chunk
    }
  } finally {
    const { passedOver } = source
    if (passedOver.length > 0)
      ledger.meta.set(
        'passed_over',
        passedOver.map((each) => ({ ...each })),
      )
  }
}
