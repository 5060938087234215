let clearDrawn: (() => void) | undefined

/** Has what is drawn on the terminal go away before anything is printed; undefined: nothing is drawn any more. */
export function clearBeforePrint(clear: (() => void) | undefined): void {
  clearDrawn = clear
}

/** Clears what is drawn on the terminal, for whoever writes to it. */
export function clearScreen(): void {
  clearDrawn?.()
}
