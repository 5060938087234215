/** One thing that was looked at before anything is imported. Nothing of a member is in it, and no credential. */
export interface Finding {
  readonly name: 'environment' | 'credentials' | 'clock' | 'redis' | 'workers' | 'home' | 'plan'
  readonly state: 'ok' | 'warned' | 'failed'
  /** What was found: a sentence, or several. */
  readonly message: string
  /** What to do about it, where something is to be done. */
  readonly remedy?: string
}

/** What all that was looked at comes to: its worst. */
export function worstOf(findings: readonly Finding[]): Finding['state'] {
  const states = findings.map(({ state }) => state)
  return states.includes('failed') ? 'failed' : states.includes('warned') ? 'warned' : 'ok'
}

/** Findings of one name. */
export function findingsOf(name: Finding['name'], parts: readonly Omit<Finding, 'name'>[]): readonly Finding[] {
  return parts.map((part) => ({ name, ...part }))
}
