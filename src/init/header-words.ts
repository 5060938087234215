/** What a header may say of its column, beside the roles that a plan has a place for. */
export type Meaning =
  | 'email'
  | 'mobile'
  /** A telephone of any kind: a mobile where no column says that it holds them. */
  | 'phone'
  | 'externalId'
  /** An id that may be the database's own: the member's where no other is. */
  | 'id'
  | 'firstName'
  /** A whole name, or one that does not say which: the first name where no other is. */
  | 'name'
  | 'lastName'
  | 'born'
  | 'gender'
  | 'city'
  | 'zip'
  | 'country'
  | 'state'
  | 'points'
  /** Of points, or of money: points where no other column is. */
  | 'balance'
  | 'tier'
  | 'tierExpiry'
  | 'partner'
  | 'membership'
  | 'partnerTier'
  | 'partnerTierExpiry'
  /** Something that has another's words in it and is not that: how a name is read aloud, whether e-mails are wanted. */
  | 'other'

/**
 * How headers are called in the languages of the API's regions beside English: Spanish, Portuguese, French, German,
 * Italian, Dutch, Turkish, Russian, Arabic, Hindi, Indonesian and Malay, Vietnamese, Thai, Chinese, Japanese, Korean.
 * Commas stand between them.
 */
export const HEADER_WORDS: Readonly<Record<Meaning, string>> = {
  email: `adres e-mail, poczta, e-postadress, e-mailová adresa, elektronická adresa, e-mail cím,
    ηλεκτρονικό ταχυδρομείο, ел пошта, електронна пошта, дуал, דואל, דוא ל, כתובת מייל, ایمیل, پست الکترونیک,
    adresă de email, sähköposti, імейл, имейл, smtp addr, correo, correo electrónico, dirección de correo, courriel,
    adresse électronique, adresse e-mail, adresse mail, mail, mail adresse, e-mail adresse, posta elettronica,
    indirizzo email, mailadres, e-posta, eposta, почта, электронная почта, эл почта, البريد الإلكتروني, بريد إلكتروني,
    الايميل, ايميل, البريد, ईमेल, ई-मेल, ईमेल पता, surel, alamat email, emel, thư điện tử, อีเมล, อีเมล์, 邮箱, 电子邮件,
    电子邮箱, 電郵, 電子郵件, 電郵地址, 信箱, メール, メールアドレス, Eメール, 電子メール, 이메일, 메일, 전자우편, 이메일주소`,
  mobile: `telefon komórkowy, numer komórkowy, komórka, mobilní telefon, mobilný telefón, mobilszám, mobiltelefonszám,
    κινητό, κινητό τηλέφωνο, мобільний, мобільний телефон, мобилен, טלפון נייד, נייד, موبایل, شماره موبایل,
    تلفن همراه, telefon mobil, număr mobil, matkapuhelin, mobiltelefon, mob number, telf2, celular, móvil, movil,
    teléfono móvil, teléfono celular, número de celular, whatsapp, telemóvel, telemovel, telefone celular, portable,
    téléphone portable, tél portable, mobile, n mobile, handy, handynummer, handy nr, mobil, mobilnummer,
    mobiltelefon, mobilfunk, mobilfunknummer, mobil nr, cellulare, numero cellulare, mobiel, mobiele nummer, gsm,
    cep telefonu, cep tel, мобильный, мобильный телефон, сотовый, номер мобильного, الجوال, رقم الجوال, جوال,
    رقم الموبايل, موبايل, الموبايل, الهاتف المحمول, رقم المحمول, मोबाइल, मोबाइल नंबर, मोबाइल नं, no hp, nomor hp, hp,
    handphone, nomor ponsel, ponsel, telefon bimbit, no telefon bimbit, số di động, di động, sđt, มือถือ, เบอร์มือถือ,
    โทรศัพท์มือถือ, 手机, 手机号, 手机号码, 手機, 手機號碼, 行動電話, 移动电话, 携帯, 携帯電話, 携帯番号, 携帯電話番号, 휴대폰, 휴대전화, 휴대폰번호, 핸드폰, 핸드폰번호, 휴대전화번호`,
  phone: `numer telefonu, nr telefonu, telefonní číslo, telefónne číslo, telefonszám, τηλέφωνο, номер телефону,
    מספר טלפון, טלפון, تلفن, شماره تلفن, puhelin, puhelinnumero, tel number, telf1, teléfono, telefono, tel,
    número de teléfono, telefone, fone, téléphone, telephone, n de téléphone, numéro de téléphone, numéro, telefon,
    telefonnummer, tel nr, rufnummer, numero di telefono, recapito, telefoon, telefoonnummer, telefon numarası,
    телефон, номер телефона, тел, الهاتف, هاتف, رقم الهاتف, تلفون, फ़ोन, फोन, फ़ोन नंबर, दूरभाष, telepon, no telepon,
    nomor telepon, no telp, no tel, nombor telefon, no telefon, điện thoại, số điện thoại, โทรศัพท์, เบอร์โทร,
    เบอร์โทรศัพท์, 电话, 电话号码, 联系电话, 電話, 電話號碼, 聯絡電話, 連絡電話, 電話番号, 연락처, 전화, 전화번호`,
  externalId: `numer karty, nr karty, numer klienta, nr klienta, numer członkowski, číslo karty, číslo klienta,
    číslo zákazníka, zákaznické číslo, členské číslo, medlemsnummer, medlemsnr, medlems nr, kundnummer, kundnr,
    kundenummer, kortnummer, kártyaszám, ügyfélszám, vevőkód, tagsági szám, αριθμός κάρτας, αριθμός μέλους,
    κωδικός πελάτη, номер картки, номер клієнта, код клієнта, מספר חבר, מספר לקוח, מספר כרטיס, شماره عضویت,
    شماره مشتری, کد مشتری, شماره کارت, cod client, număr card, jäsennumero, asiakasnumero, номер на карта,
    broj kartice, cusno, cust no, cust id, cust code, cust num, mem no, mbr no, acct no, código de cliente, codigo cliente, número de cliente, n cliente, id cliente, número de socio,
    n socio, socio, código de socio, id socio, número de tarjeta, tarjeta, código do cliente, número do cliente,
    cod cliente, n do cartão, cartão, número do cartão, matrícula, numéro client, n client, code client, id client,
    réf client, référence client, numéro de carte, n carte, carte fidélité, numéro adhérent, n adhérent, adhérent,
    kundennummer, kundennr, kunden nr, kunden id, kdnr, kd nr, kunnr, mitgliedsnummer, mitgliedsnr, mitglieds nr,
    mitglied nr, kartennummer, karten nr, kartennr, codice cliente, numero cliente, numero tessera, tessera,
    codice tessera, klantnummer, klantnr, klant nr, klant id, lidnummer, kaartnummer, müşteri no, müşteri numarası, üye no, kart no,
    номер клиента, код клиента, номер карты, карта, id клиента, رقم العضوية, رقم العضو, رقم العميل, رقم البطاقة,
    كود العميل, सदस्य संख्या, सदस्य आईडी, सदस्यता संख्या, ग्राहक आईडी, ग्राहक संख्या, no anggota, nomor anggota,
    id anggota, kode pelanggan, nomor member, no member, id pelanggan, nomor kartu, no kartu, no ahli, nombor ahli,
    no keahlian, mã khách hàng, mã kh, mã thành viên, số thẻ, mã thẻ, รหัสสมาชิก, หมายเลขสมาชิก, เลขสมาชิก,
    เลขที่สมาชิก, รหัสลูกค้า, หมายเลขบัตร, 会员号, 会员编号, 会员卡号, 会员id, 客户编号, 客户号, 客户id, 用户id, 会员号码, 客戶id, 卡号, 會員編號, 會員卡號, 會員號碼, 客戶編號, 卡號, 会員番号,
    会員no, 会員id, 会員コード, 顧客番号, 顧客コード, 顧客id, カード番号, お客様番号, 회원번호, 회원id, 회원코드, 고객번호, 고객코드, 고객id, 카드번호`,
  id: 'código, identificador, identifiant, nummer, kennung, código interno, codice, идентификатор, код, الرقم, المعرف, आईडी, kode, mã, mã số, รหัส, 编号, 編號, 番号, 번호, 아이디',
  firstName: `imię, jméno, křestní jméno, meno, krstné meno, förnamn, fornavn, etunimi, keresztnév, utónév, όνομα,
    ім я, имя, שם פרטי, نام, prenume, име, primer nombre, nombre de pila, nombres, primeiro nome, prénom, prenom,
    vorname, nome proprio, voornaam, ad, adı, adi, имя, الاسم الأول, اسم العميل الأول, पहला नाम, प्रथम नाम,
    nama depan, tên, ชื่อ, ชื่อจริง, 名, 名字, 이름, 下の名前, お名前名`,
  name: `imię i nazwisko, jméno a příjmení, fullständigt namn, teljes név, ονοματεπώνυμο, піб, שם מלא,
    نام و نام خانوادگی, nume, koko nimi, nombre, nombre completo, nombre y apellidos, nome, nome completo,
    nom complet, nom et prénom, name, vollständiger name, voller name, kunde, nome e cognome, nominativo, naam,
    volledige naam, ad soyad, adı soyadı, isim, фио, полное имя, الاسم, الاسم الكامل, اسم العميल, اسم العميل,
    اسم العضو, नाम, पूरा नाम, ग्राहक का नाम, nama, nama lengkap, nama pelanggan, nama anggota, nama penuh, họ tên,
    họ và tên, tên khách hàng, ชื่อ นามสกุล, ชื่อลูกค้า, ชื่อสมาชิก, 姓名, 客户姓名, 会员姓名, 會員姓名, 氏名, 名前, お名前, 顧客名, 会員名, 성명,
    고객명, 회원명`,
  lastName: `nazwisko, příjmení, priezvisko, efternamn, etternavn, sukunimi, vezetéknév, családnév, επώνυμο, επίθετο,
    прізвище, שם משפחה, نام خانوادگی, nume de familie, фамилно име, prezime, apellido, apellidos, primer apellido,
    sobrenome, apelido, último nome, nom, nom de famille, nachname, familienname, zuname, cognome, achternaam,
    familienaam, soyad, soyadı, фамилия, اسم العائلة, الاسم الأخير, اللقب, उपनाम, अंतिम नाम, कुलनाम, nama belakang,
    nama keluarga, họ, họ và tên đệm, นามสกุล, สกุล, 姓, 姓氏, 苗字, 名字姓, 성, 성씨`,
  born: `data urodzenia, data ur, datum narození, datum narodenia, födelsedatum, födelsedag, fødselsdato, syntymäaika,
    születési dátum, születési idő, ημερομηνία γέννησης, дата народження, дата на раждане, תאריך לידה, تاریخ تولد,
    data nașterii, datum rođenja, gbdat, gebdat, fecha de nacimiento, fecha nacimiento, f nacimiento, nacimiento,
    fec nac, fecha nac, cumpleaños, data de nascimento, data nascimento, dt nascimento, nascimento, data nasc,
    dt nasc, aniversário, date de naissance, naissance, né le, date naissance, geburtsdatum, geburtstag, geb datum,
    geb, geboren, geb am, data di nascita, data nascita, nascita, geboortedatum, doğum tarihi, dogum tarihi,
    дата рождения, день рождения, تاريخ الميلاد, تاريخ الولادة, الميلاد, जन्म तिथि, जन्मतिथि, जन्म दिन, जन्मदिन,
    जन्म तारीख, tanggal lahir, tgl lahir, tarikh lahir, ngày sinh, sinh nhật, วันเกิด, วันเดือนปีเกิด, วันที่เกิด, 生日,
    出生日期, 出生年月日, 出生年月, 生年月日, 誕生日, 生まれ, 생년월일, 생일`,
  gender: `płeć, pohlaví, pohlavie, kön, kjønn, køn, sukupuoli, nem, φύλο, стать, מין, جنسیت, sex, spol, sexo, género,
    genero, sexe, genre, civilité, geschlecht, anrede, sesso, genere, geslacht, cinsiyet, пол, الجنس, النوع, लिंग,
    jenis kelamin, jantina, kelamin, giới tính, เพศ, 性别, 性別, 성별`,
  city: `miasto, miejscowość, město, mesto, kommun, település, város, πόλη, місто, עיר, شهر, oraș, kaupunki, град,
    ciudad, población, localidad, municipio, cidade, município, localidade, ville, commune, stadt, ort, wohnort,
    città, citta, comune, località, stad, plaats, woonplaats, şehir, sehir, il, город, المدينة, مدينة, शहर, नगर, kota,
    kabupaten, bandar, thành phố, tỉnh thành, เมือง, 城市, 市, 市区町村, 都市, 도시, 시`,
  zip: `kod pocztowy, psč, postnummer, irányítószám, ταχυδρομικός κώδικας, поштовий індекс, מיקוד, کد پستی, cod poștal,
    código postal, codigo postal, cp, cep, code postal, plz, postleitzahl, cap, postcode, posta kodu, индекс,
    почтовый индекс, الرمز البريدي, पिन कोड, पिनकोड, kode pos, poskod, mã bưu điện, รหัสไปรษณีย์, 邮编, 邮政编码, 郵遞區號,
    郵便番号, 우편번호`,
  country:
    'país, pais, pays, land, paese, nazione, ülke, страна, الدولة, البلد, देश, negara, quốc gia, ประเทศ, 国家, 國家, 国, 국가, 나라',
  state:
    'estado, provincia, departamento, uf, région, region, bundesland, provincie, область, المنطقة, राज्य, provinsi, negeri, จังหวัด, 省, 省份, 都道府県, 시도, 지역',
  points: `punkty, liczba punktów, saldo punktów, stav bodů, počet bodů, počet bodov, poäng, poängsaldo, poeng,
    pisteet, pontok, pontszám, πόντοι, бали, кількість балів, נקודות, امتیاز, puncte, puntos, saldo de puntos,
    saldo puntos, pontos, saldo de pontos, saldo pontos, solde, solde de points, punkte, punktestand, bonuspunkte,
    treuepunkte, punti, saldo punti, punten, puntensaldo, puan, puan bakiyesi, баллы, бонусы, النقاط, نقاط,
    رصيد النقاط, अंक, पॉइंट, पॉइंट्स, poin, jumlah poin, saldo poin, mata, mata ganjaran, điểm, điểm tích lũy,
    số điểm, แต้ม, คะแนน, แต้มสะสม, คะแนนสะสม, 积分, 會員積分, 積分, 點數, 点数, ポイント, 保有ポイント, ポイント残高, 포인트, 적립금, 보유포인트, 잔여포인트`,
  balance: '',
  tier: `poziom, status klienta, úroveň, nivå, szint, επίπεδο, рівень, דרגה, سطح, nivel, nivel de socio, categoría,
    nível, nivel do cliente, categoria, niveau, statut, palier, stufe, status, kundenstufe, kundenstatus, livello,
    fascia, niveau klant, seviye, üyelik seviyesi, уровень, статус, статус карты, المستوى, الفئة, फ़ेज, स्तर, श्रेणी,
    tingkat, level member, tingkatan, tahap, hạng, hạng thẻ, hạng thành viên, cấp bậc, ระดับ, ระดับสมาชิก, 等级, 会员等级,
    会员级别, 等級, 會員等級, 級別, ランク, 会員ランク, ステージ, 会員ステージ, 등급, 회원등급, 고객등급`,
  tierExpiry: `vencimiento del nivel, vencimiento de nivel, nivel hasta, validade do nível, niveau jusqu au,
    fin de niveau, stufe gültig bis, status gültig bis, gültig bis, livello fino al, tier geldig tot, уровень до,
    صلاحية المستوى, स्तर वैधता, tingkat sampai, masa berlaku, hạn thẻ, ระดับหมดอายุ, 等级有效期, 等級有效期, ランク有効期限, 등급만료일,
    등급유효기간`,
  partner: `socio comercial, programa asociado, programa socio, parceiro, programa parceiro, partenaire,
    programme partenaire, partnerprogramm, programma partner, partnerprogramma, партнер, партнёр, الشريك,
    برنامج الشريك, भागीदार, mitra, program mitra, rakan, đối tác, พันธมิตร, 合作伙伴, 合作方, 合作夥伴, パートナー, 提携先, 제휴사, 제휴`,
  membership: `id de membresía, n de membresía, código do parceiro, n partenaire, partnernummer, partner nr,
    partner kundennummer, numero partner, 提携会員番号, 合作伙伴会员号, 제휴회원번호, nomor mitra`,
  partnerTier:
    'nivel socio comercial, nivel de parceiro, niveau partenaire, partnerstufe, partner stufe, livello partner, 提携ランク, 合作伙伴等级, 제휴등급',
  partnerTierExpiry:
    'niveau partenaire jusqu au, partnerstufe gültig bis, partner stufe gültig bis, 提携ランク有効期限',
  other: `カナ, フリガナ, ふりがな, 氏名カナ, 姓カナ, 名カナ, セイ, メイ, ヨミ, 拼音, acepta correo, acepta email, aceita email, accepte email,
    newsletter, メルマガ, メール配信, 메일수신, 수신동의, 이메일수신, 이메일수신동의, is email, email opt in, email optin, email opt out,
    email consent, email verified, email status, email subscribed, email type, email permission, accepts email,
    accepts email marketing, accepts marketing, accepts sms marketing, sms opt in, sms consent, phone country,
    phone country code, mobile country code, country calling code, phone type, phone verified, mobile verified,
    phone status, phone ext, phone extension, contact type, user name, username, nick name, nickname, middle name,
    store name, branch name, shop name, product name, company name, firma, empresa, entreprise, azienda, event name,
    campaign name, file name, preferred name, agent name, staff name, last order name, store id, store code,
    branch code, branch id, shop id, order id, order no, transaction id, product code, referral code, promo code,
    coupon code, currency code, city code, card type, card status, account status, account type, customer type,
    customer status, customer since, member since, points expiry, points expiring, points used, points redeemed,
    points earned, puntos canjeados`,
}
