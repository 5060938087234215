import { useEffect } from 'preact/hooks'
import { post } from '../api.ts'
import { AskFirst, Problem } from '../parts/ask-first.tsx'
import { Link } from '../route.tsx'
import { useAsked } from '../use-asked.ts'
import { count, outcomeWords, span, when } from '../words.ts'
import type { Execution, SyncLine } from './syncs.tsx'

/** One sync: what is held and why, and how it went each time. */
export function SyncPage({ name }: { name: string }) {
  const path = `/api/syncs/${encodeURIComponent(name)}`
  const { answer: sync, error, again } = useAsked<SyncLine & { executions: readonly Execution[] }>(path, 10_000)
  useEffect(() => {
    document.title = `${name} – rollcall`
  }, [name])
  if (sync === undefined) {
    return (
      <>
        <h1>{name}</h1>
        <Problem text={error} />
      </>
    )
  }
  const { last, next } = sync
  const isHeld = last?.outcome === 'guard'
  const paused = sync.paused_since
  const act = (what: 'run' | 'pause' | 'resume', body: object) => async () => {
    await post(`${path}/${what}`, body)
    again()
  }
  return (
    <>
      <h1>{name}</h1>
      <p class="quiet">
        {sync.file} · {next === undefined ? 'not scheduled' : `due next ${when(next)}`}
      </p>
      {isHeld && (
        <section class="next">
          <h2>{last?.file} is held back</h2>
          <p>{last?.reason}</p>
          <Comparison survey={last?.survey} />
          <AskFirst
            label="It is right: go on"
            question="Import the held file all the same?"
            yes="Go on"
            danger
            onYes={act('run', { force: true })}
          >
            <p>{last?.reason}</p>
          </AskFirst>
        </section>
      )}
      {paused !== undefined && (
        <section class="next">
          <h2>Paused since {when(paused)}</h2>
          <p>Its times are passed over; what waits in its inbox waits there.</p>
        </section>
      )}
      <p class="actions">
        {paused === undefined && (
          <>
            <AskFirst label="Run now" question="Run this sync now?" yes="Run it" onYes={act('run', { force: false })}>
              <p>What waits in its inbox is imported. With nothing there, nothing happens.</p>
            </AskFirst>
            <AskFirst label="Pause" question="Pause this sync?" yes="Pause it" onYes={act('pause', {})}>
              <p>It begins nothing until it is resumed. What it has under way goes on.</p>
            </AskFirst>
          </>
        )}
        {paused !== undefined && (
          <AskFirst label="Resume" question="Let this sync go on?" yes="Resume it" onYes={act('resume', {})}>
            <p>It goes on at its next time, with what waits in its inbox by then.</p>
          </AskFirst>
        )}
      </p>
      <section>
        <h2>How it went</h2>
        <Durations executions={sync.executions} />
        <div class="scroll" tabIndex={0} role="region" aria-label="How it went">
          <table>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Outcome</th>
                <th scope="col">File</th>
                <th scope="col" class="number">
                  Took
                </th>
                <th scope="col" class="number">
                  Not done
                </th>
                <th scope="col">What was found</th>
              </tr>
            </thead>
            <tbody>
              {sync.executions.toReversed().map((execution) => (
                <tr>
                  <th scope="row" class="nowrap">
                    {when(execution.started_at)}
                  </th>
                  <td>{execution.outcome === undefined ? 'under way' : outcomeWords(execution.outcome)}</td>
                  <td>
                    {execution.run === undefined ? (
                      execution.file
                    ) : (
                      <Link to={`/runs/${execution.run}`}>{execution.file ?? execution.run}</Link>
                    )}
                  </td>
                  <td class="number">{span(secondsOf(execution))}</td>
                  <td class="number">{(execution.problems ?? 0) > 0 ? count(execution.problems) : ''}</td>
                  <td>{execution.reason ?? describe(execution.survey)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </>
  )
}

function secondsOf({ started_at: from, ended_at: to }: Execution): number | undefined {
  return to === undefined ? undefined : (Date.parse(to) - Date.parse(from)) / 1000
}

function describe(survey: Execution['survey']): string {
  return Object.entries(survey ?? {})
    .filter(([, rows]) => typeof rows === 'number' && rows > 0)
    .map(([what, rows]) => `${count(rows)} ${what.replaceAll(/([A-Z])/g, ' $1').toLowerCase()}`)
    .join(', ')
}

function Comparison({ survey }: { survey: Execution['survey'] }) {
  if (survey === undefined) return null
  return (
    <dl>
      {Object.entries(survey)
        .filter(([, rows]) => typeof rows === 'number')
        .map(([what, rows]) => (
          <div>
            <dt>{what.replaceAll(/([A-Z])/g, ' $1').toLowerCase()}</dt>
            <dd>{count(rows)}</dd>
          </div>
        ))}
    </dl>
  )
}

/** How long each time took, as bars; the table below has the numbers. */
function Durations({ executions }: { executions: readonly Execution[] }) {
  const taken = executions.map((execution) => secondsOf(execution) ?? 0)
  const longest = Math.max(...taken, 1)
  if (executions.length < 2) return null
  return (
    <svg
      class="bars"
      role="img"
      aria-label={`How long the last ${executions.length} times took, at most ${span(longest)}`}
      viewBox={`0 0 ${executions.length * 10} 60`}
      preserveAspectRatio="none"
    >
      {executions.map((execution, at) => {
        const height = Math.max((taken[at] ?? 0) / longest, 0.02) * 60
        return (
          <rect
            class={execution.outcome === 'finished' && (execution.problems ?? 0) === 0 ? 'ok' : 'rejected'}
            x={at * 10 + 1}
            y={60 - height}
            width="8"
            height={height}
          />
        )
      })}
    </svg>
  )
}
