/** `48,213`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US')
}

/** `45 seconds`, `12 minutes`, `3 hours 20 minutes`, `7 days 3 hours`: one or two units, as people say it. */
export function describeDuration(ms: number): string {
  const seconds = Math.max(Math.round(ms / 1000), 0)
  if (seconds < 100) return plural(seconds, 'second')
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return plural(minutes, 'minute')
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return join(plural(hours, 'hour'), minutes % 60, 'minute')
  return join(plural(Math.floor(hours / 24), 'day'), hours % 24, 'hour')
}

/** `1 row`, `2 rows`. */
export function plural(count: number, word: string): string {
  return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`
}

function join(first: string, rest: number, unit: string): string {
  return rest === 0 ? first : `${first} ${plural(rest, unit)}`
}
