import { useEffect, useState } from 'preact/hooks'
import { type Summary, post } from '../api.ts'
import { AskFirst } from '../parts/ask-first.tsx'
import { go } from '../route.tsx'
import { plural, span } from '../words.ts'

/** What can be done about a run, by how it stands. */
export function Acts({
  summary,
  kind,
  statuses,
  again,
}: {
  summary: Summary
  kind: string
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
  const hasMembers = state === 'finished' && kind !== 'verify'
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
      {hasMembers &&
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
      {hasMembers && (statuses['ok'] ?? 0) + (statuses['warned'] ?? 0) > 0 && (
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
  /** Why there is nothing to send. */
  readonly message?: string
  readonly lanes: Readonly<Record<string, { readonly requests: number }>>
}

/** What a rerun costs, before it is begun. */
function Estimate({ run, only }: { run: string; only: string }) {
  const [told, setTold] = useState<string>('Counting what would be sent…')
  useEffect(() => {
    post<RerunEstimate>(`/api/runs/${run}/rerun/estimate`, { only: [only] }).then(
      ({ rows, invalid, lanes, seconds, message }) => {
        if (message !== undefined) {
          setTold(message)
          return
        }
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
