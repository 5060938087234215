import { expect, test } from 'vitest'
import { spreadsheetTrace } from '../../src/plan/spreadsheet-traces.ts'

test.each([
  ['0000712345678901', '7.12346E+11', 'E-notation'],
  ['919876500001', '9,19877E+11', 'E-notation'],
  ['00123', '123', 'zeros in front'],
  ['00123', '123.0', 'zeros in front'],
  ['4111111111111111', '4111111111111110', 'last digits'],
  ['Jörg', 'JÃ¶rg', 'another encoding'],
  ['Łódź', 'ĹĂłdĹş', 'another encoding'],
  ['Zoë', 'Zo?', 'another encoding'],
  ['Zoë', 'Zo\ufffd', 'another encoding'],
  ['Иван', '????', 'another encoding'],
  ['山田', 'å±±ç”°', 'another encoding'],
  ['03/04/1990', '04/03/1990', 'another day'],
  ['03/04/1990', '4/3/1990', 'another day'],
  ['1990-03-04', '1990-04-03', 'another day'],
  ['3-4', '03-Apr', 'taken for a date'],
  ['MAR1', '1-Mar', 'taken for a date'],
  ['3-4', '03/04/2024', 'taken for a date'],
  ['3/4', '2024-03-04', 'taken for a date'],
  ['1.5', '01. Mai', 'taken for a date'],
  ['1-2002', 'Jan-02', 'taken for a date'],
  ['="00123"', '123', 'zeros in front'],
  ['12E4', '120000', 'taken for a number in E-notation'],
  ['12.345', '12345', 'lost the sign between its digits'],
  ['-1,250', '-1250', 'lost the sign between its digits'],
  ['山田', '灞辩敯', 'another encoding'],
  ['Ελένη', 'Î•Î»Î­Î½Î·', 'another encoding'],
  ['Ayşe', 'AyĹźe', 'another encoding'],
])('%s that came back as %s', (before, after, said) => expect(spreadsheetTrace(before, after)).toContain(said))

test.each([
  ['asha@example', 'asha@example.com'],
  ['17/05/1988', '1988-05-17'],
  ['31/02/1990', '28/02/1990'],
  ['Müller', 'Mueller'],
  ['00123', '00124'],
  ['12345', '0012345'],
  ['9876543210', '9876543211'],
  ['JÃ¶rg', 'Jörg'],
  ['7.12346E+11', '0000712345678901'],
  ['', '7'],
  ['17/05/1988', '17-May-1988'],
  ['1.5', '1,5'],
  ['12E4', '12E5'],
  ['12.345', '12346'],
  ['="00123"', '00123'],
])('%s that became %s is mended on purpose', (before, after) => {
  expect(spreadsheetTrace(before, after)).toBeUndefined()
})
