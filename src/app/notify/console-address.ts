/** The line of a message that leads to a page of the console; none where nobody said where the console is. */
export function consoleLine(consoleUrl: string | undefined, path: readonly string[]): readonly string[] {
  if (consoleUrl === undefined) return []
  return [`Console: ${consoleUrl.replace(/\/+$/u, '')}/${path.map(encodeURIComponent).join('/')}`]
}
