/** Whether a field of the body holds a day of birth, by its name: `dob`, `dateOfBirth`, `birth_date`, `geburtsdatum` … */
export function isBirthField(name: string): boolean {
  return BIRTH.test(name.toLowerCase().replaceAll(/[\s_.-]+/g, ''))
}

/** In the languages of the API's regions. */
const BIRTH =
  /^dob|dob$|birth|^born|^geb(?:urt|dat|$)|naissance|nacim|nascim|nascita|geboorte|lahir|doğum|dogum|urodz|rozhd|рожд|ميلاد|تولد|जन्म|เกิด|sinhnhat|ngaysinh|ngàysinh|出生|生日|誕生|生年|생년|생일/
