import { yaml } from '@codemirror/lang-yaml'
import { HighlightStyle, defaultHighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { basicSetup } from 'codemirror'
import { useEffect, useRef } from 'preact/hooks'

/** A place in the plan, both from 1, and what is wrong there. */
export interface PlanProblem {
  readonly line: number
  readonly column: number
  readonly message: string
}

/** The plan's text, to be changed, with what is wrong at its lines. */
export function PlanEditor({
  text,
  problems,
  onChange,
}: {
  text: string
  problems: readonly PlanProblem[]
  onChange: (text: string) => void
}) {
  const holder = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  useEffect(() => {
    const element = holder.current
    if (element === null) return undefined
    // In a tree of its own, the editor's styles are no style elements, which our policy would refuse.
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    const editor = new EditorView({
      parent: root as unknown as Element,
      root,
      state: EditorState.create({
        doc: text,
        extensions: [
          basicSetup,
          yaml(),
          syntaxHighlighting(colours),
          lintGutter(),
          theme,
          EditorView.contentAttributes.of({ 'aria-label': 'The plan, YAML', tabindex: '0' }),
          EditorView.updateListener.of((update) => update.docChanged && onChange(update.state.doc.toString())),
        ],
      }),
    })
    view.current = editor
    return () => editor.destroy()
  }, [])
  useEffect(() => {
    const editor = view.current
    if (editor !== undefined && editor.state.doc.toString() !== text) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } })
    }
  }, [text])
  useEffect(() => {
    const editor = view.current
    if (editor === undefined) return
    editor.dispatch(
      setDiagnostics(
        editor.state,
        problems.map((problem) => asDiagnostic(problem, editor.state)),
      ),
    )
  }, [problems])
  return <div ref={holder} class="editor" />
}

function asDiagnostic({ line, column, message }: PlanProblem, { doc }: EditorState): Diagnostic {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines))
  const from = Math.min(at.from + Math.max(column - 1, 0), at.to)
  return { from, to: at.to, severity: 'error', message }
}

/** The usual colours, which are for light paper; on dark, each of them as light as it is to be read. */
const colours = HighlightStyle.define(
  defaultHighlightStyle.specs.map(({ color, ...spec }) =>
    typeof color === 'string' ? { ...spec, color: `light-dark(${color}, oklch(from ${color} 0.8 0.11 h))` } : spec,
  ),
)

const theme = EditorView.theme({
  '&': { backgroundColor: 'var(--code)', color: 'var(--ink)', fontSize: '0.9rem', maxHeight: '32rem' },
  '.cm-gutters': { backgroundColor: 'var(--code)', color: 'var(--quiet)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused': { outline: '2px solid var(--accent)' },
  '.cm-tooltip': { backgroundColor: 'var(--paper)', color: 'var(--ink)', border: '1px solid var(--rule)' },
})
