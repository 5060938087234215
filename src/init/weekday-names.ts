import { NameTable } from '../plan/name-table.ts'

/** How much of a text at a place is the name of a weekday, in the languages of the API's regions and their neighbours. */
export function findWeekday(text: string, at: number): number | undefined {
  table ??= readNames()
  const found = table.findAt(text, at)
  if (found === undefined) return undefined
  const end = at + found.length
  // Thai writes on: `วันอังคารที่ 10`.
  const more = /^[\p{Script=Thai}]/u.test(text.slice(at))
    ? (/^\p{Script=Thai}*/u.exec(text.slice(end))?.[0].length ?? 0)
    : 0
  return found.length + more
}

let table: NameTable | undefined

const LANGUAGES =
  'en hi bn mr ta te gu kn ml pa ur id ms vi th fil zh zh-TW ja ko ar fa he de fr es pt it nl sv da nb fi pl cs sk hu ro hr sr bg ru uk el tr et lv lt sl sw'.split(
    ' ',
  )
/** What people write beside what Unicode has. */
const OTHERS = 'tues thur thurs terça quarta quinta sexta ahad minggu ndj'.split(' ')

/** All names stand for the same: which day it is, the date itself says. */
function readNames(): NameTable {
  const names = new NameTable()
  for (const language of LANGUAGES) {
    for (const weekday of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' })
      for (let day = 1; day <= 7; day++) {
        const name = format.format(Date.UTC(2024, 0, day))
        // Hungarian has single letters, which are units and prepositions elsewhere.
        if (!/^\p{Script=Latin}$/u.test(name)) names.add(name, 1)
      }
    }
  }
  for (const name of OTHERS) names.add(name, 1)
  return names
}
