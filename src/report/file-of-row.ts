import type { Ledger } from '../ledger/ledger.ts'
import type { Json } from '../model.ts'

/** Of a run over several files: tells which one a row is from. Undefined for a run over one. */
export function fileOfRow(meta: Ledger['meta']): ((row: number) => string) | undefined {
  const files = meta.get('files')
  if (!isFileList(files)) return undefined
  return (row) => files.findLast(({ firstRow }) => firstRow <= row)?.name ?? ''
}

function isFileList(value: Json | undefined): value is readonly { readonly name: string; readonly firstRow: number }[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null && 'firstRow' in item)
}
