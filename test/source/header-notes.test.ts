import { describe, expect, it } from 'vitest'
import { headerNotes } from '../../src/source/header-notes.ts'
import { cellsOf, readAll } from './read-all.ts'

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

  it.each(['\u0085', '\u2028'])('is that its lines may end with a sign that ends no line: %j', (sign) => {
    const [note, ...others] = headerNotes(['id', `email${sign}A1`, `ann@x.org${sign}A2`])
    expect(others).toEqual([])
    expect(note).toMatch(/^The header holds U\+(?:0085|2028)\. .* write the file with LF/)
  })

  it('is nothing of columns that the plan names', async () => {
    const text = 'A1,ann@x.org\nA2,bo@x.org\n'
    expect((await readAll(text)).notes).toEqual(headerNotes(['A1', 'ann@x.org']))
    expect((await readAll(text, { columns: ['id', 'email'] })).notes).toEqual([])
  })
})

/** The columns, what the notes say of the header, and the lines of the rows. */
async function read(lines: readonly string[], options: Parameters<typeof readAll>[1] = {}) {
  const { columns, notes, rows } = await readAll(lines.join('\n'), options)
  return { columns, skip: /skip: (\d+)/.exec(notes.join())?.[1], lines: rows.map(({ line }) => line) }
}

describe('a header below other lines', () => {
  const table = ['id;name;phone', '1;Ann;98765', '2;Bo;98766', '3;Cy;98767', '4;De;98768']
  const columns = ['id', 'name', 'phone']

  it('is found below a title, below what a report says of itself, and below groups', async () => {
    for (const above of [
      ['Members of all shops', ''],
      ['Members of all shops;;', ';;'],
      ['Members, as of 1 May 2024', ''],
      ['"Members; of', 'all shops"', ''],
      ['Report:;Members', 'Date:;2024-05-01', ''],
      ['Member;;', ''],
      ['-- export --', 'shop 12', '', ''],
    ]) {
      const skip = above.length
      expect(await read([...above, ...table])).toEqual({
        columns,
        skip: String(skip),
        lines: [2, 3, 4, 5].map((line) => line + skip),
      })
    }
    for (const groups of ['Member,,Contact,', 'Member,Member,Contact,Contact', ',Member,,Contact']) {
      const two = [groups, 'member_no,first_name,phone,email', '1,Asha,987,a@b.co', '2,Dev,988,d@b.co']
      expect(await read(two)).toEqual({
        columns: ['member_no', 'first_name', 'phone', 'email'],
        skip: '1',
        lines: [3, 4],
      })
    }
    const ruled = ['Filter: active', 'as of May', 'id;name;phone', '--;----;-----', ...table.slice(1)]
    expect(await read(ruled)).toEqual({ columns, skip: '2', lines: [5, 6, 7, 8] })
  })

  it('is the first row wherever that may be one', async () => {
    for (const lines of [
      table,
      [';name;phone', ...table.slice(1)],
      ['id;;', 'A;Ann;x', 'B;Bo;y', 'C;Cy;z'],
      ['id;;', '1;Ann;98765', '2;Bo;98766', '3;Cy;98767'],
      ['name', 'Ann, Pune', 'Bo', 'Cy, Jaipur'],
    ]) {
      expect(await read(lines)).toMatchObject({ skip: undefined, columns: lines[0]?.split(';') })
    }
  })

  it('is where the plan says, and asked for where it cannot be told', async () => {
    expect(await read(['title', ...table], { skip: 1 })).toMatchObject({ columns, skip: undefined })
    const text = ['Members of all shops', '', 'a;b;c', 'd;e;f', 'g;h;i', 'j;k;l', 'm;n;o;p'].join('\n')
    await expect(readAll(text)).rejects.toThrow('`rows: { skip: 2 }`')
  })
})

describe('a header that lacks a column', () => {
  it('is R’s, whose rows begin with their number', async () => {
    // As R 4.2 writes a data frame by write.table: with spaces, and with commas.
    const table = '"member_no" "first_name" "points"\n"1" "00123" "Uma \\"Mimi\\" Das" 1e+05\n"2" "00124" "Zoë" NA\n'
    const found = await readAll(table)
    expect(found.columns).toEqual(['', 'member_no', 'first_name', 'points'])
    expect(found.rows.map(cellsOf)).toEqual([
      ['1', '00123', 'Uma "Mimi" Das', '1e+05'],
      ['2', '00124', 'Zoë', 'NA'],
    ])
    expect(found.notes.join()).toContain('Read as delimiter space, escape \\.')
  })

  it('has rows that end with a delimiter', async () => {
    const { columns, rows } = await readAll('id,name\n1,Asha,\n2,Dev,\n')
    expect(columns).toEqual(['id', 'name', ''])
    expect(rows.map(({ problem }) => problem)).toEqual([undefined, undefined])
  })

  it('is no such where a row might be shifted', async () => {
    for (const text of ['id,name\n1,Asha,x\n2,Dev,y\n', 'id,name,city\n1,Brown, Jr.,\n2,Lee,York\n']) {
      const { rows } = await readAll(text)
      expect(rows[0]?.problem).toContain('the header has')
    }
  })
})
