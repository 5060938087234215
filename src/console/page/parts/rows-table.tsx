import { useEffect, useState } from 'preact/hooks'
import { type RowLine, ask } from '../api.ts'
import { Link } from '../route.tsx'
import { MEANINGS, count } from '../words.ts'
import { Problem } from './ask-first.tsx'

/** Which rows are shown. */
export interface RowsChosen {
  readonly status?: string | undefined
  readonly code?: number | undefined
  readonly q?: string | undefined
}

interface Page {
  readonly rows: readonly RowLine[]
  readonly next: number | null
}

const ON_A_PAGE = 50
/** A search may have to look at many rows for one that fits: so many pages are asked for in a row. */
const ASKED_IN_A_ROW = 20

/** A run's rows, page by page. Keys that may be an e-mail or a mobile are cut until somebody asks for them. */
export function RowsTable({ run, chosen }: { run: string; chosen: RowsChosen }) {
  const [starts, setStarts] = useState<readonly number[]>([0])
  const [page, setPage] = useState<Page>()
  const [error, setError] = useState<string>()
  const [isPlain, setPlain] = useState(false)
  const after = starts.at(-1) ?? 0
  const key = JSON.stringify([run, chosen])
  useEffect(() => setStarts([0]), [key])
  useEffect(() => {
    const leave = new AbortController()
    setError(undefined)
    readPage(run, { chosen, after, isPlain, signal: leave.signal }).then(
      (read) => !leave.signal.aborted && setPage(read),
      (problem: Error) => !leave.signal.aborted && setError(problem.message),
    )
    return () => leave.abort()
  }, [key, after, isPlain])
  return (
    <div>
      <p class="tools">
        <label>
          <input type="checkbox" checked={isPlain} onChange={(event) => setPlain(event.currentTarget.checked)} /> Show
          keys in full
        </label>
      </p>
      <Problem text={error} />
      <div class="scroll" tabIndex={0} role="region" aria-label="Rows">
        <table>
          <thead>
            <tr>
              <th scope="col" class="number">
                Row
              </th>
              <th scope="col" class="number">
                Line
              </th>
              <th scope="col">Key</th>
              <th scope="col">Status</th>
              <th scope="col">What was said, and what to do</th>
            </tr>
          </thead>
          <tbody>
            {page?.rows.map(({ row, line, key: name, status, code, message, hint }) => (
              <tr key={row}>
                <th scope="row" class="number">
                  <Link to={`/runs/${run}/rows/${row}`}>{count(row)}</Link>
                </th>
                <td class="number">{count(line)}</td>
                <td>{name}</td>
                <td class="nowrap">
                  <span class={`dot ${status ?? 'open'}`} aria-hidden="true" />
                  <span title={MEANINGS[status ?? 'open']}>{status ?? 'open'}</span>
                </td>
                <td>
                  {code !== null && <code class="code">{code}</code>} {message}
                  {hint !== '' && <p class="quiet">{hint}</p>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {page !== undefined && page.rows.length === 0 && <p class="empty">No row fits.</p>}
      <p class="actions">
        <button type="button" disabled={starts.length < 2} onClick={() => setStarts(starts.slice(0, -1))}>
          Earlier rows
        </button>
        <button
          type="button"
          disabled={page?.next == null}
          onClick={() => page?.next != null && setStarts([...starts, page.next])}
        >
          Later rows
        </button>
      </p>
    </div>
  )
}

async function readPage(
  run: string,
  { chosen, after, isPlain, signal }: { chosen: RowsChosen; after: number; isPlain: boolean; signal: AbortSignal },
): Promise<Page> {
  let from = after
  const rows: RowLine[] = []
  for (let turn = 0; turn < ASKED_IN_A_ROW; turn += 1) {
    const query = new URLSearchParams({
      after: String(from),
      limit: String(ON_A_PAGE - rows.length),
      masked: String(!isPlain),
    })
    for (const [name, value] of Object.entries(chosen))
      if (value !== undefined && value !== '') query.set(name, String(value))
    const page = await ask<Page>(`/api/runs/${run}/rows?${query}`, { signal })
    rows.push(...page.rows)
    if (page.next === null || rows.length >= ON_A_PAGE) return { rows, next: page.next }
    from = page.next
  }
  return { rows, next: from }
}
