import type { Entry } from 'yauzl'
import { UsageError } from '../../model.ts'
import type { ZipArchive } from '../zip-archive.ts'
import { readXml } from './read-xml.ts'

/** Where a workbook's sheet is, and what all its sheets share. */
export interface SheetPlace {
  readonly name: string
  /** How many sheets there are. */
  readonly of: number
  readonly entry: Entry
  /** Days are counted from 1904 on, as old Macs had it. */
  readonly from1904: boolean
}

/** Finds a sheet by its name or its place from 1; the first unless told. Throws UsageError where there is none such. */
export async function findSheet(
  archive: ZipArchive,
  wanted: string | number | undefined,
  name: string,
): Promise<SheetPlace> {
  const targets = await readTargets(archive)
  const sheets: { readonly name: string; readonly entry: Entry }[] = []
  let from1904 = false
  const workbook = entryOf(archive, 'xl/workbook.xml')
  if (workbook === undefined) throw new UsageError(`${name} is a broken workbook: it has no xl/workbook.xml.`)
  const reading = readXml(archive.read(workbook).pieces, {
    open(tag, attribute) {
      if (tag === 'workbookPr') from1904 = /^(?:1|true)$/.test(attribute('date1904') ?? '')
      if (tag !== 'sheet') return
      const entry = entryOf(archive, targets.get(attribute('r:id') ?? '') ?? '')
      // A chart has a place among the sheets, and no rows.
      if (entry?.fileName.includes('/worksheets/') === true) sheets.push({ name: attribute('name') ?? '', entry })
    },
  })
  for await (const _ of reading);
  const found = typeof wanted === 'string' ? sheets.find((sheet) => sheet.name === wanted) : sheets[(wanted ?? 1) - 1]
  if (found !== undefined) return { ...found, of: sheets.length, from1904 }
  const names = sheets.map((sheet) => JSON.stringify(sheet.name)).join(', ')
  const which = typeof wanted === 'string' ? `no sheet ${JSON.stringify(wanted)}` : `no sheet ${wanted ?? 1}`
  throw new UsageError(
    `${name} has ${which}; its sheets are: ${names === '' ? 'none' : names}. Name one of them: \`rows: { sheet: … }\`.`,
  )
}

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
export function entryOf(archive: ZipArchive, path: string): Entry | undefined {
  const wanted = path.toLowerCase()
  return archive.entries.find(({ fileName }) => fileName.toLowerCase() === wanted)
}
