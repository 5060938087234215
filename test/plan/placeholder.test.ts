import { describe, expect, test } from 'vitest'
import { isPlaceholder } from '../../src/plan/placeholder.ts'
import { isWrittenForNothing } from '../../src/plan/words-for-nothing.ts'

const words = `NULL|null|(null)|nil|N/A|n.a.|n/a|#N/A|<NA>|NaN|NaT|None|undefined|\\N|-|--|---|.|...|?|/|*|_|–|—|#NAME?|#REF!
#WERT!|#¡VALOR!|#DIV/0!|unknown|not available|NOT PROVIDED|no email|No Mobile|x|XXX|False|keine|ohne|unbekannt|aucun
non renseigné|ninguno|sin correo|no tiene|não tem|NAO TEM|sem e-mail|nenhum|nessuno|geen|onbekend|n.v.t.|brak|žádný|nincs
nu are|yok|BELİRTİLMEMİŞ|tanımsız|saknas|ukjent|ei ole|puudub|nepoznato|нет|Не указано|немає|няма|δεν έχει|ΧΩΡΙΣ|لا يوجد
غير متوفّر|ندارد|نامشخص|אין|ללא מייל|नहीं है|নেই|இல்லை|లేదు|ไม่มี|tidak ada|Tdk Ada|tiada|không có|chưa có|无|無し|沒有|没有|未填写
不详|なし|ﾅｼ|メールなし|不明|없음|해당 없음|ＮＵＬＬ|zzzz|xxx-xxx-xxxx|(xxx) xxx-xxxx|nill|null null|None given
--Select--|Please select|Nicht zugeordnet|No asignado|[object Undefined]|No Match Row Id|hat keine|no usa correo|não quis informar
rifiuta|wil niet|odmowa|nem adta meg|vermek istemedi|отказался|رفض|नहीं दिया|belum punya|không dùng|拒绝|拒否|거부|ไม่ประสงค์
no tengo correo|não tenho|je n'ai pas d'email|nie mam|nemám|nincs e-mailem|nu am|yoktur|habe keine|non ho mail|gak punya|none on file
нет тел.|не предоставлено|לא רוצה|ما عندي|मोबाइल नहीं है|ফোন নেই|ไม่มีเบอร์โทร|không nhớ|未留电话|無資料|未確認|무응답|Invalid date
NA_character_|<nil>|pd.NA|Optional.empty|.a|.Z|#HIÁNYZIK|DELETED|[redacted]|GDPR deleted|gelöscht|supprimé|usunięto|удалено|已注销|退会済み|탈퇴|ditto|siehe oben|voir plus haut|см. выше
to follow|por confirmar|auf Anfrage|確認中|ungültig|无效|no consent|Loading...|#HIÁNYZIK|#ΤΙΜΗ!|#NENÍ_K_DISPOZICI
-None-|--Ninguno--|<Не задано>|%!s(<nil>)|%!d(MISSING)|{{id}}|<<id>>|%CARD_NO%|sin tarjeta|sem cartão|无卡|e-mail not available`

describe('a placeholder', () => {
  test.each(listed(`${words}|k.A.|S/N|n.d.|wala|nada|без|s/tel.|ninguno/a`))(
    'is %j, as a mobile and as an e-mail',
    (word) => {
      expect([isPlaceholder('mobile', word), isPlaceholder('email', word)]).toEqual([true, true])
    },
  )

  test.each(listed(words))('is %j, as an id', (word) => {
    expect([isPlaceholder('externalId', word), isPlaceholder('cardnumber', word)]).toEqual([true, true])
  })

  test.each(
    listed(`0|00|000000|0000000000|+0|1111111111|99999|9999999999|999-999-9999|(555) 555 5555|1234567|12345678|1234567890
0123456789|01234567890|+1 123 456 7890|911234567890|910000000000|919999999999|+91 99999 99999|490000000|6599999999
0049 000000|-1|-99|971000000000|00911111111111|+91|(+91)|0091|+971-|00 1`),
  )('is the number %s', (number) => {
    expect(isPlaceholder('mobile', number)).toBe(true)
  })

  test.each(
    listed(`9876543210|919876543210|9888888888|919888888888|98765 00000|+49 177 1234037|12345|112|919800000000|447911123456
6588888887|15555550100|919812345678|8613812345678|4917712345678|5551234567|91|+999|971|+9198`),
  )('is not the number %s', (number) => {
    expect(isPlaceholder('mobile', number)).toBe(false)
  })

  test.each(
    listed(`test@test.com|TEST@gmail.com|test@shop.co.in|noemail@example.com|no.email@shop.de|no-reply@x.org
noemail17@shop.com|no_mail2@shop.com|noreply@shop.com|donotreply@shop.com|na@na.com|NA@NA.com|x@x.com|a@a.a|a@b.c|a@b.com|x@y.z
aa@aa.aa|abc@abc.com|asdf@asdf.com|123@123.com|000000@000000.com|none@none.com|none@gmail.com|null@null|dummy@dummy.in
dummy@gmail.com|fake@fake.com|unknown@shop.fr|sincorreo@gmail.com|sin.correo@hotmail.com|keine@keine.de
keine-email@web.de|sansemail@orange.fr|naotem@naotem.com.br|semEmail@uol.com.br|emailyok@mail.com|tidakada@yahoo.co.id
khongco@gmail.com|9876543210@noemail.com|asha@nomail.com|rao@dummy.com|email@email.com|name@domain.com|mail@mail.ru
-|0|000|@|n/a|youremail@domain.com|ninguno@ninguno.es|no@no.no|не указано
email@example.com|User@Example.com|your@email.com|no@email.com|keine@mail.de|sin@correo.com|sem@email.com.br|abc@xyz.com
foo@bar.com|john@doe.com|noone@nowhere.com|abc@gmail.com|na@gmail.com|123@googlemail.com|test1@test.com|none12@none.com
notengo@gmail.com|no.tengo@hotmail.com|naotenho@uol.com.br|niemam@wp.pl|nemam@seznam.cz|yoktur@hotmail.com|gapunya@gmail.com
sin@mail.com|temp@temp.com|prueba@prueba.com|teste@teste.com.br|coba@coba.com|correo@correo.com|nombre@dominio.com|seuemail@email.com
no@tiene.com|net@mail.ru|123@notiene.com|max@mustermann.de|na@yahoo.com|no@hotmail.com|keine@gmx.de|test123@gmail.com|asdf@gmail.com
aaaaaa@gmail.com|xxx@yahoo.com|123456@gmail.com|abc123@hotmail.com|demo@demo.com|guest@gmail.com
asha@shop.com.invalid|asha@SHOP.INVALID|deleted@deleted.com|redacted@shop.com|nao@tem.com.br|keine@angabe.de|noposee@hotmail.com|donthave@gmail.com|gakada@gmail.com|user@user.com|noname@noname.com`),
  )('is the address %s', (address) => {
    expect(isPlaceholder('email', address)).toBe(true)
  })

  test.each(
    listed(`asha@example.com|a1@example.org|asha.rao@gmail.com|a@example.com|dupont@dupont.fr|info@shop.com|nadia@na.se
tester@shop.com|test1@shop.com|nona@gmail.com|nulla@gmail.com|nada@gmail.com|nima@web.de|no@example.com
ina@ina-shop.com|smith@smith.co.uk|x.y@example.com|asha@|not an address|ab@cd.ef|müller@example.de|用户@例子.广告
noel@mail.com|a@x.org|a@b.co|d@b.com|nomad@gmail.com|unknownpleasures@gmail.com|mail@example.com|sem@mail.com|nil@mail.com
asha@gmail.com|abc@shop.com|user1@example.com|abcd@example.org|kpm1@kpm.com|tina@tina.de|demo.rao@gmail.com|temple@gmail.com|japan@gmail.com|test1@web-shop.de|nil@hotmail.com|aanya@gmail.com|12monkeys@gmail.com
abigail@gmail.com|asha@invalid.com|asha@notinvalid|john@doe-family.com`),
  )('is not the address %s', (address) => {
    expect(isPlaceholder('email', address)).toBe(false)
  })

  test.each(
    listed(
      's/i|0|000000|999999999|9999999999|1111111111|123456789|1234567890|-1|-9|-999|0000-0000-0000|s/n|S/D|k.A.|00000000-0000-0000-0000-000000000000',
    ),
  )('is the id %s', (id) => {
    expect(isPlaceholder('externalId', id)).toBe(true)
  })

  test.each(
    listed(`1|7|99|999|9999|1111|12345678|9876543210|-2|M-1|A|AB|nima|nada|asha|ABC|No. 7|test-1|NA-1|00123|100000|会员1
si|SI|{5d1f2e30}|%20|-7-|(A7)|<B7>|guest|ka|X1|S.N.|K-A|0000-0001|00000000-0000-0000-0000-000000000001|sem|без`),
  )('is not the id %s', (id) => {
    expect(isPlaceholder('externalId', id)).toBe(false)
  })
})

test.each(
  listed(
    'NULL|\\N|#N/A|#NV|NaN|#BEZUG!|#ÜBERLAUF!|#¡DESBORDAMIENTO!|#¿NOMBRE?|########|<NA>|\\n|<na>|#NOMBRE?|-None-|- None -|(blank)|<nil>|(leer)|«First_Name»',
  ),
)('%s is written for nothing', (text) => {
  expect(isWrittenForNothing(text)).toBe(true)
})

test.each(listed('Null|null|Nan|None|#1|#Gold!|N|\\|#|(Nina)|-Blanka-|<b>|{a}|50%|-7-|«Ромашка»|«Lotus»|(Tom)|[Bos]'))(
  '%s may be meant',
  (text) => {
    expect(isWrittenForNothing(text)).toBe(false)
  },
)

/** Texts with a bar, or the end of a line, between. */
function listed(list: string): string[] {
  return list.split(/[|\n]/)
}
