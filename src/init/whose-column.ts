import { foldWord } from '../plan/fold-word.ts'

/** Whether a header in English says that its address, number, name or day is another's, and none of the member's. */
export function isOfOthers(header: string): boolean {
  const words = header.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replaceAll('_', ' ')
  return OF_OTHERS.test(words) || OF_A_RELATIVE.test(words)
}

/** The same of the words of a header in another language: `together` without spaces, `spaced` with one around each. */
export function areOfOthers(together: string, spaced: string): boolean {
  return ofOthers().some((word) => (hasSpaces(word) ? spaced.includes(` ${word} `) : together.includes(word)))
}

/** Whether a script puts spaces between words, so that a word within another is not meant. */
export function hasSpaces(text: string): boolean {
  return !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u.test(text)
}

/** Who keeps a record, as programs call them (`Contact Owner.id`, `CreatedById`), who sold, and who belongs to the member. */
const OF_OTHERS =
  /\b(?:nominee|emergency|spouse|wife|husband|father|mother|guardian|child|children|kid|referr(?:er|al|ed)|introducer|agent|staff|manager|cashier|sales ?(?:person|man|rep|associate)|store|shop|branch|outlet|vendor|supplier|company|assistant|(?:contact|account|record|lead|deal|company|customer|client|member|hubspot) owner|owner(?= ?id\b)|(?:created|modified|updated|changed|entered|added|assigned|enrolled|registered|introduced|approved|served|handled)(?= ?(?:by|to|user)\b))s?(?:'s)?\b.*\b(?:e?-?mail|phone|mobile|contact|cell|tel|no|number|name|dob|birth\w*|city|id|code)\b/i

/** `Mobile (Spouse)`, `DOB of Child`. */
const OF_A_RELATIVE =
  /\b(?:e?-?mail|phone|mobile|contact|cell|tel|no|number|name|dob|birth\w*)(?: of| -)? ?\(?(?:nominee|emergency|spouse|wife|husband|father|mother|guardian|child|children|kid|referr(?:er|al)|agent|owner)s?\d?\)?$/i

/** Shops, those who work there, those who brought the member, and the family: their numbers are not the member's. */
const WORDS = `
tienda, sucursal, vendedor, vendedora, asesor, asesora, cajero, cajera, empleado, gerente, cónyuge, conyugue, esposo, esposa, hijo,
hija, hijos, padre, madre, referido, loja, filial, atendente, operador, cônjuge, filho, filha, filhos, mãe, indicador, magasin,
boutique, vendeur, vendeuse, conseiller, conseillère, caissier, conjoint, conjointe, époux, épouse, enfant, enfants, père, mère,
parrain, filiale, mitarbeiter, verkäufer, verkäuferin, betreuer, berater, werber, ehepartner, ehefrau, ehemann, vater, mutter,
negozio, punto vendita, commesso, venditore, cassiere, coniuge, figlio, figlia, winkel, filiaal, verkoper, medewerker, echtgenoot,
mağaza, mağazanın, şube, personel, temsilci, temsilcisi, danışman, çocuk, sklep, sklepu, sprzedawca, sprzedawcy, pracownik, pracownika,
prodejna, prodejny, prodavač, магазин, магазина, филиал, филиала, продавец, продавца, кассир, кассира, менеджер, менеджера, сотрудник,
сотрудника, консультант, консультанта, супруг, супруга, супруги, жены, мужа, ребенка, ребёнка, детей, матери, отца, متجر, المتجر, فرع, الفرع,
موظف, الموظف, بائع, البائع, مندوب, المندوب, الزوج, الزوجة, الطفل, الأب, الأم, المدير, חנות, סניף, מוכר, סוכן, दुकान, स्टोर, शाखा, विक्रेता, पति,
पत्नी, पिता, माता, toko, cabang, karyawan, kasir, sales, suami, istri, isteri, anak, ibu, ayah, bapa, kedai, cawangan, pekerja, juruwang,
cửa hàng, chi nhánh, nhân viên, người giới thiệu, ร้าน, สาขา, พนักงาน, ผู้แนะนำ, คู่สมรส, บุตร, 门店, 店铺, 店舗, 門市, 導購, 导购, 店员, 店員, 店长, 店長,
推荐人, 推薦人, 介绍人, 業務員, 业务员, 配偶, 父亲, 母亲, 子女, 紧急联系人, 緊急聯絡人, 经理, 员工, 員工, 担当, 紹介者, 緊急連絡先, 保護者, お子様, 子供,
スタッフ, 販売員, 従業員, 매장, 지점, 점포, 담당자, 직원, 추천인, 배우자, 자녀, 보호자, 비상연락, 판매원`

/** Folded word by word. */
const ofOthers = (() => {
  let words: readonly string[] | undefined
  return () => (words ??= WORDS.split(',').map((word) => word.trim().split(/\s+/).map(foldWord).join(' ')))
})()
