import type { CountryShare } from '../plan/phone-countries.ts'
import type { SampledColumn } from './sample-columns.ts'

/** The one country among several in whose writing, or language, the columns' names are. */
export function writtenIn(alike: readonly CountryShare[], columns: readonly SampledColumn[]): CountryShare | undefined {
  const names = columns.map(({ name }) => name).join(' ')
  const [only, another] = alike.filter(({ country }) => WRITINGS[country]?.test(names) === true)
  return another === undefined ? only : undefined
}

/** Letters that are in use in one country alone, or nearly, and words that columns have in its language. */
const WRITINGS: Readonly<Record<string, RegExp>> = {
  TH: /\p{Script=Thai}/u,
  JP: /[\p{Script=Hiragana}\p{Script=Katakana}]|携帯|会員/u,
  KR: /\p{Script=Hangul}/u,
  IN: /[\p{Script=Devanagari}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Telugu}]/u,
  IR: /شماره|تاریخ|خانوادگی|ایمیل/u,
  PK: /[ٹڈڑںے]/u,
  IL: /\p{Script=Hebrew}/u,
  GR: /\p{Script=Greek}/u,
  VN: /[ăđơư\u1EA0-\u1EF9]/iu,
  UA: /[іїєґ]/iu,
  KH: /\p{Script=Khmer}/u,
  LA: /\p{Script=Lao}/u,
  LK: /\p{Script=Sinhala}/u,
  MM: /\p{Script=Myanmar}/u,
  GE: /\p{Script=Georgian}/u,
  AM: /\p{Script=Armenian}/u,
  ET: /\p{Script=Ethiopic}/u,
  CN: /手机|会员|邮箱|顾客/u,
  TW: /手機|會員|信箱/u,
  DE: /vorname|nachname|geburts|kundennummer|handy/iu,
  FR: /prénom|naissance|portable|adhérent/iu,
  IT: /cognome|nascita|cellulare|tessera/iu,
  NL: /voornaam|achternaam|geboorte|klantnummer|mobiel/iu,
  SE: /förnamn|efternamn|födelse|medlemsn/iu,
  NO: /etternavn|fødselsdato/iu,
  FI: /etunimi|sukunimi|syntymä|puhelin/iu,
  PL: /imię|nazwisko|urodzenia|komórk/iu,
  CZ: /příjmení|narození|jméno/iu,
  SK: /priezvisko|narodenia/iu,
  HU: /vezetéknév|keresztnév|születési/iu,
  RO: /prenume|nașter|telefon mobil/iu,
  TR: /soyad|doğum|cep telefonu|üye/iu,
  ID: /nama depan|nama belakang|tanggal lahir|no ?hp|nomor/iu,
  MY: /tarikh lahir|nombor|no ahli/iu,
  BR: /sobrenome|cpf/iu,
  PT: /telemóvel|apelido/iu,
  RU: /фамилия|рождения|отчество/iu,
}
