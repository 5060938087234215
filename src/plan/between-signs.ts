import { readWords } from './fold-word.ts'

/**
 * Whether a text is a word for nothing between a program's signs (`-None-`, `(blank)`, `<nil>`, Go's `%!s(<nil>)`), or a
 * template's field that nobody has filled (`{{id}}`, `*|EMAIL|*`, Word's `«First_Name»`). Nobody is called so, whatever else
 * a column holds; a firm's name may stand in «», and Tom and Bos in brackets.
 */
export function isBetweenSigns(text: string): boolean {
  if (!FIRST.has(text.charCodeAt(0)) || text.length > LONGEST) return false
  const [, word] = BRACKETED.exec(text) ?? []
  if (word !== undefined) return WORDS.has(word)
  return UNFILLED.test(text) || UNPRINTED.test(text)
}

/** `$`, `%`, `(`, `*`, `-`, `<`, `[`, `{` and `«`. */
const FIRST: ReadonlySet<number> = new Set([36, 37, 40, 42, 45, 60, 91, 123, 171])
const LONGEST = 60
/** With spaces within, as in `- None -`. */
const BRACKETED = /^(?:--? ?|[<([{])(\p{L}[\p{L}\p{M} ]*?)(?: ?--?|[>)\]}])$/u
const UNFILLED =
  /^(?:\{\{\s*[A-Za-z_][^{}]*\}\}|\$\{[A-Za-z_][^{}]*\}|%%?[A-Za-z_][\w.]*%%?|\*\|[A-Za-z_][^|*]*\|\*|\[\[[A-Za-z_][^[\]]*\]\]|<<[A-Za-z_][^<>]*>>|«[A-Za-z][A-Za-z ]*_\w*»)$/
/** Of a nil pointer, and where a value was missing, as Go's `fmt` writes them. */
const UNPRINTED = /^%!\w?\((?:.*<nil>|MISSING)\)$/
const WORDS = readWords(`
null nil none na blank empty undefined unset notset notdefined notprovided notspecified notselected unassigned unknown novalue select
leer keine keiner kein nichtgesetzt vide aucun aucune nondefini vacio enblanco ninguno ninguna sinvalor vazio embranco nenhum nenhuma
vuoto nessuno nessuna leeg geen brak puste пусто нет неуказано неуказан неуказана незадано незадан невыбрано yok ingen inget
空白 空 无 無 なし 未設定 없음 ไม่มี لايوجد فارغ खाली`)
