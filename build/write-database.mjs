// The embedded broker's database, made and packed once: src/broker/database-files.ts puts it where a home has none yet.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { constants, zstdCompressSync } from 'node:zlib'
import { PGlite } from '@electric-sql/pglite'
import { create } from 'tar'
import { prepareDatabase } from '../src/broker/prepare-database.ts'

const target = fileURLToPath(new URL('../dist/database.tar.zst', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'rollcall-database-'))
try {
  const data = join(folder, 'postgres')
  // Segments of the log as small as they may be: each is written whole.
  const database = await PGlite.create(data, { initDbStartParams: ['--wal-segsize=1'] })
  await prepareDatabase(database)
  await dropTemplates(database)
  await database.close()
  const archive = join(folder, 'database.tar')
  create({ sync: true, file: archive, cwd: data, portable: true }, readdirSync(data))
  mkdirSync(join(target, '..'), { recursive: true })
  writeFileSync(
    target,
    zstdCompressSync(readFileSync(archive), { params: { [constants.ZSTD_c_compressionLevel]: 22 } }),
  )
} finally {
  rmSync(folder, { recursive: true })
}

/** No other database is ever made from them, and they are half of all that a first start writes. */
async function dropTemplates(database) {
  for (const name of ['template0', 'template1']) {
    await database.query('UPDATE pg_database SET datistemplate = false WHERE datname = $1', [name])
    await database.exec(`DROP DATABASE ${name}`)
  }
  await database.exec('VACUUM FULL')
}
