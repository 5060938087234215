/** A cell of dashes, or of what is drawn in their place. */
export const RULE_CELL = /^[-=_+─━═—–|]+$/

/** Ctrl-Z, with which CP/M and DOS end a text. */
// eslint-disable-next-line no-control-regex
export const END_MARK = /^\x1A+$/

/** How many rows there were: `(12 rows)` in any language, `12 rows selected.`, `12 rows in set (0.00 sec)`, `Total records: 12`. */
export const COUNT =
  /^(?:\(\s*\d[\d.,]*\s+\p{L}[\p{L} ]*\)|\(?(?:\d[\d.,]*|no) (?:rows?|records?|results?)(?: (?:selected|affected|returned|fetched|exported|in set)\b.{0,30})?\)?\.?|(?:total|number of|no\. of|row|record|line|member)s?(?:[ _-](?:rows|records|lines|members|count))?\s*[:=]\s*\d[\d.,]*)$/iu

/** What reports have at their foot. */
export const FOOTER =
  /^(?:copyright\b.*|© .*|\(c\) .*|confidential\b.*|(?:generated|exported|printed|created|report run) (?:by|on|at)\b.*|\W*(?:end|eof)(?: of (?:file|report|data|list|export|records?))?\W*|page \d+(?: of \d+)?)$/iu

/** A number, with what stands around numbers: signs, groups, a currency. */
export const AMOUNT = /^[^\p{L}\d]{0,3}\d[\d.,'’\s]*[^\p{L}\d]{0,3}(?:\p{Lu}{3})?$/u

/** Words for a total, in the languages of the API's regions. */
export const TOTAL =
  /^(?:(?:grand|sub|overall|net)[\s-]*)?(?:totals?|totale?s?|gesamt(?:summe|ergebnis)?|summe|totaal|somme|razem|suma|sum|summa|итого|всего|сумма|toplam|genel toplam|jumlah|yhteensä|i alt|σύνολο|tổng(?: cộng)?|รวม|합계|총계|소계|合計|小計|総計|总计|合计|小计|總計|المجموع|الإجمالي|סה["״]כ|count|average)\s*[:=]?$/iu

/** Of these, the ones that people may be called as well. */
export const NAME_OR_TOTAL = /^(?:sum|suma|summa|summe|somme|count|razem|toplam)\b/iu

/** How the words above begin: two letters, in lower case. What begins with a sign is looked at in any case. */
export const STARTS: ReadonlySet<string> = new Set(
  'to gr su ov ne ge so ra ит вс су ju yh σύ tổ รว 합계 총계 소계 合計 小計 総計 总计 合计 小计 總計 ال סה co av nu no ro re li me ex pr cr en eo pa ── ━━ ══ —— –– ©'
    .split(' ')
    .map((start) => start.slice(0, 2))
    .concat('i '),
)
