import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

/** A button that asks before it does something that cannot be taken back. */
export function AskFirst({
  label,
  question,
  yes,
  danger = false,
  children,
  onYes,
}: {
  label: string
  question: string
  yes: string
  danger?: boolean
  children?: ComponentChildren
  onYes: () => Promise<void>
}) {
  const [isOpen, setOpen] = useState(false)
  const [error, setError] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isOpen])
  const act = async () => {
    setBusy(true)
    setError(undefined)
    try {
      await onYes()
      setOpen(false)
    } catch (problem) {
      setError(problem instanceof Error ? problem.message : String(problem))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <button type="button" class={danger ? 'danger' : ''} onClick={() => setOpen(true)}>
        {label}
      </button>
      <dialog ref={dialog} aria-label={question} onClose={() => setOpen(false)}>
        {isOpen && (
          <form
            onSubmit={(event) => {
              event.preventDefault()
              void act()
            }}
          >
            <h2>{question}</h2>
            {children}
            <Problem text={error} />
            <p class="actions">
              <button type="submit" class={danger ? 'danger main' : 'main'} disabled={isBusy}>
                {yes}
              </button>
              <button type="button" onClick={() => setOpen(false)}>
                Not now
              </button>
            </p>
          </form>
        )}
      </dialog>
    </>
  )
}

/** What went wrong, told to readers of screens at once. */
export function Problem({ text }: { text: string | undefined }) {
  return (
    <div role="alert" class={text === undefined ? '' : 'problem'}>
      {text}
    </div>
  )
}
