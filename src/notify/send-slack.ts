import { type Call, call } from './call.ts'
import type { Notification } from './notification.ts'

/** Posts a notification to an incoming webhook of Slack, or of what understands the same (Mattermost, Rocket.Chat). */
export async function sendSlack(
  url: URL,
  { title, lines }: Notification,
  options: Pick<Call, 'proxies' | 'signal'>,
): Promise<void> {
  const text = [`*${escape(title)}*`, ...lines.map(escape)].join('\n')
  await call(url, { method: 'POST', body: JSON.stringify({ text }), ...options })
}

/** The three characters that Slack reads as its own (https://docs.slack.dev/messaging/formatting-message-text). */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
