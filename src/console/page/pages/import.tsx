import { useEffect, useState } from 'preact/hooks'
import { postForm } from '../api.ts'
import { AskFirst, Problem } from '../parts/ask-first.tsx'
import { PlanEditor, type PlanProblem } from '../parts/plan-editor.tsx'
import { go } from '../route.tsx'
import { count, plural, span } from '../words.ts'

interface Checked {
  readonly rows: number
  readonly ready: number
  readonly invalid: number
  readonly skipped: number
  readonly seconds: number | null
  readonly lanes: Readonly<Record<string, { readonly requests: number; readonly limit_rpm: number | null }>>
  readonly problems: readonly Kind[]
  readonly losses?: readonly Kind[]
  readonly doubts?: readonly Kind[]
  readonly skips?: readonly Kind[]
  readonly left_out?: readonly Kind[]
  readonly remarks?: readonly string[]
  readonly passed_over?: readonly { readonly what: string; readonly rows: number; readonly first_line: number }[]
}

interface Kind {
  readonly message: string
  readonly hint?: string
  readonly rows: number
  readonly places: readonly { readonly row: number; readonly line: number }[]
}

/** A file and a plan: checked, mended, tried, imported. */
export function ImportPage() {
  const [file, setFile] = useState<File>()
  const [plan, setPlan] = useState('')
  const [busy, setBusy] = useState('')
  const [error, setError] = useState<string>()
  const [checked, setChecked] = useState<Checked>()
  useEffect(() => {
    document.title = 'Import – rollcall'
  }, [])
  const problems = error === undefined ? [] : planProblems(error)

  async function during(what: string, work: (members: File) => Promise<void>): Promise<void> {
    if (file === undefined) return
    setBusy(what)
    setError(undefined)
    try {
      await work(file)
    } catch (problem) {
      setChecked(undefined)
      setError(problem instanceof Error ? problem.message : String(problem))
    } finally {
      setBusy('')
    }
  }
  // What was found was found under the plan as it was.
  const change = (text: string) => {
    if (text === plan) return
    setPlan(text)
    setChecked(undefined)
  }
  const fields = (members: File) => ({ file: members, plan: new File([plan], 'plan.yaml') })
  const propose = () =>
    during('A plan is proposed from the first rows…', async (members) =>
      change(
        (
          await postForm<{ plan: string }>('/api/propose', {
            file: members.size > SAMPLE ? new File([members.slice(0, SAMPLE)], members.name) : members,
          })
        ).plan,
      ),
    )
  const check = () =>
    during('Every row is checked; nothing is sent…', async (members) =>
      setChecked(await postForm<Checked>('/api/check', fields(members))),
    )
  const start = ({ limit, again = false }: { limit?: number; again?: boolean } = {}) =>
    during('The import is started…', async (members) => {
      const { run } = await postForm<{ run: string }>('/api/runs', {
        ...fields(members),
        ...(limit !== undefined && { limit: String(limit) }),
        ...(again && { again: 'true' }),
      })
      go(`/runs/${run}`)
    })
  const isReady = file !== undefined && plan.trim() !== '' && busy === ''
  return (
    <>
      <h1>Import</h1>
      <section>
        <h2>1. The file</h2>
        <label>
          Members: CSV, Excel, JSON{' '}
          <input
            type="file"
            name="file"
            onChange={(event) => {
              setFile(event.currentTarget.files?.[0])
              setChecked(undefined)
              setError(undefined)
            }}
          />
        </label>
      </section>
      <section>
        <h2>2. The plan</h2>
        <p class="actions">
          <label class="button">
            Choose a plan{' '}
            <input
              type="file"
              name="plan"
              accept=".yaml,.yml"
              onChange={(event) => void event.currentTarget.files?.[0]?.text().then(change)}
            />
          </label>
          <button type="button" disabled={file === undefined || busy !== ''} onClick={() => void propose()}>
            Propose one for the file
          </button>
        </p>
        <PlanEditor text={plan} problems={problems} onChange={change} />
      </section>
      <section>
        <h2>3. Check, try, import</h2>
        <p class="actions">
          <button type="button" class="main" disabled={!isReady} onClick={() => void check()}>
            Check every row
          </button>
          <button type="button" disabled={!isReady} onClick={() => void start({ limit: 20 })}>
            Import the first 20 rows
          </button>
          <button type="button" disabled={!isReady} onClick={() => void start()}>
            Import all
          </button>
        </p>
        <p aria-live="polite" class="quiet">
          {busy}
        </p>
        <Problem text={error} />
        {error?.includes('--again') === true && (
          <AskFirst
            label="Import it again"
            question="Import the whole file once more?"
            yes="Import it again"
            danger
            onYes={() => start({ again: true })}
          >
            <p>Each of its rows is sent again. Members who are there already are found to be.</p>
          </AskFirst>
        )}
        {checked !== undefined && <CheckResult checked={checked} />}
      </section>
    </>
  )
}

/** Enough of a file to propose a plan from; what is cut off at its end is a row less. */
const SAMPLE = 8 * 1024 * 1024

/** What the server says of a plan names the places: `plan.yaml:24:25`. */
function planProblems(error: string): readonly PlanProblem[] {
  const lines = error.split('\n')
  return lines.flatMap((text, at) => {
    const [, line, column] = /\.ya?ml:(\d+):(\d+)/.exec(text) ?? []
    return line === undefined
      ? []
      : [{ line: Number(line), column: Number(column), message: lines[at + 1]?.trim() ?? text }]
  })
}

function CheckResult({ checked }: { checked: Checked }) {
  const { rows, ready, invalid, skipped, seconds, lanes, remarks = [], passed_over: passedOver = [] } = checked
  const { doubts = [], losses = [], left_out: leftOut = [] } = checked
  const isGood = ready > 0 && [invalid, skipped, remarks, passedOver, doubts, losses, leftOut].every(isNone)
  return (
    <div aria-live="polite">
      <h3 class={isGood ? 'good' : ready > 0 ? 'mixed' : 'bad'}>
        {plural(rows, 'row')}: {count(ready)} ready{invalid > 0 && `, ${count(invalid)} invalid`}
        {skipped > 0 && `, ${count(skipped)} skipped`}
      </h3>
      <p>
        {Object.entries(lanes)
          .map(([lane, { requests }]) => `${plural(requests, 'request')} to ${lane}`)
          .join(', ')}
        {seconds !== null && `: about ${span(seconds)} at the limits`}.
      </p>
      <Kinds title="Invalid: would not be sent" kinds={checked.problems} />
      {remarks.length > 0 && (
        <>
          <h3>Look at these columns</h3>
          <ul class="cards">
            {remarks.map((remark) => (
              <li class="card">{remark}</li>
            ))}
          </ul>
        </>
      )}
      {passedOver.length > 0 && (
        <>
          <h3>Passed over: no records</h3>
          <ul class="cards">
            {passedOver.map(({ what, rows: lines, first_line: line }) => (
              <li class="card">
                <b class="count">{count(lines)}</b> {what}
                <p class="rows">From line {count(line)} on</p>
              </li>
            ))}
          </ul>
        </>
      )}
      <Kinds title="Sent as they are read, and perhaps not meant so" kinds={doubts} />
      <Kinds title="Sent without what is taken for nothing" kinds={leftOut} />
      <Kinds title="The API would cut or drop" kinds={losses} />
      <Kinds title="Skipped" kinds={checked.skips ?? []} />
    </div>
  )
}

function isNone(found: number | readonly unknown[]): boolean {
  return typeof found === 'number' ? found === 0 : found.length === 0
}

function Kinds({ title, kinds }: { title: string; kinds: readonly Kind[] }) {
  if (kinds.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <ul class="cards">
        {kinds.map(({ message, hint, rows, places }) => (
          <li class="card">
            <b class="count">{count(rows)}</b> {message}
            {hint !== undefined && <p class="quiet">{hint}</p>}
            <p class="rows">
              {places.length === 1 ? 'Line' : 'Lines'} {places.map(({ line }) => count(line)).join(', ')}
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
