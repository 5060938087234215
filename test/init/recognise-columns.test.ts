import { describe, expect, test } from 'vitest'
import { type Role, recogniseColumns } from '../../src/init/roles.ts'
import type { SampledColumn } from '../../src/init/sample-columns.ts'

function column(name: string, ...values: readonly string[]): SampledColumn {
  return { name, values: values.length === 0 ? ['x'] : values, typed: false }
}

function many(make: (at: number) => string): readonly string[] {
  return Array.from({ length: 100 }, (_, at) => make(at))
}

/** A name of its own for each number below 676. */
function letters(at: number): string {
  return `R${String.fromCharCode(97 + Math.floor(at / 26), 97 + (at % 26))}o`
}

function roleOf(name: string, ...values: readonly string[]): Role | undefined {
  const given = column(name, ...values)
  return recogniseColumns([given]).get(given)
}

function rolesByName(...given: readonly SampledColumn[]): readonly (readonly [string, Role])[] {
  return [...recogniseColumns(given)].map(([{ name }, role]) => [name, role])
}

test('what says of which kind an address or a number is holds none, where another column has them', () => {
  // As Google writes contacts.
  const columns = [
    column('E-mail 1 - Label', '* Home', '* Work'),
    column('E-mail 1 - Value', 'uta@example.de ::: uta@example.com', 'jo@example.de'),
    column('Phone 1 - Label', 'Mobile', 'Mobile'),
    column('Phone 1 - Value', '+49 171 2345678', '0171 2345679'),
  ]
  expect([...recogniseColumns(columns)].map(([{ name }, role]) => [name, role])).toEqual([
    ['E-mail 1 - Value', 'email'],
    ['Phone 1 - Value', 'mobile'],
  ])
})

test('what a field is called stands in no field of the member', () => {
  const pairs = [
    column('field_data.0.name', 'email', 'email'),
    column('field_data.0.values.0', 'a@example.com', 'd@example.com'),
    column('field_data.1.name', 'phone_number', 'phone_number'),
    column('field_data.1.values.0', '+919876543210', '+919876543211'),
  ]
  expect([...recogniseColumns(pairs).values()]).toEqual(['email', 'mobile'])
})

test('what a field is called stands in no field, also where names begin with capitals', () => {
  // As Cognito lists its users.
  const pairs = [
    column('Attributes.0.Name', 'sub', 'sub'),
    column('Attributes.0.Value', 'a1', 'a2'),
    column('Attributes.1.Name', 'email', 'email'),
    column('Attributes.1.Value', 'asha@example.com', 'dev@example.com'),
  ]
  expect([...recogniseColumns(pairs).values()]).toEqual(['email'])
})

test('the card that was paid with is nobody’s number, and no tier', () => {
  const given = [
    column('id', 'cus_Q1a2', 'cus_Q1a3'),
    column('Card ID', 'card_1', 'card_2'),
    column('Card Last4', '4242', '4444'),
    column('Card Brand', 'Visa', 'Visa'),
  ]
  expect([...recogniseColumns(given)].map(([{ name }, role]) => [name, role])).toEqual([['id', 'externalId']])
})

test('a balance is of points where no other column is', () => {
  const balance = column('balance', '-15.00', '0.00')
  expect(rolesByName(balance)).toEqual([['balance', 'points']])
  expect(rolesByName(balance, column('loyalty_balance', '12.50', '0.00'))).toEqual([['loyalty_balance', 'points']])
})

test('of two columns that may be the same, the one that is called so in fewer words is taken', () => {
  const given = [
    column('Default Address Phone', '9876543210'),
    column('Phone', '9876543211'),
    column('Spouse Birthday'),
    column('Birthday', '1988-05-10'),
  ]
  expect([...recogniseColumns(given)].map(([{ name }, role]) => [role, name])).toEqual([
    ['born', 'Birthday'],
    ['mobile', 'Phone'],
  ])
})

test('a name beside a first name is the last one, unless it holds the first as well', () => {
  const first = column('Vorname', 'Uta', 'Jörg')
  const roles = (name: SampledColumn) => [...recogniseColumns([name, first]).values()]
  expect(roles(column('Name', 'Vogel', 'Weiß'))).toEqual(['firstName', 'lastName'])
  expect(roles(column('Name', 'Uta Vogel', 'Jörg Weiß'))).toEqual(['firstName'])
  // As Debezium has a row before and after it was changed.
  const both = [column('before.name', 'Uta Vogel'), column('after.name', 'Uta Vogel', 'Jörg Weiß')]
  expect([...recogniseColumns(both).values()]).toEqual(['firstName'])
})

describe('a column is known by its name', () => {
  test.for<[Role | undefined, readonly string[]]>([
    ['email', ['email', 'E-Mail', 'e mail', 'EMAIL_ADDRESS', 'workEmail']],
    ['mobile', ['Mobile', 'phone', 'Cell', 'MSISDN', 'whatsapp', 'Whats App', 'telephone', 'tel.', 'Contact No']],
    ['externalId', ['id', 'code', 'Member No.', 'member_id', 'memberId', 'customerCode', 'CRM ref', 'Loyalty Card No']],
    [
      'externalId',
      ['KUNNR', 'Nr karty', 'Číslo karty', 'Medlemsnummer', 'Kártyaszám', 'Номер картки', 'Αριθμός κάρτας'],
    ],
    ['externalId', ['מספר חבר', 'شماره عضویت', 'Cod client']],
    ['firstName', ['Imię', 'Jméno', 'Förnamn', 'Keresztnév', 'Ім’я', 'Όνομα', 'שם פרטי', 'نام', 'Prenume']],
    [
      'lastName',
      ['Nazwisko', 'Příjmení', 'Efternamn', 'Vezetéknév', 'Прізвище', 'Επώνυμο', 'שם משפחה', 'نام خانوادگی'],
    ],
    [
      'born',
      [
        'Data urodzenia',
        'Datum narození',
        'Födelsedatum',
        'Születési dátum',
        'Дата народження',
        'תאריך לידה',
        'تاریخ تولد',
      ],
    ],
    [
      'mobile',
      [
        'Telefon komórkowy',
        'Mobilní telefon',
        'Mobilszám',
        'Мобільний телефон',
        'Κινητό',
        'טלפון נייד',
        'شماره موبایل',
      ],
    ],
    ['email', ['SMTP_ADDR']],
    ['born', ['GBDAT']],
    ['externalId', ['cardno', 'external id', 'user key', 'account number', 'client id', 'Loyalty Card #', 'Card #']],
    [
      'firstName',
      ['first name', 'FirstName', 'firstname', 'given name', 'fname', 'F Name', 'name', 'Full Name', 'First'],
    ],
    ['firstName', ['customer name', 'member name', 'forename']],
    ['lastName', ['last name', 'LastName', 'lastname', 'surname', 'family name', 'lname', 'L Name', 'Last']],
    ['born', ['dob', 'born', 'birth', 'Birth Date', 'birthday', 'birthdate', 'date of birth']],
    ['points', ['points', 'point', 'Points Balance', 'balance']],
    ['tier', ['tier', 'level', 'Grade', 'card', 'slab']],
    ['tierExpiry', ['tier expiry', 'card valid until', 'level until', 'membership end']],
    ['partner', ['partner', 'Partner Name', 'partner program', 'partner programme name']],
    ['partnerTier', ['partner tier', 'partner level', 'partner status']],
    ['partnerTierExpiry', ['partner tier expiry', 'partner expires', 'partner valid until']],
    ['membership', ['membership id', 'membership no', 'partner number', 'partner code']],
    ['extended', ['city', 'Town', 'gender', 'pincode', 'Pin Code', 'postal code', 'postalcode', 'nationality']],
    [undefined, ['remark', 'renamed', 'tiered', 'cityscape', 'f namely', 'nickname', 'partnership', 'partner notes']],
    [undefined, ['_row', '_status', 'xfname', 'xlname', 'lnames', 'fnames', 'renames']],
  ])('%s: %s', ([role, names]) => {
    for (const name of names) expect([name, roleOf(name)]).toEqual([name, role])
  })

  test('and each role is given once, to the clearest or the first, but for fields of one’s own', () => {
    const names = ['phone', 'mobile', 'city', 'state', 'email', 'e-mail', 'id', 'member no', 'name', 'first name']
    const roles = recogniseColumns(names.map((name) => column(name)))
    expect(Object.fromEntries(Array.from(roles, ([{ name }, role]) => [name, role]))).toEqual({
      mobile: 'mobile',
      city: 'extended',
      state: 'extended',
      email: 'email',
      'member no': 'externalId',
      'first name': 'firstName',
    })
  })

  test('but not where it is empty, is one of ours, or holds e-mails', () => {
    const empty: SampledColumn = { name: 'mobile', values: [], typed: false }
    expect(recogniseColumns([empty]).size).toBe(0)
    expect(roleOf('_email')).toBeUndefined()
    expect(roleOf('customer id', 'a@example.com', 'b@example.com')).toBe('email')
    // Four of five are not enough to go against the name.
    expect(roleOf('customer id', 'a@x.org', 'b@x.org', 'c@x.org', 'd@x.org', '7')).toBe('externalId')
  })
})

describe('a column is known by what stands in it', () => {
  test.for<[Role | undefined, readonly string[]]>([
    ['email', ['a@example.com']],
    [undefined, ['a@example']],
    [undefined, ['a@x.org and b@x.org']],
    [undefined, ['a@x.org', 'b@x.org', 'c@x.org', 'd@x.org', 'none']],
    ['mobile', ['+91 98765 43210', '(0172) 765-4321']],
    ['mobile', ['987654321']],
    [undefined, ['98765432']],
    [undefined, ['987654321', '98765432']],
    [undefined, ['2024-04-13 16:05']],
    [undefined, ['987654321', '2024-04-13 16']],
    [undefined, ['Room 987654321', '987654321 or so']],
    ['mobile', ['98765 43210', '13.04-2024-01']],
  ])('%s: %s', ([role, values]) => {
    expect(roleOf('x', ...values)).toBe(role)
  })
})

describe('a column is known by its name in other languages', () => {
  test.for<[Role | undefined, readonly string[]]>([
    [
      'email',
      ['Correo electrónico', 'Courriel', 'メールアドレス', '이메일', 'อีเมล', 'البريد الإلكتروني', 'ईमेल', '电子邮箱'],
    ],
    [
      'mobile',
      [
        'Celular',
        'Tél. portable',
        'Handy-Nr.',
        '携帯番号',
        '휴대폰 번호',
        'رقم الجوال',
        '手机号',
        'No. HP',
        'เบอร์โทรศัพท์',
      ],
    ],
    [
      'externalId',
      ['KdNr', 'Nº de socio', 'N° client', '会員番号', '회원번호', 'رقم العضوية', 'Mã khách hàng', 'tessera'],
    ],
    [
      'firstName',
      ['Prénom', 'Vorname', '名', '이름', 'ชื่อ', 'الاسم الأول', 'Nama depan', 'पहला नाम', '氏名', 'Nome completo'],
    ],
    ['lastName', ['Apellidos', 'Nachname', 'Nom de famille', '姓', 'นามสกุล', 'اسم العائلة', 'Sobrenome', 'Фамилия']],
    [
      'born',
      [
        'Fecha de nacimiento',
        'Geb.-Datum',
        'Né le',
        '生年月日',
        '생년월일',
        'วันเกิด',
        'Tgl lahir',
        'Ngày sinh',
        'जन्म तिथि',
      ],
    ],
    ['gender', ['Sexo', 'Geschlecht', 'Civilité', '性別', '성별', 'เพศ', 'Jenis Kelamin', 'लिंग']],
    ['city', ['Ciudad', 'Wohnort', 'Ville', '市区町村', '城市', 'Kota', 'المدينة', 'शहर', 'Cidade']],
    ['points', ['Puntos', 'Punktestand', 'ポイント残高', '积分', '적립금', 'แต้มสะสม', 'Poin', 'النقاط']],
    ['tier', ['Nivel', 'Stufe', '会員ランク', '等级', '회원등급', 'ระดับสมาชิก', 'Hạng thẻ', 'Уровень']],
    ['tierExpiry', ['Stufe gültig bis', 'ランク有効期限']],
    [
      undefined,
      [
        'フリガナ',
        'メール配信',
        'Email Opt In',
        'Mobile Country Code',
        'username',
        'Store Name',
        '商品名',
        'Order status',
      ],
    ],
  ])('%s: %s', ([role, names]) => {
    for (const name of names) expect([name, roleOf(name)]).toEqual([name, role])
  })
})

describe('what stands in a column is stronger than its name', () => {
  test.for<[Role | undefined, string, readonly string[]]>([
    ['tier', 'card', many((at) => ['Red', 'Blue', 'Grey', 'Lime', 'Pink'][at % 5] ?? '')],
    ['externalId', 'card', many((at) => `C${at + 1000}`)],
    [undefined, 'card', many((at) => `a card of ${at}`)],
    [undefined, 'customer code', many((at) => ['A', 'B', 'C'][at % 3] ?? '')],
    [undefined, 'email', many(() => 'yes')],
    ['gender', 'c4', ['M', 'F', 'F']],
    ['gender', 'x', ['男', '女']],
    ['city', 'c2', ['Pune', 'Mumbai', 'Wai']],
    ['tier', 'x9', ['Gold', 'Silver', 'Gold', 'Platin']],
    ['tier', 'column 7', many((at) => `T${at % 4}`)],
    ['born', 'F3', ['17/05/1988', '01/12/1990', '30/01/1960']],
    ['born', 'x', ['昭和63年5月10日', '平成2年1月1日']],
    // A few have a nickname or a comma in them.
    ['firstName', 'c2', [...many((at) => `Asha ${letters(at)}`), 'Uma "Mimi"', 'Ravi, Jr.']],
    [undefined, 'c2', [...many((at) => `Asha ${letters(at)}`), ...many((at) => `a note of ${at}`)]],
    ['externalId', 'x', ['M-1', 'M-2', 'M-3']],
    ['externalId', 'x', ['00123', '00124', '00130']],
    ['externalId', 'Loyalty', ['700001', '700002', '700003']],
    ['externalId', 'memberRef', ['M-1', 'M-2', 'M-3']],
    ['externalId', 'সদস্য', ['M-1', 'M-2', 'M-3']],
    [undefined, 'age', ['34', '45', '56']],
    [undefined, 'Invoice No', ['I-1', 'I-2', 'I-3']],
    [undefined, 'Sr. No', ['101', '102', '103']],
    [undefined, 'Pin', ['411001', '560001', '110001']],
    [undefined, 'Spend', ['41100', '56000', '11000']],
    [undefined, 'Last Order', ['ORD-1001', 'ORD-1002', 'ORD-1003']],
    [undefined, 'Address', ['12A', '14B', '7C']],
    [undefined, 'ঠিকানা', ['411001', '560001', '110001']],
    [undefined, 'S.No', ['1', '2', '3']],
    [undefined, '', ['0', '1', '2']],
    ['externalId', 'x', ['0000100001', '0000100002', '0000100003']],
    [undefined, 'x', ['19880510', '19901231', '19751105']],
    [undefined, 'ts', ['1700000123456', '1700000123457']],
    [undefined, 'x', ['1714550400', '1714636800']],
    [undefined, 'last_visit', ['9876543210', '9876543211']],
    [undefined, 'lifetime spend', ['987654321', '987654322']],
    ['partner', 'x', ['Goldstar Club', 'Miles & More', 'Goldstar Club']],
    ['firstName', 'Unnamed: 2', ['Asha', 'Ravi Kumar', 'Dev']],
    [undefined, 'agent', ['Asha', 'Ravi Kumar', 'Dev']],
    [undefined, 'joined', ['17/05/1988', '01/12/1990']],
    [undefined, 'x', ['17/05/2025', '01/12/2024']],
    [undefined, 'vip', many((at) => (at % 2 === 0 ? 'true' : 'false'))],
    [undefined, 'store', many((at) => `S${at % 4}`)],
    [undefined, 'amount', ['12.50', '3.20', '7']],
  ])('%s: %s', ([role, name, values]) => expect(roleOf(name, ...values)).toBe(role))
})

test('what programs say of a record beside its fields is none of them, and what stands below is', () => {
  const columns = [
    column('_id', '507f', '507e'),
    column('_source.email', 'a@example.com', 'd@example.com'),
    column('name', 'projects/p/documents/members/x1', 'projects/p/documents/members/x2'),
    column('properties.Name.type', 'title', 'title'),
    column('payload', '{"email":"a@example.com"}', '{"email":"d@example.com"}'),
    column('_source.name', 'Asha', 'Dev'),
  ]
  expect([...recogniseColumns(columns)].map(([{ name }, role]) => [name, role])).toEqual([
    ['_source.email', 'email'],
    ['_source.name', 'firstName'],
  ])
})

test('a Korean word of one syllable stands in no other that begins alike', () => {
  expect(roleOf('시', '서울')).toBe('city')
  expect(roleOf('SMS수신여부', 'T', 'F')).toBeUndefined()
})

test('the id by which a partner knows the member is not the member’s own', () => {
  const given = [column('partner_member_id', 'AM1', 'AM2'), column('partner_program', 'AirMiles', 'AirMiles')]
  expect(rolesByName(...given)).toContainEqual(['partner_member_id', 'membership'])
})

test('numbers alone are nobody’s name, whatever their column is called', () => {
  expect(roleOf('Kunde', '00120', '00121', '00122')).toBe('externalId')
  expect(roleOf('Kunde', 'Uta Bär', 'Jo Ek', 'Ann Ott')).toBe('firstName')
  expect(roleOf('NAME1', 'Uta Bär', 'Jo Ek', 'Ann Ott')).toBe('firstName')
  const [name, customer] = [column('Vorname', 'Uta', 'Jo', 'Ann'), column('Kunde', '00120', '00121', '00122')]
  expect(recogniseColumns([customer, name]).get(customer)).toBe('externalId')
})
