/** The letters that a language writes beyond ASCII, in lower case, and whether it mixes them with ASCII's own. */
export interface Alphabet {
  /** How probable each is among them, as a logarithm. */
  readonly weights: ReadonlyMap<string, number>
  readonly latin: boolean
}

// The commoner letters first.
const LATIN = [
  'üöäß', // German
  'éèàêçôîâûëùïüœæÿ', // French
  'íáóéñúü', // Spanish
  'ãáçéíóêâõúôà', // Portuguese
  'àèòùìé', // Italian
  'èàóíéòçúüï', // Catalan
  'äöåé', // Swedish, Finnish
  'øåæéö', // Danish, Norwegian
  'áðíóþöúéæý', // Icelandic
  'ëïéöèü', // Dutch
  'łęąśóżńćź', // Polish
  'íáěéřýžčšůúňťďó', // Czech
  'áíéčšžýľúťňôäďóĺŕ', // Slovak
  'áéőóöíűüú', // Hungarian
  'ăîâșțşţ', // Romanian
  'čšžćđ', // Croatian, Slovenian
  'ıüşöğçi̇âî', // Turkish
  'ėšįžųūčąę', // Lithuanian
  'āēīšūņļķžčģ', // Latvian
  'äõüöšž', // Estonian
]

const OTHERS = [
  'аоинервклтсдмйугпяьчшхыбзэюцжфщёъ', // Russian
  'оаиневркілтсмдкйуьпяєгчбхїжзшюцщфґ', // Ukrainian
  'аиоенрјстквдмлупићзбгчшљцњжхђфџ', // Serbian
  'αοσιςνρητελκάπόμίυδήγέχθώύφζβξψϊΐϋΰ', // Greek
  'יולרהאנבשתמםחעדקןגפצכטסזךףץ', // Hebrew
  'المرينبدهوعسحتفقكشخجزصطضغثذظأإآةىئؤء', // Arabic
  'ایرمنهدبسحعتلشزپفوگکجصخطقغضچظذثژآئءأ', // Persian
  'นารอมกสงวชยพ์ีิตลุคด่ัจทเศไ้ะขบปใึหณแฐูโธฉผ็ญืซภฝฟำศษฎฏฬ', // Thai
]

export const alphabets: readonly Alphabet[] = [
  ...LATIN.map((letters) => ({ weights: weightsOf(letters), latin: true })),
  ...OTHERS.map((letters) => ({ weights: weightsOf(letters), latin: false })),
]

/** By Zipf's law, flattened a little: the letter in the nth place has a share that goes with 1/(n + 3). */
function weightsOf(letters: string): Map<string, number> {
  const places = [...new Set(letters)]
  const shares = places.map((_, index) => 1 / (index + 4))
  const all = shares.reduce((sum, share) => sum + share, 0)
  return new Map(places.map((letter, index) => [letter, Math.log((shares[index] ?? 0) / all)]))
}
