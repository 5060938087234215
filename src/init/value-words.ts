/** What stands in the columns that can be told by their words alone. Spaces stand between words, which are written together. */

/** In the languages of the API's regions, with what programs write for them. */
export const GENDERS = `m f w d male female man woman men women mr mrs ms mister miss other unknown u nonbinary diverse undisclosed
  männlich weiblich divers mann frau herr masculino femenino feminino hombre mujer homem mulher h homme femme masculin féminin
  monsieur madame mme mlle uomo donna maschio femmina man vrouw erkek kadın kadin мужской женский муж жен м ж
  ذكر أنثى انثى पुरुष महिला स्त्री अन्य laki lakilaki pria perempuan wanita l p lelaki nam nữ ชาย หญิง 男 女 男性 女性 남 여 남성 여성 남자 여자`

/** What tiers of loyalty programs are called. */
export const TIERS = `gold silver platinum bronze diamond titanium ruby emerald sapphire pearl basic classic standard premium elite vip vvip prime select plus
  base blue green red black white member oro plata platino bronce diamante zafiro ouro prata platina prata bronze argent or platine diamant
  gold silber platin diamant argento platino goud zilver altın gümüş platin bronz золото золотой серебро серебряный платина платиновый бронза бронзовый
  ذهبي فضي بلاتيني برونزي ماسي गोल्ड सिल्वर प्लैटिनम स्वर्ण रजत emas perak gangsa platinum perunggu vàng bạc đồng kim cương bạchkim kimcương
  ทอง เงิน แพลทินัม ทองแดง ไดมอนด์ 金卡 银卡 白金 钻石 铜卡 金 银 銀 白金卡 钻石卡 普通 普通会员 黄金会员 金卡會員 銀卡 鑽石 ゴールド シルバー プラチナ ブロンズ
  ダイヤモンド レギュラー 一般 一般会員 골드 실버 플래티넘 브론즈 다이아몬드 일반 패밀리`

/** The words in what programs are called. */
export const PROGRAM =
  /\b(?:programs?|programmes?|rewards?|club|miles|loyalty|bonus|privileges?|prime|clube|programa|programm)\b/i

/** Large cities of the API's regions, by country; a city of several words is written together. */
export const CITIES: Readonly<Record<string, string>> = {
  IN: `mumbai delhi newdelhi bengaluru bangalore hyderabad ahmedabad chennai kolkata pune jaipur lucknow surat kanpur nagpur indore thane bhopal noida gurgaon gurugram
    kochi coimbatore chandigarh visakhapatnam patna vadodara मुंबई दिल्ली पुणे चेन्नई कोलकाता जयपुर`,
  SG: 'singapore',
  MY: 'kualalumpur penang johorbahru ipoh melaka malacca petalingjaya shahalam kuching kotakinabalu',
  ID: 'jakarta surabaya bandung medan semarang makassar yogyakarta denpasar bekasi tangerang depok bogor',
  TH: 'bangkok chiangmai phuket กรุงเทพ กรุงเทพมหานคร เชียงใหม่ ภูเก็ต ขอนแก่น ชลบุรี',
  VN: 'hanoi hànội hochiminhcity hochiminh hồchíminh tphcm saigon đànẵng danang hảiphòng cầnthơ',
  PH: 'manila quezoncity cebu cebucity davao makati taguig pasig',
  CN: '北京 上海 广州 深圳 杭州 成都 南京 武汉 西安 重庆 苏州 天津 北京市 上海市 广州市 深圳市 beijing shanghai guangzhou shenzhen hangzhou',
  TW: '台北 臺北 台北市 臺北市 新北 新北市 台中 台中市 高雄 高雄市 台南 台南市 桃園 taipei',
  HK: 'hongkong 香港 九龍 kowloon',
  JP: '東京 大阪 名古屋 横浜 札幌 福岡 神戸 京都 仙台 広島 東京都 大阪府 大阪市 名古屋市 横浜市 札幌市 福岡市 神戸市 京都市 tokyo osaka nagoya yokohama sapporo fukuoka kyoto',
  KR: '서울 서울시 부산 대구 인천 광주 대전 울산 수원 성남 제주 seoul busan incheon daegu',
  AE: 'dubai abudhabi sharjah ajman دبي أبوظبي الشارقة',
  SA: 'riyadh jeddah mecca makkah medina dammam khobar الرياض جدة مكة المدينة الدمام الخبر',
  EG: 'cairo alexandria giza القاهرة الإسكندرية الجيزة',
  QA: 'doha الدوحة',
  KW: 'kuwaitcity kuwait الكويت',
  TR: 'istanbul ankara izmir bursa antalya adana i̇stanbul i̇zmir',
  DE: 'berlin hamburg münchen muenchen munich köln koeln cologne frankfurt stuttgart düsseldorf leipzig dortmund essen bremen dresden hannover nürnberg',
  AT: 'wien vienna graz linz salzburg innsbruck',
  CH: 'zürich zurich genf geneva genève basel bern lausanne luzern',
  FR: 'paris marseille lyon toulouse nice nantes strasbourg montpellier bordeaux lille rennes reims',
  ES: 'madrid barcelona valencia sevilla zaragoza málaga murcia bilbao alicante granada',
  MX: 'ciudaddeméxico cdmx guadalajara monterrey puebla tijuana cancún mérida querétaro',
  CO: 'bogotá medellín cali barranquilla cartagena',
  AR: 'buenosaires córdoba rosario mendoza laplata',
  CL: 'santiago valparaíso concepción',
  PE: 'lima arequipa trujillo cusco',
  BR: 'sãopaulo riodejaneiro brasília salvador fortaleza belohorizonte manaus curitiba recife portoalegre goiânia campinas',
  PT: 'lisboa porto braga coimbra faro lisbon',
  IT: 'roma milano napoli torino palermo genova bologna firenze bari catania venezia verona',
  NL: 'amsterdam rotterdam utrecht denhaag eindhoven groningen thehague',
  GB: 'london manchester birmingham leeds glasgow liverpool edinburgh bristol cardiff belfast',
  US: 'newyork losangeles chicago houston phoenix philadelphia sanantonio sandiego dallas austin sanfrancisco seattle denver boston miami atlanta',
  CA: 'toronto montreal vancouver calgary ottawa edmonton',
  AU: 'sydney melbourne brisbane perth adelaide canberra',
  RU: 'москва санктпетербург новосибирск екатеринбург казань moscow',
  ZA: 'johannesburg capetown durban pretoria',
  NG: 'lagos abuja ibadan kano',
  KE: 'nairobi mombasa',
}
