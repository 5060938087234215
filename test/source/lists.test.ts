import { expect, it } from 'vitest'
import { readAll } from './read-all.ts'

const DASHES = '-'.repeat(60)

/** A list as SAP saves it unconverted; its sums have decimal commas, one in each row. */
const SAP = `${DASHES}
|Kunde     |Name   |Telefon 1    |Geb.datum |Saldo    |
${DASHES}
|0000100123|Müller |0171 2345678 |10.05.1988|  250,00-|
|0000100124|Schmidt|0171 2345679 |17.11.1979|  100,00 |
|0000100125|Weiß   |0171 2345680 |00.00.0000|    0,00 |
${DASHES}
`

it.each([
  ['under a line of dashes', SAP, 2],
  ['under a title', `30.11.2026          Dynamische Listenausgabe          1\n${SAP}`, 3],
])('a list drawn with bars is read by them, %s, whatever commas its sums have', async (_, text, line) => {
  const { rows, notes } = await readAll(text)
  expect(rows.map(({ input }) => (input.kind === 'cells' ? input.cells.slice(1, 3) : []))).toEqual([
    ['0000100123', 'Müller '],
    ['0000100124', 'Schmidt'],
    ['0000100125', 'Weiß   '],
  ])
  expect(rows.every(({ problem }) => problem === undefined)).toBe(true)
  expect(notes.join('\n')).toContain(`The header was found on line ${line}`)
})

const XSTORE = `<Header download_id="CUST_1" line_count="2" />
INSERT|PARTY|10001|Asha|9876543210
INSERT|PARTY|10002|Dev|9876543211
`

it('rows below one element are no XML, and read once the plan names their columns', async () => {
  await expect(readAll(XSTORE)).rejects.toThrow('the records from line 2 on have 5')
  const { rows } = await readAll(XSTORE, { skip: 1, columns: ['do', 'what', 'id', 'name', 'mobile'] })
  expect(rows).toHaveLength(2)
  await expect(readAll('<a b="1" />\n<c d="2" />\n')).rejects.toThrow('is XML')
})

it('a long line of dashes on top is looked at in no time', async () => {
  const began = performance.now()
  await readAll(SAP.replaceAll(DASHES, '-'.repeat(400)))
  expect(performance.now() - began).toBeLessThan(5_000)
})
