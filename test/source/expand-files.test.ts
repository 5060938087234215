import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { expandFiles } from '../../src/source/expand-files.ts'
import { openSource } from '../../src/source/open-source.ts'

test('of several files, those that programs put beside the rows are left out, and no other', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-folder-'))
  const path = (name: string) => join(folder, name)
  try {
    const rows = ['_members.csv', 'part-2.csv', 'part-10.csv']
    const beside = ['_SUCCESS', '_committed_123', 'part-2.csv.crc', 'part-2.csv.metadata']
    for (const name of [...rows, ...beside]) await writeFile(path(name), 'id\n1\n')
    expect(await expandFiles([path('*')])).toEqual(rows.map(path))
    // As a shell expands the pattern.
    expect(await expandFiles([...beside, ...rows].map(path))).toEqual(rows.map(path))
    expect(await expandFiles([path('_SUCCESS')])).toEqual([path('_SUCCESS')])
    await expect(openSource(folder)).rejects.toThrow(`imported together by a pattern, as in '${path('*.csv')}'`)
  } finally {
    await rm(folder, { recursive: true })
  }
})
