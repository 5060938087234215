/** What a call of somebody is still given once we are to stop: long enough for who listens. */
const GRACE_MS = 5_000

/** A signal that aborts some seconds after another did; where that has been for a while, some seconds from now. */
export function afterStop(signal: AbortSignal): { readonly signal: AbortSignal } & Disposable {
  const late = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const onStop = () => {
    timer = setTimeout(() => late.abort(), GRACE_MS)
  }
  if (signal.aborted) onStop()
  else signal.addEventListener('abort', onStop, { once: true })
  return {
    signal: late.signal,
    [Symbol.dispose]() {
      signal.removeEventListener('abort', onStop)
      clearTimeout(timer)
    },
  }
}
