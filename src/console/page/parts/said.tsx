import type { Overview, Summary } from '../api.ts'
import { count } from '../words.ts'

/** What was sent as it was read, and may not be meant so: said before the counts. */
export function Doubts({ doubts, remarks }: Required<Pick<Summary, 'doubts' | 'remarks'>>) {
  if (doubts.length + remarks.length === 0) return null
  return (
    <section aria-label="Doubts">
      <p class="problem">Sent as it was read, and perhaps not meant so:</p>
      <ul class="cards">
        {remarks.map((remark) => (
          <li class="card">{remark}</li>
        ))}
        {doubts.map(({ message, rows }) => (
          <li class="card">
            <b class="count">{count(rows)}</b> {message}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What was said of rows how often, and what to do about it. */
export function Codes({
  summary,
  problems,
  onChoose,
}: {
  summary: Summary
  problems: Overview['problems']
  onChoose: (code: number) => void
}) {
  const skipped = summary.skipped_because ?? []
  if (problems.length === 0 && skipped.length === 0) return null
  return (
    <section>
      <h2>What was said</h2>
      <ul class="cards">
        {problems.toSorted(errorsFirst).map(({ lane, severity, code, message, rows, remedy }) => (
          <li class="card">
            <b class="count">{count(rows)}</b>{' '}
            {code !== undefined && severity === 'error' && (
              <button type="button" class="code" onClick={() => onChoose(code)} title="Show these rows">
                {code}
              </button>
            )}
            {code !== undefined && severity !== 'error' && <code class="code">{code}</code>} {message}{' '}
            <span class="quiet">
              ({lane}
              {severity === 'error' ? '' : `, ${severity}`})
            </span>
            {severity === 'error' && remedy !== undefined && <p class="quiet">{remedy}</p>}
          </li>
        ))}
        {skipped.map(({ message, rows }) => (
          <li class="card">
            <b class="count">{count(rows)}</b> skipped: {message}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What kept rows from being done comes before what is told beside. */
function errorsFirst(a: Overview['problems'][number], b: Overview['problems'][number]): number {
  return Number(b.severity === 'error') - Number(a.severity === 'error')
}
