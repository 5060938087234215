import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** Goes to another page of the console. */
export function go(path: string): void {
  history.pushState(undefined, '', path)
  dispatchEvent(new PopStateEvent('popstate'))
  scrollTo(0, 0)
}

/** The path and query at which the browser is. */
export function useLocation(): URL {
  const [url, setUrl] = useState(() => new URL(location.href))
  useEffect(() => {
    const change = () => setUrl(new URL(location.href))
    addEventListener('popstate', change)
    return () => removeEventListener('popstate', change)
  }, [])
  return url
}

/** A link to another page, which is there without the browser loading anew. */
export function Link({
  to,
  children,
  ...rest
}: {
  to: string
  children: ComponentChildren
  class?: string
  'aria-current'?: 'page' | undefined
}) {
  return (
    <a
      {...rest}
      href={to}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
        event.preventDefault()
        go(to)
      }}
    >
      {children}
    </a>
  )
}
