import { type DateFormat, parseDateFormat } from './date-format.ts'
import { type DateRules, readDate } from './read-date.ts'

/** The form of a text that has other signs between its numbers than the format; undefined where it differs in more. */
export function otherSignsHint({ text: form }: DateFormat, text: string, rules: DateRules): string | undefined {
  if (/\d[T ]\d/.test(text) && /'T'|(?<=[dy]) (?=[Hh])/.test(form)) {
    const other = form.includes("'T'") ? form.replace("'T'", ' ') : form.replace(/(?<=[dy]) (?=[Hh])/, "'T'")
    if (reads(other, text, rules))
      return `Between day and time stands ${form.includes("'T'") ? 'a space' : 'a T'}: the form is '${other.replaceAll("'", "''")}'.`
  }
  const signs = ['/', '-', '.'].map((sign) => form.replaceAll(/(?<=[yMd])[-/.](?=[yMd])/g, sign))
  const found = signs.find((other) => other !== form && reads(other, text, rules))
  return found === undefined
    ? undefined
    : `Other signs stand between its numbers: the form is ${/\s/.test(found) ? `'${found.replaceAll("'", "''")}'` : found}.`
}

function reads(form: string, text: string, rules: DateRules): boolean {
  const format = parseDateFormat(form)
  return !('mistake' in format) && !('why' in readDate(format, text, rules))
}
