import { Starts } from './starts.ts'

/** A cell of dashes, or of what is drawn in their place. */
export const RULE_CELL = /^[-=_+*~.·─━═—–|]+$/

/** Ctrl-Z, with which CP/M and DOS end a text. */
// eslint-disable-next-line no-control-regex
export const END_MARK = /^\x1A+$/

/** How many rows there were, in any language: `(12 rows)`. */
export const COUNT_IN_BRACKETS = /^\(\s*\d[\d.,]*\s+\p{L}[\p{L} ]*\)$/u

/** What reports have at their foot, and what programs say of their work: SQL*Plus, Hive, psql, Teradata, sqlcmd. */
export const FOOTER =
  /^(?:\d+ (?:of|von|de|di|sur|z|iz|из|dari|van) \d+|-\s*\d+\s*-|elapsed: [\d:.,]+|time: [\d.,]+ ms\b.*|time taken: [\d.,]+ sec.*|pl\/sql procedure successfully completed\.|commit complete\.|sql> .*|\d+: jdbc:\S+> .*|\*\*\* (?:query completed|total elapsed time).*|disconnected from oracle.*|changed database context to .*|copyright\b.*|© .*|\(c\) .*|confidential\b.*|(?:generated|exported|printed|created|report run) (?:by|on|at)\b.*|\W*(?:end|eof|fin|ende|以上)(?: of (?:file|report|data|list|export|records?))?\W*|(?:page|seite|página|pagina|strona|sayfa|halaman|стр\.?|страница)\s*\d+(?:\s*(?:of|von|de|di|sur|z|iz|из|dari|van|\/)\s*\d+)?|第?\s*\d+\s*(?:\/\s*\d+\s*)?(?:页|頁|ページ|쪽))$/iu

/** What a trailer begins with, in whose other cells stands a number of records, a date or a name. */
export const TRAILER = /^(?:trl|tlr|trailer|eo[ft]|end(?:[ _]of[ _](?:file|report|data|list|export|records?))?)\W*$/i

/** A number, with what stands around numbers: signs, groups, a currency, a unit. Also what stands for none. */
export const AMOUNT =
  /^(?:[^\p{L}\d]{0,3}\d[\d.,'’\s]*[^\p{L}\d]{0,3}(?:\p{Lu}{3}|(?<=\s)\p{L}[\p{L}\p{M}]{0,14}\.?)?|[-–—]+)$/u

/** A text of several words, or of one before a colon, as notes are and no identifier is. */
export const NOTE = /\p{L}{2}[\p{L}\p{M}.]*[,;]?\s+(?:[-–—]\s+)?\p{L}{2}|^[^@]*\p{L}[\p{L}\p{M}]+\s?(?::\s|：)/u

/** Words for a total, in the languages of the API's regions. */
export const TOTALS = words(`
  total totals summary zusammenfassung resumen résumé riepilogo resumo trailer trl tlr subtotal subtotals average averages totale totali subtotale totalt totala totalul totales insgesamt gesamt
  gesamtsumme gesamtergebnis zwischensumme mittelwert durchschnitt anzahl totaal eindtotaal subtotaal gemiddelde aantal
  moyenne promedio ogółem łącznie średnia celkem celkom součet průměr spolu összesen végösszeg átlag ukupno skupaj
  yhteensä ialt σύνολο άθροισμα итого итог всего сумма разом всього усього общо ortalama jumlah tổng รวม รวมทั้งหมด
  รวมทั้งสิ้น ยอดรวม कुल योग মোট மொத்தம் 합계 총계 소계 총합 평균 合計 小計 総計 総合計 計 平均 总计 合计 小计 共计 总数 總計 總數 共
  المجموع الإجمالي إجمالي مجموع جمع סהכ`)

/** Of these, and besides these, those that people may be called as well. */
export const NAMES_OR_TOTALS = words('sum suma summa summe somme soma count razem toplam')

/** Words that stand beside such. */
export const BESIDE_TOTALS = words(`
  grand sub overall net final general général générale generale geral generał generalny generally genel ara keseluruhan i
  alt cộng số of de des der del di number no nombre número numero numer count records record rows row members member
  customers customer points registros membres clients clientes kunden mitglieder socios soci записей строк общий ทั้งหมด
  الكلي العام کل total selected returned fetched`)

/** How programs call the types of columns in a row of their own below the header (ClickHouse, InfluxDB, form builders). */
const TYPE =
  /^(?:(?:nullable|lowcardinality)\((?:[^()]|\([^()]*\))*\)|(?:n?varchar2?|n?char|text|string|int(?:8|16|32|64|eger)?|uint\d+|(?:big|small|tiny)int|number|numeric|decimal|float(?:32|64)?|double(?: precision)?|real|bool(?:ean)?|date(?:time(?:64)?|32)?|timestamp(?:tz)?|time|uuid|jsonb?|blob|bytea|character varying)(?: ?\(\d+(?:, ?\d+)?\))?)$/i

/** A type, as it stands behind a column's name in a database. */
export function isType(text: string): boolean {
  return text.length < LONGEST_TYPE && isLetter(text.charCodeAt(1)) && TYPE.test(text)
}

/** The second character of each type is one; numbers, and most ids, need no second look. */
function isLetter(code: number): boolean {
  const small = code | 32
  return small >= 97 && small <= 122
}

const LONGEST_TYPE = 40

/** What is counted where rows are. */
export const COUNTED = words(`
  row rows record records result results entry entries line lines member members customer customers item items zeile zeilen
  datensatz datensätze einträge mitglieder kunden ligne lignes enregistrement enregistrements membres clients fila filas
  registro registros miembros socios clientes linha linhas membros riga righe soci clienti rij rijen leden klanten wiersz
  wiersze wierszy rekord rekordy rekordów řádků záznamů sor rekord строк строки строка записей записи satır kayıt baris
  anggota hàng แถว รายการ 件 件数 行 条 條 筆 笔 名 개 행 건 명 صف صفوف سجل سجلات`)

/** What programs say of the rows that they count. */
export const BESIDE_COUNTS = words(`
  s in set selected affected returned fetched exported processed found written produced time elapsed taken sec seconds ms warning warnings query ok
  and of no the were was total totals number nombre de der anzahl number selected. 共 第`)

/** What the words above begin with: what begins otherwise needs no second look. */
export const STARTS = new Starts(
  [...TOTALS, ...NAMES_OR_TOTALS, ...BESIDE_TOTALS, ...COUNTED, 'query', 'affected', 'no', 'סה"כ', 'i alt']
    .concat(
      'copyright confidential generated exported printed created report end eof fin page seite página pagina'.split(
        ' ',
      ),
    )
    .concat('strona sayfa halaman стр 第 以上 © ── ━━ ══ —— –– ··'.split(' ')),
)

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/))
}
