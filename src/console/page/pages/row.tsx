import { useEffect } from 'preact/hooks'
import { Problem } from '../parts/ask-first.tsx'
import { Link } from '../route.tsx'
import { useAsked } from '../use-asked.ts'
import { count, when } from '../words.ts'

interface Story {
  readonly row: number
  readonly line: number
  readonly key: string
  readonly status?: string
  readonly input: unknown
  readonly hint?: string
  readonly missing?: string
  readonly others: readonly number[]
  readonly lanes: readonly {
    readonly lane: string
    readonly request?: { readonly method: string; readonly path: string; readonly body?: unknown }
    readonly attempts: readonly {
      readonly at: number
      readonly tookMs: number
      readonly status?: number
      readonly fault?: string
      readonly note?: string
    }[]
    readonly outcome?: {
      readonly result: string
      readonly code?: number
      readonly message?: string
      readonly customerId?: string
    }
  }[]
}

/** One row's story: what came in, what was sent, each answer, what to do. It shows the member's data. */
export function RowPage({ run, row }: { run: string; row: string }) {
  const { answer: story, error } = useAsked<Story>(`/api/runs/${run}/rows/${row}`)
  useEffect(() => {
    document.title = `Row ${row} – rollcall`
  }, [row])
  if (story === undefined) {
    return (
      <>
        <h1>Row {row}</h1>
        <Problem text={error} />
        <p>
          <Link to={`/runs/${run}`}>Run {run}</Link>
        </p>
      </>
    )
  }
  return (
    <>
      <p>
        <Link to={`/runs/${run}`}>Run {run}</Link>
      </p>
      <h1>
        Row {count(story.row)}, line {count(story.line)}: {story.key}
      </h1>
      <p>
        <span class={`dot ${story.status ?? 'open'}`} aria-hidden="true" /> {story.status ?? 'open'}
        {story.hint !== undefined && <> · {story.hint}</>}
      </p>
      {story.missing !== undefined && <p class="problem">{story.missing}</p>}
      <section>
        <h2>What came in</h2>
        <dl>
          {Object.entries(story.input as Record<string, unknown>).map(([name, value]) => (
            <div>
              <dt>{name}</dt>
              <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
            </div>
          ))}
        </dl>
      </section>
      {story.lanes.map(({ lane, request, attempts, outcome }) => (
        <section>
          <h2>
            {lane}
            {outcome !== undefined && `: ${outcome.result}`}
          </h2>
          {outcome !== undefined && (
            <p>
              {outcome.code !== undefined && <code class="code">{outcome.code}</code>} {outcome.message}
              {outcome.customerId !== undefined && <> · customer {outcome.customerId}</>}
            </p>
          )}
          {request !== undefined && (
            <details>
              <summary>What was sent</summary>
              <pre tabIndex={0}>
                <code>
                  {request.method} {request.path}
                  {'\n'}
                  {JSON.stringify(request.body, undefined, 2)}
                </code>
              </pre>
            </details>
          )}
          <ol>
            {attempts.map(({ at, tookMs, status, fault, note }) => (
              <li>
                {when(at)}: {status ?? fault} after {count(tookMs)} ms {note}
              </li>
            ))}
          </ol>
        </section>
      ))}
      {story.others.length > 0 && (
        <p>
          Other rows with this key:{' '}
          {story.others.map((other) => (
            <Link to={`/runs/${run}/rows/${other}`}>{count(other)} </Link>
          ))}
        </p>
      )}
    </>
  )
}
