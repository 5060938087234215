import { useCallback, useEffect, useState } from 'preact/hooks'
import { ask } from './api.ts'

export interface Asked<Answer> {
  readonly answer: Answer | undefined
  readonly error: string | undefined
  readonly again: () => void
}

/** Asks for something when a page opens, when its path changes, and each `everyMs` as long as the page is seen. */
export function useAsked<Answer>(path: string, everyMs?: number): Asked<Answer> {
  const [state, setState] = useState<{ path: string; answer?: Answer; error?: string }>({ path })
  const [turn, setTurn] = useState(0)
  const again = useCallback(() => setTurn((before) => before + 1), [])
  useEffect(() => {
    const leave = new AbortController()
    ask<Answer>(path, { signal: leave.signal }).then(
      (answer) => !leave.signal.aborted && setState({ path, answer }),
      (error: Error) => !leave.signal.aborted && setState((before) => ({ ...before, path, error: error.message })),
    )
    return () => leave.abort()
  }, [path, turn])
  useEffect(() => {
    if (everyMs === undefined) return undefined
    const timer = setInterval(() => document.visibilityState === 'visible' && again(), everyMs)
    return () => clearInterval(timer)
  }, [everyMs, again])
  const isCurrent = state.path === path
  return { answer: isCurrent ? state.answer : undefined, error: isCurrent ? state.error : undefined, again }
}
