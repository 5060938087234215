import { describe, expect, it } from 'vitest'
import { headerNotes } from '../../src/source/header-notes.ts'
import { readAll } from './read-all.ts'

describe('what is said of a header', () => {
  it('is nothing where each column has a name of its own', () => {
    expect(headerNotes(['id', 'e-mail', 'mobile 2', 'points 2024', '2024', 'address 1', 'born (dd/MM/yyyy)'])).toEqual(
      [],
    )
  })

  it.each(['9876500001', '+49 172 7654321', '(022) 555-0134', 'ann@x.org', '31.12.1970', '2026-01-31'])(
    'is that it looks like a member where it holds %s',
    (datum) => {
      const [note, ...others] = headerNotes(['A1', datum])
      expect(others).toEqual([])
      expect(note).toContain(`The header holds "${datum}", which looks like a member's data`)
      expect(note).toContain('rows: { columns: [c1, c2] }')
    },
  )

  it('is nothing of columns that the plan names', async () => {
    const text = 'A1,ann@x.org\nA2,bo@x.org\n'
    expect((await readAll(text)).notes).toEqual(headerNotes(['A1', 'ann@x.org']))
    expect((await readAll(text, { columns: ['id', 'email'] })).notes).toEqual([])
  })
})

describe('a title above the header', () => {
  const rows = ['id;name;city', '1;Ann;Pune', '2;Bo;Kochi', '3;Cy;Jaipur', '4;De;Pune']

  it('is told from a header, though a record has too many cells', async () => {
    const text = ['Members of all shops', '', ...rows, '5;Ed;Pune;surplus'].join('\n')
    await expect(readAll(text)).rejects.toThrow('`rows: { skip: 2 }`')
  })

  it('is none where the records are of one column, some with a comma in their text', async () => {
    const text = 'name\nAnn, Pune\nBo\nCy, Jaipur\n'
    expect((await readAll(text)).columns).toEqual(['name'])
  })
})
