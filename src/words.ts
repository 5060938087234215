/** `48,213`, `0.125`: to three digits behind the point. */
export function formatCount(count: number): string {
  // Not by Intl, which takes longer to load its tables than a short command takes otherwise.
  const [whole = '', fraction] = String(Math.round(count * 1000) / 1000).split('.')
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

/** `45 seconds`, `2 minutes 30 seconds`, `12 minutes`, `3 hours 20 minutes`, `7 days 3 hours`: one or two units, as people say it. */
export function describeDuration(ms: number): string {
  const seconds = Math.max(Math.round(ms / 1000), 0)
  if (seconds < 100) return plural(seconds, 'second')
  if (seconds < 600) return join(plural(Math.floor(seconds / 60), 'minute'), seconds % 60, 'second')
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return plural(minutes, 'minute')
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return join(plural(hours, 'hour'), minutes % 60, 'minute')
  return join(plural(Math.floor(hours / 24), 'day'), hours % 24, 'hour')
}

/** `50 %`, `0.5 %`: a share of 1, to three digits. */
export function formatShare(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`
}

/** `1 row`, `2 rows`. */
export function plural(count: number, word: string): string {
  return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`
}

/** `512 bytes`, `3.4 MB`: in the units that disks are sold in. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
  const size = bytes / 1000 ** power
  return `${power === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${units[power]}`
}

function join(first: string, rest: number, unit: string): string {
  return rest === 0 ? first : `${first} ${plural(rest, unit)}`
}

/** What a warning begins with that may have befallen somebody else's account: it is said before all else. */
export const ANOTHERS_ACCOUNT = 'Perhaps another member’s account'
