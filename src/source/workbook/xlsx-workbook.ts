import type { Entry } from 'yauzl'
import { UsageError } from '../../model.ts'
import type { ZipArchive } from '../zip-archive.ts'
import { readNumberFormats } from './number-formats.ts'
import { readSheet } from './read-sheet.ts'
import { readXml } from './read-xml.ts'
import { readSharedStrings } from './shared-strings.ts'
import type { Workbook } from './workbook.ts'

/** Opens an Excel workbook (.xlsx, .xlsm): its sheets, and what they share. */
export async function openXlsx(archive: ZipArchive, name: string): Promise<Workbook> {
  const { sheets, ...settings } = await readSheetList(archive, name)
  const textEntry = entryOf(archive, 'xl/sharedStrings.xml')
  const styleEntry = entryOf(archive, 'xl/styles.xml')
  const texts =
    textEntry === undefined ? { get: () => undefined } : await readSharedStrings(archive.read(textEntry).pieces)
  const formats = styleEntry === undefined ? [] : await readNumberFormats(archive.read(styleEntry).pieces)
  return {
    format: 'xlsx',
    sheets: sheets.map(({ entry, ...sheet }) => ({
      ...sheet,
      read() {
        const { pieces, progress } = archive.read(entry)
        return { rows: readSheet(pieces, { texts, formats, ...settings }), progress }
      },
    })),
  }
}

/**
 * The sheets by their names; whether days are counted from 1904 on, as old Macs had it; and whether whoever wrote the workbook
 * asks that all formulas be worked out when it is opened, since it did not do so itself.
 */
async function readSheetList(archive: ZipArchive, name: string) {
  const targets = await readTargets(archive)
  const sheets: { readonly name: string; readonly isHidden: boolean; readonly entry: Entry }[] = []
  let from1904 = false
  let isUnworked = false
  const workbook = entryOf(archive, 'xl/workbook.xml')
  if (workbook === undefined) throw new UsageError(`${name} is a broken workbook: it has no xl/workbook.xml.`)
  const reading = readXml(archive.read(workbook).pieces, {
    open(tag, attribute) {
      if (tag === 'calcPr') isUnworked = IS_TRUE.test(attribute('fullCalcOnLoad') ?? '')
      if (tag === 'workbookPr') from1904 = IS_TRUE.test(attribute('date1904') ?? '')
      if (tag !== 'sheet') return
      const entry = entryOf(archive, targets.get(attribute('r:id') ?? '') ?? '')
      // A chart has a place among the sheets, and no rows.
      if (entry?.fileName.includes('/worksheets/') !== true) return
      sheets.push({ name: attribute('name') ?? '', isHidden: /hidden/i.test(attribute('state') ?? ''), entry })
    },
  })
  for await (const _ of reading);
  return { sheets, from1904, isUnworked }
}

const IS_TRUE = /^(?:1|true)$/

/** The files that a workbook's ids mean. */
async function readTargets(archive: ZipArchive): Promise<ReadonlyMap<string, string>> {
  const targets = new Map<string, string>()
  const entry = entryOf(archive, 'xl/_rels/workbook.xml.rels')
  if (entry === undefined) return targets
  const reading = readXml(archive.read(entry).pieces, {
    open(tag, attribute) {
      const target = attribute('Target') ?? ''
      if (tag !== 'Relationship') return
      targets.set(attribute('Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`)
    },
  })
  for await (const _ of reading);
  return targets
}

/** An archive's file by its path; case counts for nothing, as in the packages' own rules. */
function entryOf(archive: ZipArchive, path: string): Entry | undefined {
  const wanted = path.toLowerCase()
  return archive.entries.find(({ fileName }) => fileName.toLowerCase() === wanted)
}
