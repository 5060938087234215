import type { FileHandle } from 'node:fs/promises'
import { parquetReadObjects, parquetSchema } from 'hyparquet'
import type { AsyncBuffer, FileMetaData, RowGroup, SchemaTree } from 'hyparquet'
import type { Json } from '../../model.ts'
import { objectMaker } from '../../object-maker.ts'
import { BrokenValue } from './broken-value.ts'
import { openColumn } from './column-pages.ts'
import type { ColumnPages } from './column-pages.ts'
import { decompressors } from './decompressors.ts'
import type { PageValues } from './page-values.ts'
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

/** Few enough that they are gone when young objects are collected. */
const ROWS_AT_ONCE = 250

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
  const makeRow = rowMaker(columns)
  for (let done = 0; done < rows;) {
    for (const column of columns) await column.open()
    const count = Math.min(ROWS_AT_ONCE, rows - done, ...columns.map((column) => column.left()))
    if (count <= 0) throw new Error('a column has fewer values than there are rows')
    for (const column of columns) column.take(count)
    const made: ParquetRow[] = []
    for (let at = 0; at < count; at++) made.push(makeRow(at))
    yield made
    done += count
  }
}

/** Makes a row of the values that the columns have taken for it. */
function rowMaker(columns: readonly Column[]): (at: number) => ParquetRow {
  const names = [...new Set(columns.map(({ path }) => path[0] ?? ''))]
  const places = columns.map(({ path }) => names.indexOf(path[0] ?? ''))
  const make = objectMaker(names)
  const values: (Json | undefined)[] = names.map(() => undefined)
  return (row) => {
    let fault: ParquetRow['fault']
    values.fill(undefined)
    for (let at = 0; at < columns.length; at++) {
      const { path, values: taken } = columns[at] as Column
      const json = taken[row] as Json | BrokenValue
      const place = places[at] as number
      if (json instanceof BrokenValue) fault ??= { field: path.join('.'), what: json.what }
      else if (path.length === 1) values[place] = json
      else put((values[place] ??= {}) as Record<string, Json>, path, json)
    }
    const value = make(values) ?? {}
    return fault === undefined ? { value } : { value, fault }
  }
}

/** Puts the value of a column within others where its path leads, from the second step on. */
function put(value: Record<string, Json>, path: readonly string[], json: Json): void {
  let at = value
  for (let depth = 1; depth < path.length - 1; depth++) at = (at[path[depth] ?? ''] ??= {}) as Record<string, Json>
  at[path.at(-1) ?? ''] = json
}

/** A column's values, some at a time. */
interface Column {
  readonly path: readonly string[]
  /** Has values at hand, unless there are none left. */
  open(): Promise<void>
  /** Values at hand. */
  left(): number
  /** Takes so many of those at hand: they are the first of `values`. */
  take(count: number): void
  readonly values: readonly unknown[]
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
  let page: PageValues | undefined
  let left = 0
  const values: unknown[] = []
  return {
    path: pages.path,
    async open() {
      if (left > 0) return
      page = await pages.next()
      left = page?.count ?? 0
    },
    left: () => left,
    take(count) {
      left -= count
      page?.fill(values, 0, count)
    },
    values,
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
  let taken = 0
  const values: unknown[] = []
  return {
    path: [name],
    open: () => Promise.resolve(),
    left: () => rows.length - taken,
    take(count) {
      for (let at = 0; at < count; at++) values[at] = plainJson(rows[taken++]?.[name])
    },
    values,
  }
}
