/**
 * A JSON text (or one in YAML's double quotes, which reads the same escapes) that a terminal shows as it stands: what it
 * would obey, and what turns the direction of writing, is escaped. `JSON.stringify` escapes the older half of it.
 */
export function escapeControls(json: string): string {
  return json.replaceAll(UNESCAPED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Whether a text holds anything that a terminal would obey, or that turns the direction of writing. */
export function hasControls(text: string): boolean {
  return CONTROL.test(text)
}

const UNESCAPED = /[\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu
// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const CONTROL = /[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u
