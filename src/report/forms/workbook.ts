import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { ZipFile } from 'yazl'

/** A sheet of a workbook: its name as its tab shows it, and its XML, asked for when its turn comes. */
export interface Sheet {
  readonly name: string
  /** It is written after all others, whichever tab comes first. */
  readonly sumsUp?: boolean
  readonly xml: () => Iterable<string>
}

/**
 * Writes an Excel workbook piece by piece: at no time is more than a piece of it in memory. `sheets`: in the order of
 * their tabs.
 */
export async function writeWorkbook(path: string, sheets: readonly Sheet[]): Promise<void> {
  const zip = new ZipFile()
  const add = (name: string, xml: () => Iterable<string>) => {
    zip.addReadStreamLazy(name, { mtime: new Date(0) }, (give) =>
      give(null, Readable.from(xml(), { objectMode: false })),
    )
  }
  add('[Content_Types].xml', () => [contentTypes(sheets)])
  add('_rels/.rels', () => [relations([['officeDocument', 'xl/workbook.xml']])])
  add('xl/workbook.xml', () => [workbook(sheets)])
  add('xl/_rels/workbook.xml.rels', () => [
    relations([
      ...sheets.map((_, at) => ['worksheet', `worksheets/sheet${at + 1}.xml`] as const),
      ['styles', 'styles.xml'],
    ]),
  ])
  add('xl/styles.xml', () => [styles])
  const numbered = sheets.map((sheet, at) => ({ ...sheet, path: `xl/worksheets/sheet${at + 1}.xml` }))
  for (const late of [false, true]) {
    for (const { path: name, xml } of numbered.filter(({ sumsUp = false }) => sumsUp === late)) add(name, xml)
  }
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }))
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const kinds = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

function contentTypes(sheets: readonly Sheet[]): string {
  return (
    `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    part('/xl/workbook.xml', 'sheet.main') +
    part('/xl/styles.xml', 'styles') +
    `${sheets.map((_, at) => part(`/xl/worksheets/sheet${at + 1}.xml`, 'worksheet')).join('')}</Types>`
  )
}

function part(name: string, kind: string): string {
  return `<Override PartName="${name}" ContentType="${kinds}.${kind}+xml"/>`
}

function relations(targets: readonly (readonly [kind: string, target: string])[]): string {
  const each = targets.map(
    ([kind, target], at) => `<Relationship Id="r${at + 1}" Type="${office}/${kind}" Target="${target}"/>`,
  )
  return `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`
}

function workbook(sheets: readonly Sheet[]): string {
  const each = sheets.map(({ name }, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="r${at + 1}"/>`)
  return `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each.join('')}</sheets></workbook>`
}

/** Style 1 is bold: the header. */
const styles =
  `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>` +
  '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>' +
  '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>' +
  '<cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>'
