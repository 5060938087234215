import type { Status } from '../model.ts'

/** What each status says, in the order in which people want them: what went well first. */
export const statusMeaning: Readonly<Record<Status, string>> = {
  ok: 'everything that the plan asks for is done',
  warned: 'done, but the API dropped or merged something',
  rejected: 'the API said no, and would say no again',
  failed: 'no final answer after every attempt',
  invalid: 'never sent: the row does not satisfy the plan',
  skipped: 'not sent on purpose',
}
