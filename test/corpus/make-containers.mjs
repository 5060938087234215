/**
 * Makes the Parquet and Avro files of the corpus: `npm install --no-save @duckdb/node-api@1.5.6-r.1 parquet-wasm@0.8.0
 * apache-arrow@21 avro-js@1.12.2 underscore` in a folder of its own, then `node make-containers.mjs` there, from a copy of this file, with
 * the corpus' folder as its argument.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { tableToIPC, vectorFromArray, Table as ArrowTable, Utf8, Int64, Dictionary, Int32 } from 'apache-arrow'
import * as parquet from 'parquet-wasm'
import avro from 'avro-js'

const files = join(process.argv[2] ?? '.', 'files')
const instance = await DuckDBInstance.create(':memory:')
const db = await instance.connect()

/** Members as a database types them. */
const typed = `
  SELECT * FROM (VALUES
    ('00123', 'Zoë 李', 12::INTEGER, 9007199254740993::BIGINT, 1234567.50::DECIMAL(10,2), 12345678901234567890::DECIMAL(20,0), DATE '1930-02-28', TIMESTAMP '2024-05-11 16:36:17', TIMESTAMPTZ '2024-05-11 16:36:17.5+02', TIME '08:09:10', true, 0.1::DOUBLE, 'b5f0c0ff-ee00-4000-8000-000000000001'::UUID, {'city': 'Köln', 'geo': {'lat': 50.9}}, ['a', 'b'], 4294967295::UINTEGER, -0.05::DECIMAL(18,3)),
    ('00124', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'NaN'::DOUBLE, NULL, NULL, NULL, NULL, NULL)
  ) t(id, name, tier, big, balance, account, born, seen, joined, opens, vip, ratio, uuid, address, tags, u, small)`
const values = [
  [
    1,
    {
      id: '00123',
      name: 'Zoë 李',
      tier: 12,
      big: '9007199254740993',
      balance: 1234567.5,
      account: '12345678901234567890',
      born: '1930-02-28',
      seen: '2024-05-11 16:36:17',
      joined: '2024-05-11T14:36:17.500Z',
      opens: '08:09:10',
      vip: true,
      ratio: 0.1,
      uuid: 'b5f0c0ff-ee00-4000-8000-000000000001',
      address: { city: 'Köln', geo: { lat: 50.9 } },
      tags: ['a', 'b'],
      u: 4294967295,
      small: -0.05,
    },
  ],
  [
    2,
    {
      id: '00124',
      name: null,
      tier: null,
      big: null,
      balance: null,
      account: null,
      born: null,
      seen: null,
      joined: null,
      opens: null,
      vip: null,
      ratio: null,
      uuid: null,
      address: { city: null, geo: { lat: null } },
      tags: null,
      u: null,
      small: null,
    },
  ],
]
for (const [name, options] of [
  ['duckdb.parquet', 'COMPRESSION snappy'],
  ['duckdb-zstd.parquet', 'COMPRESSION zstd, PARQUET_VERSION v2'],
  ['duckdb-gzip.parquet', 'COMPRESSION gzip'],
]) {
  await db.run(`COPY (${typed}) TO '${join(files, name)}' (FORMAT parquet, ${options})`)
  expect(name, { format: 'parquet', notes: ['Read as Parquet.'], values })
}
await db.run(
  `COPY (SELECT 'A-' || i AS id, 'name ' || (i % 3) AS name FROM range(5) t(i)) TO '${join(files, 'duckdb-lz4.parquet')}' (FORMAT parquet, COMPRESSION lz4_raw)`,
)
expect('duckdb-lz4.parquet', {
  refused: ['is Parquet compressed with LZ4_RAW, which is not read', 'Snappy, zstd or gzip'],
})

// arrow-rs: dictionaries, several row groups, pages of version 2.
const ids = Array.from({ length: 50 }, (_, at) => `A-${at}`)
const cities = ids.map((_, at) => (at % 7 === 0 ? null : ['Köln', 'Leeds', '東京'][at % 3]))
const points = ids.map((_, at) => BigInt(at * 1000))
const table = new ArrowTable({
  id: vectorFromArray(ids, new Utf8()),
  city: vectorFromArray(cities, new Dictionary(new Utf8(), new Int32())),
  points: vectorFromArray(points, new Int64()),
})
const properties = new parquet.WriterPropertiesBuilder()
  .setCompression(parquet.Compression.BROTLI)
  .setWriterVersion(parquet.WriterVersion.V2)
  .setMaxRowGroupSize(20)
  .build()
const bytes = parquet.writeParquet(parquet.Table.fromIPCStream(tableToIPC(table, 'stream')), properties)
writeFileSync(join(files, 'arrow-rs.parquet'), bytes)
expect('arrow-rs.parquet', {
  format: 'parquet',
  notes: ['Read as Parquet.'],
  values: ids.map((id, at) => [at + 1, { id, city: cities[at], points: at * 1000 }]),
})
const cut = readFileSync(join(files, 'duckdb.parquet'))
writeFileSync(join(files, 'cut-off.parquet'), cut.subarray(0, -40))
expect('cut-off.parquet', { refused: ['is a broken Parquet file'] })

// Apache's own library for JavaScript.
const schema = {
  type: 'record',
  name: 'Member',
  fields: [
    { name: 'id', type: 'string' },
    { name: 'name', type: ['null', 'string'] },
    { name: 'points', type: 'long' },
    { name: 'born', type: { type: 'int', logicalType: 'date' } },
    { name: 'seen', type: { type: 'long', logicalType: 'timestamp-millis' } },
    { name: 'tier', type: { type: 'enum', name: 'Tier', symbols: ['SILVER', 'GOLD'] } },
    { name: 'tags', type: { type: 'array', items: 'string' } },
    { name: 'address', type: { type: 'record', name: 'Address', fields: [{ name: 'city', type: 'string' }] } },
    { name: 'balance', type: { type: 'bytes', logicalType: 'decimal', precision: 10, scale: 2 } },
  ],
}
for (const codec of ['null', 'deflate']) {
  const name = `apache-${codec}.avro`
  const encoder = avro.createFileEncoder(join(files, name), schema, { codec, blockSize: 100, noCheck: true })
  for (let at = 0; at < 5; at++) {
    encoder.write({
      id: `A-${at}`,
      name: at % 2 === 0 ? null : { string: 'Zoë' },
      points: at * 1000,
      born: -14552 + at,
      seen: 1715445377000 + at,
      tier: 'GOLD',
      tags: ['a', 'b'],
      address: { city: '東京' },
      balance: Buffer.from([0x01, at]),
    })
  }
  await new Promise((resolve) => encoder.on('finish', resolve).end())
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(name, {
    format: 'avro',
    notes: ['Read as Avro.'],
    values: Array.from({ length: 5 }, (_, at) => [
      at + 1,
      {
        id: `A-${at}`,
        name: at % 2 === 0 ? null : 'Zoë',
        points: at * 1000,
        born: ['1930-02-28', '1930-03-01', '1930-03-02', '1930-03-03', '1930-03-04'][at],
        seen: at === 0 ? '2024-05-11T16:36:17Z' : `2024-05-11T16:36:17.00${at}Z`,
        tier: 'GOLD',
        tags: ['a', 'b'],
        address: { city: '東京' },
        balance: 2.56 + at / 100,
      },
    ]).map(([line, value]) => [line, { ...value, balance: Number(value.balance.toFixed(2)) }]),
  })
}

function expect(name, expected) {
  writeFileSync(join(files, `${name}.expected.json`), `${JSON.stringify(expected, undefined, 1)}\n`)
}
