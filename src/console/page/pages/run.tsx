import { useCallback, useEffect, useState } from 'preact/hooks'
import { type Overview, type Summary, post } from '../api.ts'
import { Problem } from '../parts/ask-first.tsx'
import { PaceChart } from '../parts/pace-chart.tsx'
import { type RowsChosen, RowsTable } from '../parts/rows-table.tsx'
import { Codes, Doubts } from '../parts/said.tsx'
import { State, StatusBar, StatusCounts } from '../parts/status.tsx'
import { Link } from '../route.tsx'
import { useAsked } from '../use-asked.ts'
import { usePulses } from '../use-pulses.ts'
import { STATUSES, count, when } from '../words.ts'
import { Acts } from './run-acts.tsx'
import { Progress } from './runs.tsx'

/** One run: how it stands, what can be done about it, and its rows. */
export function RunPage({ run, chosen: query }: { run: string; chosen: URLSearchParams }) {
  const at = `/api/runs/${encodeURIComponent(run)}`
  const { answer: summary, error, again: summaryAgain } = useAsked<Summary>(at, 5_000)
  const { answer: overview, again: overviewAgain } = useAsked<Overview>(`${at}/overview`, 5_000)
  const again = useCallback(() => {
    summaryAgain()
    overviewAgain()
  }, [summaryAgain, overviewAgain])
  const heard = usePulses().get(run) ?? []
  const pulse = heard.at(-1)
  const [chosen, setChosen] = useState<RowsChosen>({ status: query.get('status') ?? undefined })
  useEffect(() => {
    document.title = `${summary?.file ?? run} – rollcall`
  }, [summary?.file])
  useEffect(again, [pulse?.state])
  if (summary === undefined || overview === undefined) {
    return (
      <>
        <h1>Run {run}</h1>
        <Problem text={error} />
      </>
    )
  }
  const { open, notRead, tone, remedy, of } = overview
  const statuses = { ...Object.fromEntries(STATUSES.map((status) => [status, Number(summary[status] ?? 0)])), open }
  const isRunning = summary.state === 'running'
  return (
    <>
      <h1>
        {summary.file} <State state={summary.state} tone={tone} />
      </h1>
      <p class="quiet">
        {kindWords(overview.kind)} <code>{summary.run}</code>
        {of !== undefined && (
          <>
            {' '}
            of <Link to={`/runs/${of}`}>{of}</Link>
          </>
        )}{' '}
        under {summary.plan} · started {when(summary.started_at)}
        {summary.finished_at !== null && summary.finished_at !== undefined && <> · ended {when(summary.finished_at)}</>}
      </p>
      <p class={tone === 'busy' ? 'quiet' : tone}>
        {capital(overview.verdict)}
        {remedy !== undefined && ` ${remedy}`}
      </p>
      <Doubts doubts={summary.doubts ?? []} remarks={summary.remarks ?? []} />
      <section class="next" aria-label="How it stands">
        {isRunning ? <Progress pulse={pulse} /> : <StatusBar statuses={statuses} open={open} rest={notRead} />}
        {!isRunning && open + notRead > 0 && (
          <p>
            {count(summary.rows - open)} of {count(summary.rows + notRead)} rows done
            {open > 0 && ` · ${count(open)} not sent${yet(summary.state)}`}
            {notRead > 0 && ` · ${count(notRead)} not read${yet(summary.state)}`}
          </p>
        )}
        <StatusCounts
          statuses={statuses}
          chosen={chosen.status ?? ''}
          onChoose={(status) => setChosen({ status: chosen.status === status ? undefined : status })}
        />
        <Acts summary={summary} kind={overview.kind} statuses={statuses} again={again} />
      </section>
      {isRunning && pulse !== undefined && (
        <section>
          <h2>Pace</h2>
          <div class="charts">
            {Object.entries(pulse.lanes).map(([lane, { limitRpm }]) => (
              <div key={lane}>
                <PaceChart lane={lane} pulses={heard} />
                <PaceForm run={run} lane={lane} limit={limitRpm} />
              </div>
            ))}
          </div>
        </section>
      )}
      <Codes summary={summary} problems={overview.problems} onChoose={(code) => setChosen({ code })} />
      <section>
        <h2>Rows</h2>
        <Filters chosen={chosen} onChange={setChosen} />
        <RowsTable run={summary.run} chosen={chosen} />
      </section>
      <Files run={summary.run} />
    </>
  )
}

function PaceForm({ run, lane, limit }: { run: string; lane: string; limit: number | null }) {
  const [rpm, setRpm] = useState(String(limit ?? ''))
  const [told, setTold] = useState('')
  return (
    <form
      class="inline"
      onSubmit={(event) => {
        event.preventDefault()
        post(`/api/runs/${run}/pace`, { lane, rpm: Number(rpm) }).then(
          () => setTold('It goes at that now.'),
          (error: Error) => setTold(error.message),
        )
      }}
    >
      <label>
        Limit of {lane}, requests a minute{' '}
        <input type="number" min="1" value={rpm} onInput={(event) => setRpm(event.currentTarget.value)} />
      </label>
      <button type="submit">Change</button> <span aria-live="polite">{told}</span>
    </form>
  )
}

function kindWords(kind: string): string {
  return { import: 'Run', sync: 'Run of a sync,', rerun: 'Rerun', verify: 'Verification' }[kind] ?? 'Run'
}

function capital(sentence: string): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`
}

function yet(state: string): string {
  return state === 'cancelled' ? '' : ' yet'
}

function Filters({ chosen, onChange }: { chosen: RowsChosen; onChange: (chosen: RowsChosen) => void }) {
  return (
    <form class="inline" role="search" aria-label="Rows" onSubmit={(event) => event.preventDefault()}>
      <label>
        Status{' '}
        <select
          value={chosen.status ?? ''}
          onChange={(event) => onChange({ ...chosen, status: event.currentTarget.value || undefined })}
        >
          <option value="">any</option>
          {STATUSES.map((status) => (
            <option value={status}>{status}</option>
          ))}
        </select>
      </label>
      <label>
        Code{' '}
        <input
          type="number"
          value={chosen.code ?? ''}
          onChange={(event) =>
            onChange({
              ...chosen,
              code: event.currentTarget.value === '' ? undefined : Number(event.currentTarget.value),
            })
          }
        />
      </label>
      <label>
        Key holds{' '}
        <input
          type="search"
          value={chosen.q ?? ''}
          onChange={(event) => onChange({ ...chosen, q: event.currentTarget.value })}
        />
      </label>
    </form>
  )
}

/** The run's files that are there. */
function Files({ run }: { run: string }) {
  const { answer } = useAsked<{ files: readonly string[] }>(`/api/runs/${run}/files`, 10_000)
  const there = answer?.files ?? []
  if (there.length === 0) return null
  return (
    <section>
      <h2>Files</h2>
      <ul class="files">
        {there.map((name) => (
          <li>
            <a href={`/api/runs/${run}/files/${name}`}>{name}</a>
          </li>
        ))}
      </ul>
      <p class="quiet">They hold members' data, but for report.html and summary.json.</p>
    </section>
  )
}
