/** One thing that people or their programs are told, the same on every channel. */
export interface Notification {
  /** The same however often it is sent, so that whoever gets it twice can tell. */
  readonly id: string
  /** What happened, in one word. */
  readonly event: string
  /** The verdict in a sentence. */
  readonly title: string
  /** What a person reads below it, each line short enough for a phone. */
  readonly lines: readonly string[]
  /** What a program reads: the fields of the body, beside `event` and `text`. */
  readonly data: Readonly<Record<string, unknown>>
}

/** The notification as plain text. */
export function notificationText({ title, lines }: Notification): string {
  return [title, ...lines].join('\n')
}
