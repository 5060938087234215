import type { Entry } from 'yauzl'
import { UsageError } from '../../model.ts'
import type { ZipArchive } from '../zip-archive.ts'
import { readOdsSheet } from './read-ods-sheet.ts'
import { OdsStyles } from './ods-styles.ts'
import { readXml } from './read-xml.ts'
import type { XmlHandlers } from './read-xml.ts'
import type { Sheet, Workbook } from './workbook.ts'

/** Opens an OpenDocument sheet (.ods): its sheets, which all stand in one file. Throws UsageError where it has a password. */
export async function openOds(archive: ZipArchive, name: string): Promise<Workbook> {
  const entryOf = (path: string) => archive.entries.find(({ fileName }) => fileName === path)
  const content = entryOf('content.xml')
  if (content === undefined) throw new UsageError(`${name} is a broken workbook: it has no content.xml.`)
  let isEncrypted = false
  await readAll(archive, entryOf('META-INF/manifest.xml'), (tag) => {
    if (tag === 'encryption-data') isEncrypted = true
  })
  if (isEncrypted) throw new UsageError(`${name} is a workbook with a password. Save it without one, and import that.`)
  const styles = new OdsStyles()
  await readAll(archive, entryOf('styles.xml'), (tag, attribute) => styles.open(tag, attribute))

  const sheets: Sheet[] = []
  const hidden = new Set<string>()
  let style = ''
  await readAll(archive, content, (tag, attribute) => {
    if (tag === 'style') style = attribute('style:name') ?? ''
    else if (tag === 'table-properties' && attribute('table:display') === 'false') hidden.add(style)
    else if (tag === 'table') {
      const index = sheets.length
      sheets.push({
        name: attribute('table:name') ?? '',
        isHidden: hidden.has(attribute('table:style-name') ?? ''),
        read() {
          const { pieces, progress } = archive.read(content)
          return { rows: readOdsSheet(pieces, index, styles), progress }
        },
      })
    }
  })
  return { format: 'ods', sheets }
}

/** Shows every tag of a file of the document, if it is there. */
async function readAll(archive: ZipArchive, entry: Entry | undefined, open: XmlHandlers['open']): Promise<void> {
  if (entry === undefined) return
  for await (const _ of readXml(archive.read(entry).pieces, { open }));
}
