import type { ZipArchive } from '../zip-archive.ts'

/** True of a workbook of Excel. */
export function isXlsx(archive: ZipArchive): boolean {
  return archive.entries.some(({ fileName }) => fileName === 'xl/workbook.xml')
}

/** True of an OpenDocument sheet, which says so itself; of none that holds a text or a picture. */
export function isOds(archive: ZipArchive): boolean {
  return archive.entries.some(({ fileName }) => fileName === 'content.xml')
}
