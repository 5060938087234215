import { MEANINGS, STATUSES, count } from '../words.ts'

/** A run's state as a label. What is finished is good only where it left nothing to look at: `tone` says so. */
export function State({ state, tone = '' }: { state: string; tone?: string | undefined }) {
  return (
    <span class={`state ${state} ${tone}`} title={MEANINGS[state]}>
      {state}
    </span>
  )
}

/** Rows by status as a bar, with what is still to come in grey. */
export function StatusBar({
  statuses,
  open = 0,
  rest = 0,
}: {
  statuses: Readonly<Record<string, number>>
  open?: number
  rest?: number
}) {
  const all: Record<string, number> = { ...statuses, open }
  const total = Object.values(all).reduce((sum, value) => sum + value, 0) + rest
  const shown = STATUSES.filter((status) => (all[status] ?? 0) > 0)
  const text = shown.map((status) => `${count(all[status])} ${status}`).join(', ')
  return (
    <svg
      class="bar"
      role="img"
      aria-label={text === '' ? 'no rows yet' : text}
      viewBox="0 0 1000 16"
      preserveAspectRatio="none"
    >
      {shown.map((status, at) => {
        const before = shown.slice(0, at).reduce((sum, each) => sum + (all[each] ?? 0), 0)
        return (
          <rect class={status} x={(before / total) * 1000} width={((all[status] ?? 0) / total) * 1000} height="16" />
        )
      })}
    </svg>
  )
}

/** Counts by status, each a link to its rows. */
export function StatusCounts({
  statuses,
  onChoose,
  chosen,
}: {
  statuses: Readonly<Record<string, number>>
  onChoose?: (status: string) => void
  chosen?: string
}) {
  return (
    <ul class="counts">
      {STATUSES.filter((status) => (statuses[status] ?? 0) > 0).map((status) => (
        <li>
          <button
            type="button"
            aria-pressed={chosen === status}
            onClick={() => onChoose?.(status)}
            title={MEANINGS[status]}
          >
            <span class={`dot ${status}`} aria-hidden="true" />
            <b>{count(statuses[status])}</b> {status}
          </button>
        </li>
      ))}
    </ul>
  )
}
