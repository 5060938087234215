/**
 * What people and programs write where there is nothing to write, in the languages of the API's regions. Spaces stand
 * between words, and words are without their own spaces and signs: `n/a` is `na`, `sin correo` is `sincorreo`.
 */

/** Names no member, in whichever identifier it stands: no name, nickname or code that somebody would be known by. */
export const NOTHING_ANYWHERE = `
null nul nil none na nan nat undefined undef void blank empty missing unknown unk unkn unspecified unavailable
unassigned undisclosed unset unnamed notavailable notapplicable notprovided notgiven notknown notset notspecified
notfound notentered notassigned notregistered notshared notdisclosed notsupplied notrequired nodata novalue noinfo
noinformation noemail noemailid noemailaddress noemails nomail nomails nomailid noemailprovided hasnoemail
doesnthaveemail doesnothaveemail nomobile nomobileno nomobilenumber nomob nophone nophoneno nophonenumber notelephone
nonumber nocontact nocontactno nocontactnumber nocell noid nocard nocardnumber nomembership nomembershipid noaddress
noidentifier refused declined withheld optout optedout tbd tba tbc todo wrongnumber wrongemail wrongmobile wrongphone
invalid invalidemail invalidmobile invalidnumber invalidphone bademail dummy dummyemail dummymobile fake test testing
placeholder anonymous anon noname nobody walkin walkincustomer cashcustomer noreply donotreply donotemail donotcall
donotcontact false no nope error dbnull sqlnull isnull nonetype nothing donthave nogiven nonegiven nill nullvalue nullnull
nonenone nannan undefinedundefined objectobject objectundefined objectnull nomatchrowid nacharacter nainteger nareal
hivedefaultpartition systemdbnull array
pleaseselect select selectone selectoption selectanoption chooseone chooseanoption sameasabove asabove

bittewahlen bitteauswahlen keineauswahl nichtzugeordnet nichtzugewiesen keineemailvorhanden hatkeine hatkeineemail willkeine
verweigert mochtenicht nbek unbek nichtgewunscht
choisir selectionner nonaffecte nonassigne napas napasdemail refuse refus nesouhaitepas nonconnu
seleccione seleccionar noasignado nousa nousacorreo nousaemail nomaneja nocuenta nocuentaconcorreo norecuerda nodio noquisodar
noquiso nolosabe notienecorreoelectronico
selecione selecionar naoatribuido naousa ntem naoquisinformar naoquis
seleziona nonassegnato nonha nonhaemail nonvuole rifiuta rifiutato
niettoegewezen heeftgeen heeftgeenemail wilniet weigert
niemamaila odmowa odmawia nechce neuvedl nemamail nemadresu nemadta nemadtameg nudoreste refuz
atanmamis seciniz vermekistemedi vermedi belirtmekistemiyor bilgiyok
harinte villej viluppge vilikke harikke onskerikke finnesikke eihalua
belumpunya gakpunya blmada tidakmau tidakmemiliki belumditentukan pilih
khongdung khongcungcap chuagan kco
hindinagbigay walapo waladin
неназначено неназначен отказался отказалась непредоставил непредоставила отсутсвует выберите
لميذكر لميحدد رفض ماعنده مافي غيرمعين اختر ليسلديهايميل
नहींदिया नहींबताया चुनें
不愿提供 拒绝 拒絕 不肯 未分配 请选择 請選擇 同上
登録なし メアド無し メアドなし 拒否 未回答 お断り 未割当 選択してください 同左
없슴 거부 미동의 미지정 선택 선택하세요 거절
ไม่สะดวก ไม่ให้ข้อมูล ไม่ประสงค์ ไม่กำหนด เลือก

loading deleted redacted anonymized anonymised anonymous pseudonymized erased scrubbed purged gdpr gdprdeleted gdprerased deletedgdpr
deletedbygdpr dataremoved datadeleted datenschutz geloscht dsgvo dsgvogeloscht anonymisiert supprime efface anonymise rgpd eliminado borrado
anonimizado excluido apagado lgpd cancellato eliminato anonimizzato verwijderd geanonimiseerd usunieto usuniete zanonimizowane smazano
vymazano torolve sters borttagen raderad slettet poistettu anonymisert anonymiseret silindi kustutatud izdzests istrinta dihapus dahoa daxoa
удалено удален удалена обезличено видалено изтрито διαγραφηκε διεγραφη حذف محذوف تمالحذف حذفشده נמחק हटायागया ลบแล้ว 已删除 已刪除 已注销 已註銷 削除済 削除済み 退会済
退会済み 삭제 삭제됨 탈퇴
ditto dto seeabove wieoben sieheoben cfsupra voirplushaut verarriba vedisopra veracima ziebovenstaand jakwyzej jwyzej vizvyse lasdfent
смвыше каквыше 同前 上同 위와같음 doesnothaveone notinterested noconsent exdirectory landlineonly tofollow seenotes seeemail onrequest
wirdnachgereicht aufanfrage avenir surdemande porconfirmar apedido adefinir dadefinire surichiesta opaanvraag nazapytanie
уточняется уточнить 確認中 미정 bounced ungultig invalide invalido nonvalido nonvalide sbagliato incorrecto неверный недействителен
間違い 错误 錯誤 無効 无效 無效 無效號碼 pdnat enblanco 비어있음

noneonfile notonfile noneprovided notlisted unlisted didnotprovide doesnothave doesnthave donthaveone hasnone norecord notinuse
outofservice notworking notreachable disconnected privatenumber nonpresent invaliddate notadate pdna numpynan optionalempty
notengo notengocorreo notengoemail notengotelefono notenemos nolotengo norecuerdo nomeacuerdo sintelefonomovil scorreoelectronico
naotenho naotenhoemail naotenhotelefone naolembro naoquer naoautorizou
jenaipas jenaipasdemail jenaipasdadresse jenaipasdetelephone japas pasdadresse pasdadressemail pasdadresseemail sansadressemail sansadresseemail
habekeine habekeineemail keineemailadressevorhanden keineangabevorhanden nichtgewollt willnicht
nonhomail nonhoemail nonhotelefono nonloricordo nonricordo nonsa nonlosa nondisponibile nondisponibili
niemam niemammaila niemamemaila niemamtelefonu nieposiadam nieposiadaemaila
nemam nemammail nemamemail nemamtelefon nemameadresu nincsen nincsemailem nincstelefonom nincsemailje
nuam nuamemail nuamtelefon yoktur epostasiyok epostamyok mailimyok telefonuyok
gapunya gapunyaemail ngakpunya nggakpunya tdkpunya tdkpunyaemail tidakmaukasih tidakmemberi taknak taknakbagi tiadanombor tiadatelefon
khongnho chuacungcap khongcho kocosdt wallemail walaakongemail walasiyangemail walangnumber walangcellphone

неттел безтел нетмаила нетмейла бн бт непомнит незнает недал недала неоставил неоставила нехочет непредоставлено неимеется нетребуется
немаєданих немателефону немапошти нямаданни нямамейл δενδοθηκε δενεδωσε δενγνωριζω
ندارم نمیدهد لااملك ليسلدي ماعندي ماعندييميل ماعنديايميل ماعندهايميل אינלי איןלי לארוצה לאנתן לאמעוניין לארלבנטי
मोबाइलनहींहै मोबाइलनहीं फोननहीं फोननहींहै नहींपता মোবাইলনাই মোবাইলনেই ফোননেই ফোননাই ইমেইলনেই ইমেইলনাই இமெயில்இல்லை மின்னஞ்சல்இல்லை எதுவும்இல்லை
మెయిల్లేదు ఇమెయిల్లేదు ಇಮೇಲ್ಇಲ್ಲ ಇಮೇಲ್ಇಲ್ಲ ഇമെയിൽഇല്ല ഇമെയില്‍ഇല്ല
ไม่มีเบอร์โทร ไม่มีเบอร์โทรศัพท์ ไม่มีโทรศัพท์มือถือ ไม่ได้ให้ ไม่สะดวกให้ ไม่มีครับ ไม่มีค่ะ
没留 沒留 没填 沒填 未留电话 未留電話 无电子邮件 無電子郵件 无邮件 無郵件 无email 無email 没有手机号 沒有手機號碼 暂无手机 暂无电话 暂无邮箱 空号 空號 停机 关机 无人接听 无记录 無紀錄 无资料
無資料 無填寫 未確認 不所持 持ってない なし未登録 미가입 미보유 무응답 결번 정보없음

sintarjeta notienetarjeta semcartao naotemcartao sanscarte pasdecarte keinekarte ohnekarte keinekundenkarte senzatessera nessunatessera
geenkaart geenpas zonderkaart brakkarty bezkarty nemakartu неткарты безкарты kartyok kartsiz kartiyok tanpakartu tidakadakartu tiadakad
khongcothe chuacothe ไม่มีบัตร 无卡 無卡 没有卡 沒有卡 カードなし カード無し 카드없음 कार्डनहीं لايوجدبطاقة بدونبطاقة nonmember nomemberid nomemberno
nocustomerid emailnotavailable emailnotprovided emailnotgiven emailunavailable mobilenotavailable mobilenotprovided
phonenotavailable phonenotprovided numbernotavailable numbernotgiven cardnotavailable idnotavailable naoinformou naoinformouemail
незадано незадан невыбрано

keine keiner keines kein ohne leer unbekannt nichtvorhanden nichtbekannt nichtangegeben nichterfasst keineangabe
keineangaben ohneangabe keineemail keinemail keineemailadresse keinemailadresse keinhandy keintelefon keinetelefonnummer
keinehandynummer keinenummer ohneemail ohnemail ohnetelefon entfallt fehlt nichts

aucun aucune vide inconnu inconnue neant nonrenseigne nonrenseignee noncommunique noncommuniquee nonfourni nonfournie
nondisponible nondefini indefini manquant pasdemail pasdemobile pasdetelephone pasdeportable pasdenumero sansemail
sansmail sansadresse sanstelephone sansmobile sansobjet

ninguno ninguna vacio desconocido desconocida sincorreo sincorreoelectronico sinemail sinmail sindatos sindato
sinnumero sintelefono sinmovil sincelular sininformacion sinasignar noaplica notiene notieneemail notienecorreo
notienetelefono nodisponible nodefinido noproporcionado noproporciona noregistra noinforma noindica noposee pordefinir
pendiente nulo nocontesta

nenhum nenhuma semdados sememail semcorreio semcelular semtelefone semnumero seminformacao naotem naopossui
naotememail naopossuiemail naoinformado naoinformada naoconsta naodisponivel naoaplicavel naoseaplica naoidentificado
naosei naofornecido desconhecido desconhecida vazio indefinido

nessuno nessuna vuoto sconosciuto sconosciuta nonpresente nonpervenuto nonfornito nonfornita noncomunicato
nonindicato nondefinito nessunaemail nessunamail nessunnumero nessuntelefono senzamail senzaemail senzatelefono
mancante assente

geen leeg onbekend geenemail geenmail geenemailadres geentelefoon geentelefoonnummer geennummer geenmobiel nvt
nietbekend nietingevuld nietbeschikbaar nietopgegeven ontbreekt

brak brakdanych brakemaila brakemail brakmaila brakadresu braktelefonu braknumeru brakinformacji nieznany nieznana
nieznane niepodano niepodany niedotyczy nieposiada pusty puste
zadny zadna zadne neznamy neznama nezname neznamo neuvedeno neuvedene nevyplneno nevyplnene nezadano prazdny
bezemailu beztelefonu
nincs nincsemail nincsemailcim nincstelefon nincsadat nincsmegadva nincskitoltve ismeretlen nemismert nemadottmeg
niciunul nicio faraemail faratelefon faranumar necunoscut necunoscuta nuare nuareemail nuexista nespecificat
nedefinit necompletat
nepoznato nepoznat nepoznata neznano nijeuneseno nijenavedeno nemaemail nemaemaila nematelefona nedostupno

yok bilinmiyor bilinmeyen belirtilmemis belirtilmedi mevcutdegil emailyok epostayok mailyok telefonyok numarayok
tanimsiz girilmemis girilmedi

saknas okand ejangivet ejangiven ingenmail ingenepost ingentelefon ejtillganglig
mangler ukendt ukjent ikkeoppgitt ikkeangivet ikkeoplyst ingenemail ikketilgjengelig ikketilgaengelig
eitietoa tuntematon puuttuu eisahkopostia eipuhelinta eiilmoitettu eiole
puudub teadmata nezinoma nezinomas nenurodyta navzinams nezinams

tidakada tdkada gakada gaada nggakada tiada kosong belumada tidakpunya tidakpunyaemail tidakadaemail tidakadanomor
tidaktersedia tidakdiketahui tidaktahu tidakdiisi belumdiisi tidakberlaku tanpaemail takada tiadaemail tiadamaklumat
khongco khong khongcoemail khongcosdt khongbiet khongro khongxacdinh chuaco chuacapnhat chuaxacdinh koco kocoemail
walangemail walapa walangnumero walangcp hindialam hindiavailable
hakuna haijulikani

нет нету нетданных нетпочты нетэлпочты неттелефона нетномера нетemail неизвестно неизвестен неизвестна неуказан неуказано
неуказана незаполнено отсутствует безпочты безномера безтелефона безemail пусто неимеет неопределено нд отказ неприменимо
немає нема невідомо невідомий невідома невказано відсутній відсутня відсутне безпошти незазначено
няма нямаимейл нямателефон неизвестен непосочено непознато нијеунето
κανενα κανενας καμια δενεχει δενεχειemail δενυπαρχει αγνωστο αγνωστος αγνωστη κενο χωρις χωριςemail μηδιαθεσιμο

لايوجد لاتوجد لايوجدايميل لايوجدبريد لايوجدرقم لايوجدهاتف لايوجدجوال غيرمتوفر غيرمتوفرة غيرمتاح غيرموجود غيرموجوده غيرمعروف
غيرمعلوم غيرمحدد غيرمسجل غيرمذكور غيرمدخل مجهول فارغ بدون بدونايميل بدونبريد بدونرقم بدونهاتف بدونجوال لاشيء ليسلديه
ليسلدي لايملك لاينطبق لااعرف لا
ندارد نامشخص نامعلوم خالی هیچ ناموجود موجودنیست ثبتنشده واردنشده بدونایمیل بدونشماره نمیدانم فاقد
نہیں نہیںہے کوئینہیں موجودنہیں دستیابنہیں معلومنہیں
אין איןמייל איןאימייל איןדואל איןטלפון איןנייד איןמספר לאידוע לאידועה לאזמין לאקיים לאצוין לאנמסר לאהוזן לארלוונטי ללא ללאמייל
ללאאימייל ללאטלפון ריק חסר

नहीं नहींहै कोईनहीं कुछनहीं उपलब्धनहीं उपलब्धनहींहै ज्ञातनहीं पतानहीं लागूनहीं अज्ञात रिक्त शून्य खाली ईमेलनहीं ईमेलनहींहै
नाही नाहीत माहितनाही उपलब्धनाही ईमेलनाही नथी छैन थाहाछैन নেই নাই অজানা কিছুনা প্রযোজ্যনয় জানানেই
નથી ખબરનથી ઉપલબ્ધનથી ਨਹੀਂ ਕੋਈਨਹੀਂ ਪਤਾਨਹੀਂ இல்லை தெரியாது கிடைக்கவில்லை లేదు తెలియదు లేవు ಇಲ್ಲ ಗೊತ್ತಿಲ್ಲ
ഇല്ല അറിയില്ല ലഭ്യമല്ല නැත නොමැත නොදනී

无 無 没有 沒有 没 沒 空 空白 未知 不详 不詳 不明 未填 未填写 未填寫 未提供 未登记 未登記 未留 暂无 暫無 待定 待补 待補 缺 匿名 保密
无邮箱 無郵箱 無電郵 没有邮箱 沒有電郵 沒有信箱 無信箱 无手机 無手機 没有手机 沒有手機 无电话 無電話 没有电话 沒有電話 无号码 無號碼 不适用 不適用
不知道 不知 不提供 测试 測試 冇
なし ナシ 無し 無い ない 無 有りません ありません ございません 持っていない 不明 未登録 未入力 未設定 未記入 未取得 空欄 該当なし 特になし 非公開 不詳
わからない メールなし メール無し アドレスなし メールアドレスなし 電話なし 電話番号なし 携帯なし 番号なし テスト
없음 없어요 없습니다 없다 미상 미입력 미등록 미기재 미제공 미확인 알수없음 모름 해당없음 해당사항없음 정보없음 이메일없음 메일없음 전화없음
전화번호없음 휴대폰없음 핸드폰없음 번호없음 공란 비공개 테스트
ไม่มี ไม่ทราบ ไม่ระบุ ไม่ได้ระบุ ไม่มีอีเมล ไม่มีเมล ไม่มีข้อมูล ไม่มีเบอร์ ไม่มีโทรศัพท์ ไม่ให้ ไม่แจ้ง ยังไม่มี ว่าง
မရှိ မရှိပါ မသိ គ្មាន មិនមាន ບໍ່ມີ የለም
`

/** Names nobody where a phone number or an e-mail is expected; as somebody's id or user name it might be meant. */
export const NOTHING_IN_AN_ADDRESS = `
inf infinity oa ka nv nb nr nc nd sd sn stel scel scorreo smail ni np so bd nada sin sem sans nulla niente senza rien refus zonder
se sc ndo nsp hana ochi όχι οχι 무 δυ niets neni nema nie niema ningunoa без bez nera nav nima ska nihil fara lipsa gol ures bos ingen inget inga intet tom utan uden uten ei wala waladaw tyhja trong ko semail stelefono sno semtel nonho deceased landline dnc dnd busy wrongno switchedoff noresponse
private confidential hidden vertraulich confidentiel privado riservato pending later ask inprogress folgt rejected blocked wrong incorrect falsch faux same
ddmmyyyy mmddyyyy yyyymmdd ddmmyy ddmmaaaa mmddaaaa aaaammdd jjmmaaaa ttmmjjjj ддммгггг ggaayyyy ggmmaaaa
idem jw prazdne sina nullo kosi taktahu nk lorem 不明确
`

/** What a form calls its fields and whom it is for: nobody's address, and an ordinary value of other columns. */
export const NAMES_IN_FORMS = `
sample example default guest customer cliente client kunde user admin info email mail mobile phone telephone name phonenumber
mobilenumber emailaddress si
`

/** The part of an e-mail before the @ that says, whoever's the host is, that there is no e-mail. */
export const NO_MAILBOX = `
noemail noemails nomail nomails noemailid nomailid noemailaddress noemailprovided deleted redacted anonymized anonymised noreply donotreply donotemail notprovided notavailable
notapplicable notgiven nothing none null undefined unknown dummy dummyemail dummymail fake fakeemail fakemail test
testing placeholder noaddress hasnoemail doesnthaveemail donthave donthaveemail withoutemail invalid invalidemail bademail
keineemail keinemail keineemailadresse ohneemail ohnemail keineangabe unbekannt
pasdemail pasdadresse sansemail sansmail sansadresse aucunemail aucun inconnu
sincorreo sinemail sinmail notieneemail notienecorreo nocorreo ninguno notiene noposee noexiste
sememail semmail naotem naotememail naopossui naopossuiemail nenhum
nessunaemail nessunamail senzamail senzaemail nessuno nonpresente
geenemail geenmail onbekend brakemaila brakemail brakmaila bezemailu nincsemail faraemail nuareemail nemaemail
emailyok epostayok mailyok yok ingenmail ingenepost ingenemail eisahkopostia
notengo notengocorreo notengoemail naotenho naotenhoemail naoinformado emailnaoinformado jenaipas jenaipasdemail japas
habekeine habekeineemail hatkeine hatkeineemail nonho nonhomail nonhoemail niemam niemammaila nieposiadam nemam nemamemail nincsen
nuam yoktur gapunya gakpunya ngakpunya nggakpunya tidakpunya tdkpunya belumada belumpunya chuaco netmaila netemaila nahihai
emailnahihai noemailgiven noemailavailable noemailonfile customernoemail didnotprovide declinedtoprovide noaplica nosabe notienecorreo
netpochty netpochti bezpochty tidakada tidakadaemail tidakpunyaemail gakada gakadaemail tanpaemail tiadaemail khongco khongcoemail walangemail
`

/** The host of an e-mail, without its endings, that nobody has a mailbox on. */
export const NO_MAIL_HOST = `
noemail noemails nomail nomails noaddress nodomain none null nil dummy dummymail dummyemail fakemail fakeemail placeholder notprovided
notavailable noreply donotreply sincorreo sinemail sinmail sansemail sansmail keineemail keinemail sememail notiene notengo notienecorreo noexiste
`

/**
 * What is typed to get on, also with a number behind: keys beside each other, and words for a trial, an example or nobody.
 * Before the @ of a provider that has millions of mailboxes, or before it and behind it.
 */
export const TYPED_NAMES = `
abc xyz abcd abcde abcdef abcabc asdf asdfgh asdasd qwer qwert qwerty qwertz azerty qwertyuiop test tests testing teste testes prueba pruebas essai prova probe
deneme coba contoh beispiel ejemplo exemplo exemple esempio voorbeeld przyklad ornek dummy fake temp temporary demo sample example
guest walkin walkincustomer cash customer noname nobody noone nothing whatever something anything keine kein geen ingen ninguno none
na no meiyou declined refused notavail notavailable invalid novalid notvalid unknown correo correio courriel
`

/** Providers at which anybody may have a mailbox. */
export const PROVIDERS = `
gmail googlemail yahoo ymail rocketmail hotmail outlook live msn icloud aol gmx web yandex rediffmail qq naver seznam wp onet
`

/** Addresses that forms show as an example: these, at one of those hosts. */
export const EXAMPLE_MAILBOXES =
  'your youremail yourname youremailaddress myemail email mail name user username someone somebody nobody noone sample nombre tunombre correo tucorreo sucorreo usuario nome seu seuemail seunome usuario votre votreemail votremail prenom ihre ihreemail vorname isim nama'
export const EXAMPLE_HOSTS =
  'domain yourdomain mydomain yourcompany email mail host nowhere dominio domaine ejemplo exemplo exemple beispiel esempio correo empresa firma alanadi'

/** `no@email.com`, `keine@mail.de`: the whole says that there is no e-mail. */
export const WITHOUT = 'no none null kein keine ohne senza sans aucun brak without geen zonder yok nincs'
export const MAIL_HOSTS = 'email mail correo epost eposta posta'

/** Addresses that forms show, or that are typed to get on in one, with their hosts. */
export const TYPED_ADDRESSES = `
email@example name@example user@example username@example your@example yourname@example youremail@example someone@example
somebody@example nobody@example noone@example sample@example abc@xyz xyz@abc foo@bar john@doe jane@doe tidak@ada ga@ada
max@mustermann erika@mustermann foo@example bar@foo someone@somewhere no@tiene no@tengo no@hay no@have no@e nie@ma nie@mam non@ho ei@ole
khong@co mai@mee not@valid notvalid@email not@known not@given not@provided n@a net@mail netu@mail nety@mail sin@mail sin@email
not@available not@applicable sin@correo sem@email pas@email non@email nao@tem keine@angabe pas@demail k@a
`

/** How databases, languages and C libraries themselves write that there is nothing, whatever else a column holds. */
export const WRITTEN_FOR_NOTHING: ReadonlySet<string> = new Set([
  // In small letters too, as the filter `lower` leaves them.
  '\\n',
  '(null)',
  '<na>',
  '-1.#ind',
  '1.#qnan',
  'NULL',
  '\\N',
  '\\\\N',
  '(NULL)',
  '[null]',
  '[NULL]',
  '<null>',
  '<NULL>',
  '<NA>',
  'NaN',
  'NaT',
  'undefined',
  '-1.#IND',
  '1.#QNAN',
  '1.#INF',
  '-1.#INF',
])
