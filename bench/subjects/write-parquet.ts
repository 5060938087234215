import { fileWriter, parquetWriteRows } from 'hyparquet-writer'
import { openSource } from '../../src/source/open-source.ts'

/** Writes the rows of a CSV file as Parquet, all columns as texts; row groups as large as DuckDB makes them. */
const ROW_GROUP_SIZE = 122_880

const { csv, file } = JSON.parse(process.argv[2] ?? '') as { csv: string; file: string }
const source = await openSource(csv)
const names = source.columns ?? []

async function* rows() {
  for await (const chunk of source.chunks()) {
    for (const { input } of chunk) {
      if (input.kind === 'cells') yield Object.fromEntries(names.map((name, index) => [name, input.cells[index] ?? '']))
    }
  }
}

await parquetWriteRows({
  writer: fileWriter(file),
  columns: names.map((name) => ({ name, type: 'STRING' as const })),
  rows: rows(),
  rowGroupSize: ROW_GROUP_SIZE,
})
await source.close()
process.stdout.write('{}')
