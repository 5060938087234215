/** Why a number that exists may be no member's, in words that go on from the cell. */
export interface PhoneDoubt {
  readonly why: string
  readonly hint: string
}

/** `type`: what the library calls its row. `number`: digits with the country code. */
export function doubtfulLine(type: string, number: string): PhoneDoubt | undefined {
  if (SERVICES.has(type)) return service
  if (type === 'FIXED_LINE' && number.startsWith('54')) return argentine
  return number.startsWith('821') && OLD_KOREAN.test(number) ? oldKorean : undefined
}

/** Companies have such numbers, and a shop's stands where a member gave none. */
const SERVICES: ReadonlySet<string> = new Set(['TOLL_FREE', 'PREMIUM_RATE', 'SHARED_COST', 'UAN', 'VOICEMAIL'])

const service: PhoneDoubt = {
  why: 'is the number of a service or a company (such as a toll-free one), and is to be that of a member',
  hint: "Empty the cell where it is a shop's. In the plan, `mobile` behind the country takes mobiles alone.",
}

/** 011 and 016 to 019, which ended in 2021, and 010 with a digit too few: the library takes them. */
export const OLD_KOREAN_ROWS = '1(?:[16-9]|0\\d{7}$)'
const OLD_KOREAN = new RegExp(`^82${OLD_KOREAN_ROWS}`)

const oldKorean: PhoneDoubt = {
  why: 'is no mobile of Korea as there are today: these have 010 and eight digits behind it',
  hint: 'Ask for the number of today: where it was changed, its other digits may have changed as well.',
}

/** Within Argentina, mobiles are written as fixed lines are, and the 9 is said to who calls from abroad. */
const argentine: PhoneDoubt = {
  why: 'is a fixed line of Argentina as it is written, and may be a mobile without its 9',
  hint: 'Where it is a mobile, write +54 9 in front. In the plan, `mobile` behind the country takes mobiles alone.',
}
