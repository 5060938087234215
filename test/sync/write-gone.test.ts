import { execFile } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { openStore } from '../../src/sync/store.ts'
import { writeGone } from '../../src/sync/write-gone.ts'
import { temporaryFolder } from '../support/cli.ts'

/** A home with a sync that remembers members with these keys, and whose file of tonight has none of them. */
function remember(keys: readonly string[]): string {
  const home = temporaryFolder()
  const store = openStore(home, 'nightly')
  const add = store.db.prepare("INSERT INTO members VALUES (?, '', '', 'r', NULL)")
  for (const key of keys) add.run(key)
  store.close()
  return home
}

test('the keys that are gone stand in their order, quoted where they must be', () => {
  const home = remember(['b', 'a,"1"', 'c'])
  const store = openStore(home, 'nightly')
  const path = join(home, 'gone.csv')

  expect(writeGone(store, path)).toBe(3)

  store.close()
  expect(readFileSync(path, 'utf8')).toBe('key\r\n"a,""1"""\r\nb\r\nc\r\n')
})

test('a list that the disk took in part only is not taken for whole', async () => {
  const keys = Array.from({ length: 100 }, (_, at) => `M-${String(at).padStart(996, '0')}`)
  const home = remember(keys)
  const [storeModule, goneModule] = ['store', 'write-gone'].map(
    (name) => new URL(`../../src/sync/${name}.ts`, import.meta.url).href,
  )
  const writing = `
    import { openStore } from ${JSON.stringify(storeModule)}
    import { writeGone } from ${JSON.stringify(goneModule)}
    writeGone(openStore(process.argv[1], 'nightly'), process.argv[2])
  `
  // Like a disk that is full, a limit on files (of 195 times 512 bytes) cuts the last line off, and refuses nothing yet.
  const script = 'ulimit -f 195; exec "$@"'
  const node = [process.execPath, '--input-type=module', '-e', writing, home, join(home, 'gone.csv')]

  await expect(promisify(execFile)('sh', ['-c', script, 'sh', ...node])).rejects.toThrow('EFBIG')

  expect(readdirSync(home)).toEqual(['syncs'])
})
