import { useEffect } from 'preact/hooks'
import type { Pulse, RunLine } from '../api.ts'
import { Problem } from '../parts/ask-first.tsx'
import { PaceChart } from '../parts/pace-chart.tsx'
import { State, StatusBar } from '../parts/status.tsx'
import { Link } from '../route.tsx'
import { useAsked } from '../use-asked.ts'
import { type Pulses, usePulses } from '../use-pulses.ts'
import { count, plural, span, when } from '../words.ts'

/** Runs at work with their pace, and all others. */
export function RunsPage() {
  const { answer, error, again } = useAsked<{ runs: readonly RunLine[] }>('/api/runs', 10_000)
  const pulses = usePulses()
  const atWork = (answer?.runs ?? []).filter(({ state }) => state === 'running')
  useEffect(() => {
    document.title = atWork.length > 0 ? `${plural(atWork.length, 'run')} at work – rollcall` : 'Runs – rollcall'
  }, [atWork.length])
  const heardOf = [...pulses.keys()].join()
  useEffect(again, [heardOf])
  return (
    <>
      <h1>Runs</h1>
      <Problem text={error} />
      {atWork.map(({ run, file }) => (
        <RunAtWork key={run} run={run} file={file ?? ''} pulses={pulses} />
      ))}
      {answer !== undefined && answer.runs.length === 0 && (
        <section class="empty">
          <h2>No run yet</h2>
          <p>
            <Link to="/import">Import a file</Link>, or start one on the command line:{' '}
            <code>rollcall import members.csv --plan plan.yaml</code>
          </p>
        </section>
      )}
      {answer !== undefined && answer.runs.length > 0 && <RunTable runs={answer.runs} />}
    </>
  )
}

function RunAtWork({ run, file, pulses }: { run: string; file: string; pulses: Pulses }) {
  const heard = pulses.get(run) ?? []
  const pulse = heard.at(-1)
  return (
    <section class="next" aria-label={`Run ${run}`}>
      <h2>
        <Link to={`/runs/${run}`}>{file === '' ? run : file}</Link> <State state="running" />
      </h2>
      <Progress pulse={pulse} />
      {pulse !== undefined && (
        <div class="charts">
          {Object.keys(pulse.lanes).map((lane) => (
            <PaceChart key={lane} lane={lane} pulses={heard} />
          ))}
        </div>
      )}
    </section>
  )
}

/** How far a run is, in a bar and a line. */
export function Progress({ pulse }: { pulse: Pulse | undefined }) {
  if (pulse === undefined) return <p class="quiet">Waiting for its first sign…</p>
  const { rows, open, inFlight, rowsInAll = rows } = pulse
  const all = Math.max(rowsInAll, rows)
  return (
    <>
      <StatusBar statuses={pulse.statuses} open={open} rest={all - rows} />
      <p>
        <b>{count(rows - open)}</b> of {count(all)} rows done
        {inFlight === undefined
          ? open > 0 && <> · {count(open)} in flight or not sent yet</>
          : open > 0 && (
              <>
                {' '}
                · {count(inFlight)} in flight · {count(open - inFlight)} not sent yet
              </>
            )}
        {all > rows && <> · {count(all - rows)} not read yet</>}
        {pulse.etaSeconds !== undefined && <> · about {span(pulse.etaSeconds)} left</>}
      </p>
      {pulse.problems.some(({ severity }) => severity === 'error') && (
        <ul class="problems">
          {pulse.problems
            .filter(({ severity }) => severity === 'error')
            .map(({ lane, code, message, rows: met }) => (
              <li>
                <b>{count(met)}</b> × {code !== undefined && <code class="code">{code}</code>} {message}{' '}
                <span class="quiet">({lane})</span>
              </li>
            ))}
        </ul>
      )}
    </>
  )
}

/** A file's name alone: where it lay is told by a pointer that rests on it. */
function baseName(path: string): string {
  return path.split(/[\\/]/u).at(-1) ?? path
}

function RunTable({ runs }: { runs: readonly RunLine[] }) {
  return (
    <section>
      <h2>All runs</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="All runs">
        <table>
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col">State</th>
              <th scope="col">Kind</th>
              <th scope="col">File</th>
              <th scope="col" class="number">
                Rows
              </th>
              <th scope="col" class="number">
                Not done
              </th>
              <th scope="col">Started</th>
              <th scope="col">Ended</th>
            </tr>
          </thead>
          <tbody>
            {runs.map(({ run, kind, state, file, rows, problems = 0, toLookAt, startedAt, finishedAt, reason }) => (
              <tr key={run}>
                <th scope="row">
                  <Link to={`/runs/${run}`}>{run}</Link>
                </th>
                <td>
                  <State state={state} tone={problems > 0 ? 'bad' : toLookAt === true ? 'mixed' : 'good'} />
                </td>
                <td>{kind}</td>
                <td title={file}>{file === undefined ? reason : baseName(file)}</td>
                <td class="number">{count(rows)}</td>
                <td class={problems > 0 ? 'number bad' : 'number'}>{problems > 0 ? count(problems) : ''}</td>
                <td class="nowrap">{when(startedAt)}</td>
                <td class="nowrap">{when(finishedAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
