import type { SampledColumn } from './sample-columns.ts'

/** What the values of a column do not tell, and one who knows the file does. */
export interface Question {
  /** The column's name; empty where it is asked which column something is. */
  readonly column: string
  /** A sentence. */
  readonly text: string
  /** Three values of the column at most, each another. */
  readonly examples: readonly string[]
  readonly choices: readonly Choice[]
}

export interface Choice {
  /** As the plan has it. */
  readonly value: string
  /** In words. */
  readonly shown: string
}

/** What is known beside the file, and what stays open. */
export interface Choices {
  /** A country of the members, in two capital letters. */
  readonly country?: string | undefined
  /** The country that the phones are of, where nobody has said it. */
  readonly ofPhones?: string | undefined
  /** What is left of the choices: one, where it was answered. What is asked is kept among the questions. */
  choose(question: Question): readonly string[]
}

/** Choices that are made by answers, by the name of the column; `questions` holds those that are open, each once. */
export function choicesBy(
  answers: ReadonlyMap<string, string>,
  country?: string,
): Choices & { readonly questions: readonly Question[] } {
  const open = new Map<string, Question>()
  return {
    country,
    get questions() {
      return [...open.values()]
    },
    choose(question) {
      const values = question.choices.map(({ value }) => value)
      const answer = answers.get(question.column)
      if (answer !== undefined && values.includes(answer)) return [answer]
      if (values.length > 1) open.set(question.column, question)
      return values
    },
  }
}

/** Three values of a column at most, each another, those that are looked for first. */
export function examplesOf({ values }: SampledColumn, first: readonly string[] = []): readonly string[] {
  return [...new Set([...first.filter((value) => value !== ''), ...values])].slice(0, 3)
}

/** How a country is called in English. */
export function countryName(country: string): string {
  return new Intl.DisplayNames('en', { type: 'region' }).of(country) ?? country
}
