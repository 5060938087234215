import { render } from 'preact'
import { useEffect } from 'preact/hooks'
import { CodesPage } from './pages/codes.tsx'
import { ImportPage } from './pages/import.tsx'
import { RowPage } from './pages/row.tsx'
import { RunPage } from './pages/run.tsx'
import { RunsPage } from './pages/runs.tsx'
import { SyncPage } from './pages/sync.tsx'
import { SyncsPage } from './pages/syncs.tsx'
import { WorkersPage } from './pages/workers.tsx'
import { Link, useLocation } from './route.tsx'

const SECTIONS = [
  ['/', 'Runs'],
  ['/import', 'Import'],
  ['/syncs', 'Syncs'],
  ['/workers', 'Workers'],
  ['/codes', 'Codes'],
] as const

function App() {
  const { pathname, searchParams } = useLocation()
  const [, section = '', name, what, row] = pathname.split('/').map(decoded)
  return (
    <>
      <a class="skip" href="#content">
        To the content
      </a>
      <header class="top">
        <Link to="/" class="brand">
          rollcall
        </Link>
        <nav aria-label="Console">
          {SECTIONS.map(([to, text]) => (
            <Link to={to} aria-current={to === `/${section === 'runs' ? '' : section}` ? 'page' : undefined}>
              {text}
            </Link>
          ))}
        </nav>
      </header>
      <main id="content" tabIndex={-1}>
        {page()}
      </main>
    </>
  )

  function page() {
    if (section === 'runs' && name !== undefined && what === 'rows' && row !== undefined)
      return <RowPage run={name} row={row} />
    if (what !== undefined) return <NoPage />
    if (section === 'runs' && name !== undefined) return <RunPage key={name} run={name} chosen={searchParams} />
    if (section === 'import') return <ImportPage />
    if (section === 'syncs' && name !== undefined) return <SyncPage key={name} name={name} />
    if (section === 'syncs') return <SyncsPage />
    if (section === 'workers') return <WorkersPage />
    if (section === 'codes') return <CodesPage />
    return section === '' || section === 'runs' ? <RunsPage /> : <NoPage />
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function NoPage() {
  useEffect(() => {
    document.title = 'No such page – rollcall'
  }, [])
  return (
    <>
      <h1>No such page</h1>
      <p>
        There is nothing at this address. <Link to="/">All runs</Link>
      </p>
    </>
  )
}

const app = document.querySelector('#app')
if (app !== null) {
  app.replaceChildren()
  render(<App />, app)
}
