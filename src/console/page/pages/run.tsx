import { useEffect, useState } from 'preact/hooks'
import { type Summary, post } from '../api.ts'
import { AskFirst, Problem } from '../parts/ask-first.tsx'
import { PaceChart } from '../parts/pace-chart.tsx'
import { type RowsChosen, RowsTable } from '../parts/rows-table.tsx'
import { State, StatusBar, StatusCounts } from '../parts/status.tsx'
import { go } from '../route.tsx'
import { useAsked } from '../use-asked.ts'
import { usePulses } from '../use-pulses.ts'
import { STATUSES, count, plural, span, when } from '../words.ts'
import { Progress } from './runs.tsx'

/** One run: how it stands, what can be done about it, and its rows. */
export function RunPage({ run, chosen: query }: { run: string; chosen: URLSearchParams }) {
  const { answer: summary, error, again } = useAsked<Summary>(`/api/runs/${encodeURIComponent(run)}`, 5_000)
  const heard = usePulses().get(run) ?? []
  const pulse = heard.at(-1)
  const [chosen, setChosen] = useState<RowsChosen>({ status: query.get('status') ?? undefined })
  useEffect(() => {
    document.title = `${summary?.file ?? run} – rollcall`
  }, [summary?.file])
  useEffect(again, [pulse?.state])
  if (summary === undefined) return <Problem text={error} />
  const statuses = Object.fromEntries(STATUSES.map((status) => [status, Number(summary[status] ?? 0)]))
  const isRunning = summary.state === 'running'
  return (
    <>
      <h1>
        {summary.file} <State state={summary.state} />
      </h1>
      <p class="quiet">
        Run <code>{summary.run}</code> under {summary.plan} · started {when(summary.started_at)}
        {summary.finished_at !== null && summary.finished_at !== undefined && <> · ended {when(summary.finished_at)}</>}
      </p>
      {summary.reason !== undefined && <p class="problem">{summary.reason}</p>}
      <section class="next" aria-label="How it stands">
        {isRunning ? <Progress pulse={pulse} /> : <StatusBar statuses={statuses} />}
        <StatusCounts
          statuses={statuses}
          chosen={chosen.status ?? ''}
          onChoose={(status) => setChosen({ status: chosen.status === status ? undefined : status })}
        />
        <Acts summary={summary} statuses={statuses} again={again} />
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
      <Codes summary={summary} onChoose={(code) => setChosen({ code })} />
      <section>
        <h2>Rows</h2>
        <Filters chosen={chosen} onChange={setChosen} />
        <RowsTable run={summary.run} chosen={chosen} />
      </section>
      <Files run={summary.run} />
    </>
  )
}

function Acts({
  summary,
  statuses,
  again,
}: {
  summary: Summary
  statuses: Readonly<Record<string, number>>
  again: () => void
}) {
  const { run, state } = summary
  const at = `/api/runs/${run}`
  const act = (what: string) => async () => {
    await post(`${at}/${what}`)
    again()
  }
  const start =
    (what: string, body: object = {}) =>
    async () => {
      const made = await post<{ run: string }>(`${at}/${what}`, body)
      go(`/runs/${made.run}`)
    }
  const canGoOn = state === 'paused' || state === 'halted' || state === 'crashed'
  const problems = (['rejected', 'failed', 'invalid'] as const).filter((status) => (statuses[status] ?? 0) > 0)
  return (
    <p class="actions">
      {state === 'running' && (
        <AskFirst label="Pause" question="Pause this run?" yes="Pause it" onYes={act('pause')}>
          <p>What is in flight ends, and nothing further is sent until you resume it.</p>
        </AskFirst>
      )}
      {canGoOn && (
        <AskFirst label="Resume" question="Go on with this run?" yes="Resume it" onYes={act('resume')}>
          <p>It goes on where it stopped. What is done is not sent again.</p>
        </AskFirst>
      )}
      {(state === 'running' || canGoOn) && (
        <AskFirst label="Cancel" question="End this run for good?" yes="Cancel it" danger onYes={act('cancel')}>
          <p>What was sent stays sent, nothing further is, and it cannot go on afterwards.</p>
        </AskFirst>
      )}
      {state === 'finished' &&
        problems.map((status) => (
          <AskFirst
            label={`Send the ${status} again`}
            question={`Send the ${plural(statuses[status] ?? 0, `${status} row`)} again?`}
            yes="Send them"
            onYes={start('rerun', { only: [status] })}
          >
            <Estimate run={run} only={status} />
          </AskFirst>
        ))}
      {state === 'finished' && (statuses['ok'] ?? 0) + (statuses['warned'] ?? 0) > 0 && (
        <AskFirst label="Verify" question="Look every imported member up?" yes="Verify" onYes={start('verify')}>
          <p>
            Each member is asked for: is it there, with the id and the points that it should have? Look-ups have a limit
            of their own and change nothing.
          </p>
        </AskFirst>
      )}
    </p>
  )
}

interface RerunEstimate {
  readonly rows: number
  readonly invalid: number
  readonly seconds: number | null
  readonly lanes: Readonly<Record<string, { readonly requests: number }>>
}

/** What a rerun costs, before it is begun. */
function Estimate({ run, only }: { run: string; only: string }) {
  const [told, setTold] = useState<string>('Counting what would be sent…')
  useEffect(() => {
    post<RerunEstimate>(`/api/runs/${run}/rerun/estimate`, { only: [only] }).then(
      ({ rows, invalid, lanes, seconds }) => {
        const requests = Object.entries(lanes).map(
          ([lane, { requests: each }]) => `${plural(each, 'request')} to ${lane}`,
        )
        const still =
          invalid > 0 ? ` ${plural(invalid, 'row')} of them cannot be sent still: mend the file or the plan first.` : ''
        setTold(`${plural(rows, 'row')}, ${requests.join(' and ')}, about ${span(seconds ?? 0)}.${still}`)
      },
      (error: Error) => setTold(error.message),
    )
  }, [run, only])
  return <p aria-live="polite">{told}</p>
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

function Codes({ summary, onChoose }: { summary: Summary; onChoose: (code: number) => void }) {
  const skipped = summary.skipped_because ?? []
  if (summary.codes.length === 0 && skipped.length === 0) return null
  return (
    <section>
      <h2>What was said</h2>
      <ul class="cards">
        {summary.codes.map(({ lane, code, message, rows }) => (
          <li class="card">
            <b class="count">{count(rows)}</b>{' '}
            {code != null && (
              <button type="button" class="code" onClick={() => onChoose(code)} title="Show these rows">
                {code}
              </button>
            )}{' '}
            {message} <span class="quiet">({lane})</span>
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
