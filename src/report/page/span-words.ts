import type { SpanKind } from '../spans.ts'

export const spanWords: Readonly<Record<SpanKind, string>> = {
  paused: 'nobody at work on it',
  throttled: 'throttled (429)',
  outage: 'no answer from the host',
}
