/** A random choice of a run's members: so many of so many, the same ones whenever it is made again. */
export interface Sample {
  readonly members: number
  /** How many there are in all. */
  readonly of: number
  readonly seed: number
}

/**
 * Gives what says of one member after the other, in their order, whether it is in the sample. Each is as likely to be in
 * it as any other, and nothing is remembered of them but how many there were (Knuth's selection sampling).
 */
export function chooser({ members, of, seed }: Sample): () => boolean {
  const random = randomNumbers(seed)
  let seen = 0
  let chosen = 0
  return () => {
    const isChosen = random() * (of - seen) < members - chosen
    seen += 1
    if (isChosen) chosen += 1
    return isChosen
  }
}

/** Numbers from 0 to below 1 that follow from the seed (mulberry32); not for secrets. */
function randomNumbers(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
