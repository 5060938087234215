import { useEffect } from 'preact/hooks'
import { Problem } from '../parts/ask-first.tsx'
import { Link } from '../route.tsx'
import { useAsked } from '../use-asked.ts'
import { outcomeWords, when } from '../words.ts'

export interface Execution {
  readonly file?: string
  readonly run?: string
  readonly outcome?: string
  readonly reason?: string
  readonly problems?: number
  readonly started_at: string
  readonly ended_at?: string
  readonly survey?: Readonly<Record<string, number>>
}

export interface SyncLine {
  readonly name: string
  readonly file: string
  readonly state?: string
  /** Since when, in ISO 8601. */
  readonly paused_since?: string
  readonly next?: string
  readonly problem?: string
  readonly last?: Execution
}

/** The syncs of a home: how the last time went, and when the next one is. */
export function SyncsPage() {
  const { answer, error } = useAsked<{ syncs: readonly SyncLine[] }>('/api/syncs', 10_000)
  useEffect(() => {
    document.title = 'Syncs – rollcall'
  }, [])
  return (
    <>
      <h1>Syncs</h1>
      <Problem text={error} />
      {answer !== undefined && answer.syncs.length === 0 && (
        <section class="empty">
          <h2>No sync yet</h2>
          <p>
            A sync imports what lands in a folder, each night, and sends only what is new or changed: write its file and
            run <code>rollcall sync run nightly.yaml</code> once, or <code>rollcall scheduler nightly.yaml</code>.
          </p>
        </section>
      )}
      {answer !== undefined && answer.syncs.length > 0 && (
        <section>
          <div class="scroll" tabIndex={0} role="region" aria-label="Syncs">
            <table>
              <thead>
                <tr>
                  <th scope="col">Sync</th>
                  <th scope="col">Last time</th>
                  <th scope="col">Due next</th>
                  <th scope="col">Why</th>
                </tr>
              </thead>
              <tbody>
                {answer.syncs.map(({ name, state, next, paused_since: paused, problem, last }) => (
                  <tr key={name}>
                    <th scope="row">
                      <Link to={`/syncs/${encodeURIComponent(name)}`}>{name}</Link>
                    </th>
                    <td>
                      {outcomeWords(state)} {when(last?.started_at)}
                    </td>
                    <td>{paused === undefined ? (problem ?? due(next)) : `paused since ${when(paused)}`}</td>
                    <td>{last?.reason}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
    </>
  )
}

function due(next: string | undefined): string {
  return next === undefined ? 'not scheduled' : when(next)
}
