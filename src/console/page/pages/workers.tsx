import { useEffect } from 'preact/hooks'
import { Problem } from '../parts/ask-first.tsx'
import { useAsked } from '../use-asked.ts'
import { count, when } from '../words.ts'

interface Workers {
  readonly broker: 'embedded' | 'redis'
  readonly workers: readonly {
    readonly lanes: readonly string[]
    readonly host: string
    readonly pid: number
    readonly version: string
    readonly since: string
    readonly account: string
  }[]
  readonly queues: readonly {
    readonly queue: string
    readonly waiting: number
    readonly active: number
    readonly delayed: number
  }[]
  readonly redis?: { readonly version: string; readonly usedBytes: number; readonly maxBytes: number | null }
}

/** Who works on what, and what waits. */
export function WorkersPage() {
  const { answer, error } = useAsked<Workers>('/api/workers', 5_000)
  useEffect(() => {
    document.title = 'Workers – rollcall'
  }, [])
  return (
    <>
      <h1>Workers and queues</h1>
      <Problem text={error} />
      {answer?.broker === 'embedded' && (
        <section class="empty">
          <h2>The embedded broker</h2>
          <p>
            Each import is its own worker and has its queues in itself. With Redis (<code>REDIS_URL</code>), workers on
            several machines share the work and are shown here.
          </p>
        </section>
      )}
      {answer?.broker === 'redis' && (
        <>
          <section>
            <h2>Workers</h2>
            {answer.workers.length === 0 ? (
              <p class="empty">
                Nobody works at the moment. Imports bring workers of their own; <code>rollcall worker</code> starts one
                that stays.
              </p>
            ) : (
              <div class="scroll" tabIndex={0} role="region" aria-label="Workers">
                <table>
                  <thead>
                    <tr>
                      <th scope="col">Where</th>
                      <th scope="col">Lanes</th>
                      <th scope="col">Account</th>
                      <th scope="col">Version</th>
                      <th scope="col">Since</th>
                    </tr>
                  </thead>
                  <tbody>
                    {answer.workers.map(({ host, pid, lanes, account, version, since }) => (
                      <tr>
                        <th scope="row">
                          {host}, process {pid}
                        </th>
                        <td>{lanes.join(', ')}</td>
                        <td>{account}</td>
                        <td>{version}</td>
                        <td>{when(since)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </section>
          <section>
            <h2>Queues</h2>
            {answer.queues.length === 0 && <p class="empty">No queue has anything in it.</p>}
            <dl>
              {answer.queues.map(({ queue, waiting, active, delayed }) => (
                <div>
                  <dt>{queue}</dt>
                  <dd>
                    {count(waiting)} waiting, {count(active)} active, {count(delayed)} delayed
                  </dd>
                </div>
              ))}
              {answer.redis !== undefined && (
                <div>
                  <dt>Redis {answer.redis.version}</dt>
                  <dd>
                    {count(Math.round(answer.redis.usedBytes / 1024 / 1024))} MB used
                    {answer.redis.maxBytes !== null && ` of ${count(Math.round(answer.redis.maxBytes / 1024 / 1024))}`}
                  </dd>
                </div>
              )}
            </dl>
          </section>
        </>
      )}
    </>
  )
}
