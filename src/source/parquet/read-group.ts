import type { FileHandle } from 'node:fs/promises'
import { parquetReadObjects, parquetSchema } from 'hyparquet'
import type { AsyncBuffer, FileMetaData, RowGroup, SchemaTree } from 'hyparquet'
import type { Json } from '../../model.ts'
import { BrokenValue } from './broken-value.ts'
import { openColumn } from './column-pages.ts'
import type { ColumnPage, ColumnPages } from './column-pages.ts'
import { decompressors } from './decompressors.ts'
import { plainJson } from './parquet-values.ts'

/** A row's fields, with what is wrong with one of them. */
export interface ParquetRow {
  readonly value: Readonly<Record<string, Json>>
  readonly fault?: { readonly field: string; readonly what: string } | undefined
}

/** An opened Parquet file. */
export interface ParquetFile {
  readonly file: FileHandle
  readonly buffer: AsyncBuffer
  readonly metadata: FileMetaData
}

const ROWS_AT_ONCE = 4_000

/** A row group's rows, some at a time. Columns come page by page; those with lists in them are held for the whole group. */
export async function* readGroup(
  opened: ParquetFile,
  group: RowGroup,
  groupStart: number,
): AsyncGenerator<ParquetRow[], void, undefined> {
  const root = parquetSchema(opened.metadata)
  const columns: Column[] = []
  for (const child of root.children) columns.push(...(await openTop(opened, { child, root, group, groupStart })))
  const rows = Number(group.num_rows)
  for (let done = 0; done < rows;) {
    for (const column of columns) await column.fill()
    const count = Math.min(ROWS_AT_ONCE, rows - done, ...columns.map((column) => column.left()))
    if (count <= 0) throw new Error('a column has fewer values than there are rows')
    const made: ParquetRow[] = []
    for (let at = 0; at < count; at++) made.push(makeRow(columns))
    yield made
    done += count
  }
}

function makeRow(columns: readonly Column[]): ParquetRow {
  const value: Record<string, Json> = {}
  let fault: ParquetRow['fault']
  for (const column of columns) {
    const json = column.take()
    if (json instanceof BrokenValue) fault ??= { field: column.path.join('.'), what: json.what }
    else put(value, column.path, json)
  }
  return fault === undefined ? { value } : { value, fault }
}

function put(value: Record<string, Json>, path: readonly string[], json: Json): void {
  let at = value
  for (let depth = 0; depth < path.length - 1; depth++) at = (at[path[depth] ?? ''] ??= {}) as Record<string, Json>
  at[path.at(-1) ?? ''] = json
}

/** A column's values, one after the other. */
interface Column {
  readonly path: readonly string[]
  /** Has a value at hand, unless there is none left. */
  fill(): Promise<void>
  /** Values at hand. */
  left(): number
  take(): Json | BrokenValue
}

interface TopColumn {
  readonly child: SchemaTree
  readonly root: SchemaTree
  readonly group: RowGroup
  readonly groupStart: number
}

/** A column of the file's own, as the columns that it consists of. */
async function openTop(opened: ParquetFile, top: TopColumn): Promise<Column[]> {
  if (hasLists(top.child)) return [await openLists(opened, top)]
  return leavesOf([top.root, top.child]).map((path) => {
    const names = path.slice(1).map(({ element }) => element.name)
    const chunk = top.group.columns.find(({ meta_data: meta }) => meta?.path_in_schema.join('\0') === names.join('\0'))
    if (chunk === undefined) throw new Error(`the column ${names.join('.')} is not there`)
    return fromPages(openColumn(opened.file, chunk, path))
  })
}

function hasLists({ element, children }: SchemaTree): boolean {
  const isWhole = element.logical_type?.type === 'VARIANT'
  return isWhole || element.repetition_type === 'REPEATED' || children.some(hasLists)
}

function leavesOf(path: SchemaTree[]): SchemaTree[][] {
  const children = path.at(-1)?.children ?? []
  return children.length === 0 ? [path] : children.flatMap((child) => leavesOf([...path, child]))
}

function fromPages(pages: ColumnPages): Column {
  let page: ColumnPage | undefined
  let left = 0
  return {
    path: pages.path,
    async fill() {
      if (left > 0) return
      page = await pages.next()
      left = page?.count ?? 0
    },
    left: () => left,
    take() {
      left--
      return page?.take() ?? null
    },
  }
}

async function openLists({ buffer, metadata }: ParquetFile, { child, group, groupStart }: TopColumn): Promise<Column> {
  const { name } = child.element
  const rows = await parquetReadObjects({
    file: buffer,
    metadata,
    columns: [name],
    rowStart: groupStart,
    rowEnd: groupStart + Number(group.num_rows),
    compressors: decompressors,
  })
  let at = 0
  return {
    path: [name],
    fill: () => Promise.resolve(),
    left: () => rows.length - at,
    take: () => plainJson(rows[at++]?.[name]),
  }
}
