import { useEffect, useState } from 'preact/hooks'
import { Problem } from '../parts/ask-first.tsx'
import { useAsked } from '../use-asked.ts'

interface CodeLine {
  readonly code: number
  readonly endpoint: string
  readonly severity: string
  readonly meaning: string
  readonly remedy?: string
}

/** What each code of the API means, and what to do about it. */
export function CodesPage() {
  const { answer, error } = useAsked<{ codes: readonly CodeLine[] }>('/api/codes')
  const [sought, setSought] = useState('')
  useEffect(() => {
    document.title = 'Codes – rollcall'
  }, [])
  const wanted = sought.toLowerCase()
  const codes = (answer?.codes ?? []).filter(
    ({ code, meaning }) => String(code).startsWith(wanted) || meaning.toLowerCase().includes(wanted),
  )
  return (
    <>
      <h1>Codes</h1>
      <Problem text={error} />
      <form class="inline" role="search" onSubmit={(event) => event.preventDefault()}>
        <label>
          A code, or a word of its meaning{' '}
          <input type="search" value={sought} onInput={(event) => setSought(event.currentTarget.value)} />
        </label>
      </form>
      <section>
        <div class="scroll" tabIndex={0} role="region" aria-label="Codes">
          <table>
            <thead>
              <tr>
                <th scope="col" class="number">
                  Code
                </th>
                <th scope="col">Where</th>
                <th scope="col">What it means, and what to do</th>
              </tr>
            </thead>
            <tbody>
              {codes.map(({ code, endpoint, severity, meaning, remedy }) => (
                <tr>
                  <th scope="row" class="number">
                    {code}
                  </th>
                  <td class="nowrap">
                    {endpoint}, {severity}
                  </td>
                  <td>
                    {meaning}
                    {remedy !== undefined && <p class="quiet">{remedy}</p>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {answer !== undefined && codes.length === 0 && (
          <p class="empty">
            No code that is known. A row that gets it is rejected, with the API's own message in its report.
          </p>
        )}
      </section>
    </>
  )
}
