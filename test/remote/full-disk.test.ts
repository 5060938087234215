import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../support/cli.ts'
import { startFileServer } from './file-server.ts'

const remote = new URL('../../src/remote/remote.ts', import.meta.url).href
const fetchFile = `
import { openRemote } from ${JSON.stringify(remote)}
const access = { homeFolder: '/', user: undefined, sftp: {} }
await openRemote({ access }).fetch(process.argv[1], process.argv[2], new AbortController().signal)
`

test('a file that the disk took in part only is not taken for whole', async () => {
  const server = await startFileServer(Buffer.alloc(100_000, 'M'))
  onTestFinished(() => server.close())
  const folder = temporaryFolder()
  // Like a disk that is full, a limit on files (of 195 times 512 bytes) cuts the last piece off, and refuses nothing yet.
  const script = 'ulimit -f 195; exec "$@"'
  const node = [process.execPath, '--input-type=module', '-e', fetchFile]
  const fetching = promisify(execFile)('sh', [
    '-c',
    script,
    'sh',
    ...node,
    `${server.url}/m.csv`,
    join(folder, 'm.csv'),
  ])

  await expect(fetching).rejects.toThrow('EFBIG')

  expect(readdirSync(folder)).toEqual([])
})
