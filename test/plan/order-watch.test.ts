import { describe, expect, test } from 'vitest'
import { reader } from './date-reader.ts'

describe('a column in which day and month may stand in each other’s place', () => {
  test('is told, where some of its dates exist only so', () => {
    const read = reader('date dd/MM/yyyy')
    for (const cell of ['05/17/1988', '05/04/1990', '07/07/1991', '12/31/1992', '03/04/1993']) read(cell)
    expect(read.remark()).toBe(
      "2 of its dates exist only with day and month in each other's place, and 2 that exist in both orders are sent as `dd/MM/yyyy` has them: they may be other days. Find out in which order they were written, and mend the plan or the file.",
    )
    read('17/05/1988')
    expect(read.remark()).toContain('(and 1 exist in this order alone)')
  })

  test.each([
    ['date dd/MM/yyyy', ['17/05/1988', '05/04/1990', '32/13/1990', '00/13/1990']],
    ['date dd/MM/yyyy', ['05/17/1988', '07/07/1991']],
    ['date d-MMM-yyyy', ['5-May-1988', '13-Jun-1988']],
    ['date yyyy/MM/dd persian', ['1367/13/02', '1367/02/03']],
  ])('is not found by %s in %j', (filter, cells) => {
    const read = reader(filter)
    for (const cell of cells) read(cell)
    expect(read.remark()).toBeUndefined()
  })

  const made = ['1988-10-05', '1990-04-05', '1991-02-03', '1992-11-12']
  const left = ['13/05/1988', '31/12/1990', '17/06/1991', '28/02/1992']

  test('is told, where a spreadsheet has made dates of those alone that it could turn', () => {
    const read = reader('date yyyy-MM-dd or dd/MM/yyyy')
    for (const cell of [...made, ...left]) read(cell)
    expect(read.remark()).toContain(
      'of those written as `yyyy-MM-dd` none is behind the 12th of its month, and of those written as `dd/MM/yyyy` none before the 13th',
    )
  })

  test.each([[[...made, ...left, '1988-05-13']], [[...made, ...left, '07/07/1988']], [made.slice(1).concat(left)]])(
    'is taken for two ways to write a day in %j',
    (cells) => {
      const read = reader('date yyyy-MM-dd or dd/MM/yyyy')
      for (const cell of cells) read(cell)
      expect(read.remark()).toBeUndefined()
    },
  )
})
