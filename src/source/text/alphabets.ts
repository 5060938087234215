/** The letters that a language writes beyond ASCII, in lower case: how probable each is among them, as a logarithm. */
export type Alphabet = ReadonlyMap<string, number>

/** Languages that share code pages. `latin`: they mix these letters with ASCII's own. */
export interface Script {
  readonly alphabets: readonly Alphabet[]
  readonly latin: boolean
}

// The commoner letters first.
const GERMAN = 'üöäß'
const LETTERS = {
  western: [
    GERMAN,
    'éèàêçôîâûëùïüœæÿ', // French
    'íáóéñúü', // Spanish
    'ãáçéíóêâõúôà', // Portuguese
    'àèòùìé', // Italian
    'èàóíéòçúüï', // Catalan
    'äöåé', // Swedish, Finnish
    'øåæéö', // Danish, Norwegian
    'áðíóþöúéæý', // Icelandic
    'ëïéöèü', // Dutch
  ],
  central: [
    GERMAN,
    'łęąśóżńćź', // Polish
    'íáěéřýžčšůúňťďó', // Czech
    'áíéčšžýľúťňôäďóĺŕ', // Slovak
    'áéőóöíűüú', // Hungarian
    'ăîâșțşţ', // Romanian
    'čšžćđ', // Croatian, Slovenian
  ],
  turkish: [GERMAN, 'ıüşöğçi̇âî'],
  baltic: [
    GERMAN,
    'ėšįžųūčąę', // Lithuanian
    'āēīšūņļķžčģ', // Latvian
    'äõöüšž', // Estonian
  ],
  cyrillic: [
    'аоинервклтсдмйугпяьчшхыбзэюцжфщёъ', // Russian
    'оаиневркілтсмдкйуьпяєгчбхїжзшюцщфґ', // Ukrainian
    'аиоенрјстквдмлупићзбгчшљцњжхђфџ', // Serbian
  ],
  greek: ['αοσιςνρητελκάπόμίυδήγέχθώύφζβξψϊΐϋΰ'],
  hebrew: ['יולרהאנבשתמםחעדקןגפצכטסזךףץ'],
  arabic: [
    'المرينبدهوعسحتفقكشخجزصطضغثذظأإآةىئؤء', // Arabic
    'ایرمنهدبسحعتلشزپفوگکجصخطقغضچظذثژآئءأ', // Persian
  ],
  thai: ['นารอมกสงวชยพ์ีิตลุคด่ัจทเศไ้ะขบปใึหณแฐูโธฉผ็ญืซภฝฟำศษฎฏฬ'],
}

export type ScriptName = keyof typeof LETTERS

export function scriptOf(name: ScriptName): Script {
  return { alphabets: LETTERS[name].map(weightsOf), latin: LATIN.has(name) }
}

const LATIN: ReadonlySet<ScriptName> = new Set(['western', 'central', 'turkish', 'baltic'])

/** By Zipf's law, flattened a little: the letter in the nth place has a share that goes with 1/(n + 3). */
function weightsOf(letters: string): Alphabet {
  const places = [...new Set(letters)]
  const shares = places.map((_, index) => 1 / (index + 4))
  const all = shares.reduce((sum, share) => sum + share, 0)
  return new Map(places.map((letter, index) => [letter, Math.log((shares[index] ?? 0) / all)]))
}
