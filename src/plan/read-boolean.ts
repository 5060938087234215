import type { Json } from '../model.ts'
import { bareText } from './cell-shape.ts'
import { foldPlain } from './fold-text.ts'
import { trimBlank } from './invisible.ts'
import { nothingHint } from './nothing-hint.ts'
import type { Refuse } from './template.ts'
import { textOf } from './values.ts'

/**
 * `boolean`: true or false as programs write them (1 and 0, also as floats; -1 of Access; t and f of PostgreSQL), and yes and
 * no, true and false in the languages below. Upper and lower case are the same.
 */
export function readBoolean(value: Json, refuse: Refuse): Json | undefined {
  if (typeof value === 'boolean') return value
  const text = textOf(value) ?? ''
  const read = words.get(text) ?? words.get(plainWord(text))
  if (read !== undefined) return read
  return refuse(
    value,
    'is neither true nor false; expected true or false, yes or no, y or n, 1 or 0',
    nothingHint(text),
  )
}

function plainWord(text: string): string {
  const word = trimBlank(foldPlain(text))
  return bareText(word)
    .toLowerCase()
    .normalize('NFC')
    .replace(/^\.(?=[tf]\.)|[.!。]$/g, '')
    .replace(/^(-?\d)[.,]0+$/, '$1')
}

const YES = [
  'true t yes y 1 -1 on',
  // Spanish, Portuguese, French, Italian, Romanian.
  'sí si s verdadero cierto sim verdadeiro oui o vrai sì vero da adevărat adevarat',
  // German, Dutch, the Nordic languages.
  'ja j wahr waar sant sand sann kyllä tosi',
  // Indonesian and Malay, Vietnamese, Filipino, Swahili.
  'ya benar betul có đúng oo opo ndiyo',
  // Hindi, Bengali, Marathi, Tamil, Telugu, Thai.
  'हाँ हां जी सत्य सही হ্যাঁ হ্যা সত্য होय हो હા ਹਾਂ ஆம் ஆமாம் అవును ಹೌದು അതെ ඔව් ใช่ จริง',
  // Chinese, Japanese, Korean.
  // To agree is to say yes.
  '是 是的 对 對 真 有 同意 はい 有り 同意する ○ 예 네 참 동의 동의함',
  // Arabic, Persian, Urdu, Hebrew.
  'نعم صحيح بله بلی درست ہاں כן אמת',
  // Russian, Ukrainian, Polish, Czech, Turkish, Greek, Hungarian.
  'да истина так істина д tak prawda ano áno pravda evet doğru dogru e ναι αληθής αληθης igen igaz',
  // Croatian, Estonian, Latvian, Lithuanian.
  'istina jah tõene õige jā patiess taip tiesa',
  '✓ ✔ ☑',
]
const NO = [
  'false f no n 0 off',
  'falso não nao non faux nu fals',
  'falskt usann usant',
  'nein falsch nee onwaar nej nei falsk ei epätosi',
  'tidak tdk bukan salah không sai hindi po hapana',
  'नहीं असत्य गलत না মিথ্যা नाही होइन ના નથી ਨਹੀਂ இல்லை లేదు కాదు ಇಲ್ಲ അല്ല ഇല്ല නැත ไม่ ไม่ใช่ เท็จ',
  '否 不是 不 错 錯 假 无 無 不同意 いいえ なし 同意しない × 아니요 아니오 거짓 미동의 동의안함',
  'لا خطأ خاطئ نه خیر نہیں غلط לא שקר',
  'нет ложь лъжа ні хибність laž väär vale nē aplams н nie fałsz falsz ne nepravda hayır hayir yanlış yanliş yanlis h όχι οχι ψευδής ψευδης nem hamis',
  '✗ ✘ ☐',
]

const words: ReadonlyMap<string, boolean> = new Map([...entries(YES, true), ...entries(NO, false)])

function entries(lines: readonly string[], value: boolean): (readonly [string, boolean])[] {
  return lines.flatMap((line) => line.split(' ').map((word) => [word, value] as const))
}
