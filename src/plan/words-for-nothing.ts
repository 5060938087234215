import { isErrorWord } from './cell-shape.ts'
import { foldPlain } from './fold-text.ts'
import { trimBlank } from './invisible.ts'

/**
 * Whether a cell holds a word that programs and people write for nothing: NULL, \N, N/A, NaT, none, unknown, k.A., 不明 …,
 * signs alone (`-`, `?`, `....`), or a spreadsheet's error. Zeros are `isZeros`. A family name may be such a word (Null, Nil), so
 * of names it proves nothing.
 */
export function isWordForNothing(text: string): boolean {
  // The longest of the words, with what people put between and around their letters.
  if (text.length > LONGEST || text.length === 0) return false
  const word = trimBlank(foldPlain(text))
  if (word === '') return false
  if (EXACT.has(word) || isErrorWord(word) || SIGNS_ALONE.test(word)) return true
  return WORDS.has(word.toLowerCase().replaceAll(BETWEEN, ''))
}

/** Nothing but zeros: `0`, `000000`, `0.0`, `00-00`. */
export function isZeros(text: string): boolean {
  return text.length < LONGEST && /^[+-]?0(?:[\s().,/-]*0)*$/.test(trimBlank(foldPlain(text)))
}

const LONGEST = 40
const SIGNS_ALONE = /^[\p{P}\p{S}\s]+$/u
/** Spaces, hyphens and dots in a word, and brackets and quotes around it. */
const BETWEEN = /[\s._/\\()[\]{}<>"'`«»*:;,!?-]+/g
/** How NaN and infinities are written by old C libraries, and a database's mark. */
const EXACT = new Set([String.raw`\N`, '-1.#IND', '1.#QNAN', '1.#INF', '-1.#INF', '+Inf', '-Inf'])

/** Without spaces, dots, hyphens and slashes; of each language what stands for "nothing", "none", "unknown", "not given". */
const WORDS = new Set(
  [
    // Programs.
    'null nul nil none nan nat na undefined void sqlnull dbnull isnull naninf inf infinity nonetype novalue',
    // English.
    'notavailable notapplicable notprovided notgiven notknown notset notspecified notsupplied notfound notentered',
    'unknown unspecified unavailable empty blank missing nothing nodata noinfo noemail nomail nophone nomobile nonumber',
    'noid tbd tba tbc pending dummy xx xxx xxxx xxxxx xxxxxx xxxxxxxxxx nogiven donthave doesnothave withheld',
    // German, Dutch.
    'keine kein keiner keines keineangabe keineangaben ka oa ohneangabe unbekannt leer entfällt nichtvorhanden keineemail',
    'keinemail keinhandy geen onbekend nvt nietvantoepassing leeg geenemail',
    // French.
    'néant neant aucun aucune inconnu inconnue nonrenseigné nonrenseignée nonrenseigne nondisponible sansobjet nr vide',
    // Spanish, Portuguese, Italian.
    'ninguno ninguna nada sindatos sd sindato noaplica nodisponible desconocido desconocida vacío vacio sincorreo sinemail',
    'notiene nocontesta nenhum nenhuma nãoinformado naoinformado nãopossui naopossui nãotem naotem semdados sememail',
    'vazio desconhecido nãodisponível nãoaplicável nessuno nessuna nondisponibile sconosciuto nonpresente vuoto nd',
    // Indonesian and Malay, Vietnamese.
    'tidakada tdkada belumada kosong nihil tiada tidakdiketahui tidakberkenaan khôngcó khongco không chưacó trống',
    // Turkish, Polish, Czech, Hungarian, Romanian, the Nordic languages.
    'yok bilinmiyor boş brak niedotyczy nieznany nieznane žádný žádná není neuvedeno nezadáno nincs ismeretlen fără',
    'necunoscut ingen inga saknas okänd ukendt ukjent mangler puuttuu eiole tuntematon',
    // Russian, Ukrainian, Greek.
    'нет неизвестно неуказан неуказано отсутствует нетданных пусто немає невідомо неприменимо κανένα άγνωστο δενυπάρχει',
    // Arabic, Persian, Urdu, Hebrew.
    'لايوجد لاشيء غيرمتوفر غيرمعروف غيرموجود بدون ندارد نامشخص ناموجود خالی نہیں אין לאידוע ריק',
    // Hindi and its sisters, Thai.
    'नहीं कोईनहीं उपलब्धनहीं अज्ञात रिक्त নেই অজানা இல்லை లేదు ไม่มี ไม่ระบุ ไม่ทราบ ว่าง',
    // Chinese, Japanese, Korean.
    '无 無 空 暂无 暫無 没有 沒有 未知 不详 不詳 未填写 未填寫 未提供 なし 無し ナシ 不明 未登録 未設定 該当なし 空白 없음 없다 미상 미입력 해당없음 알수없음',
  ].flatMap((line) => line.split(' ')),
)
