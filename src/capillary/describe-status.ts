import { cutText } from '../outside/cut-text.ts'
import type { Envelope, Issue } from './envelope.ts'
import type { Reply } from './exchange.ts'
import { readEnvelope } from './read-envelope.ts'

/** As much of the words as stands in a reason. */
const WORDS_LENGTH = 200

/** A reply that is no answer, in words: its HTTP status, and what the API, or what stands before it, says. */
export function describeStatus({ status, text }: Reply, envelope: Envelope = readEnvelope(text)): string {
  if (envelope.kind === 'none') {
    const said = envelope.said === undefined ? '' : `: "${cutText(envelope.said, WORDS_LENGTH)}"`
    return `HTTP ${status} with ${envelope.why}${said}`
  }
  const words = errorsIn(envelope).find(({ message }) => message !== '')?.message
  return words === undefined
    ? `HTTP ${status} with no word on what became of the request`
    : `HTTP ${status}: ${cutText(words, WORDS_LENGTH)}`
}

/** The errors of all that a reply is about. */
export function errorsIn(envelope: Envelope): readonly Issue[] {
  switch (envelope.kind) {
    case 'single':
      return envelope.item.errors
    case 'link':
      return envelope.errors
    case 'bulk':
      return envelope.items.flatMap(({ errors }) => errors)
    case 'v1':
      return [...envelope.items.flatMap(({ errors }) => errors), ...envelope.errors]
    case 'none':
      return []
  }
}
