/** Bytes, pulled piece by piece: little is read before it is asked for. What each stage before the records takes and gives. */
export type Pieces = AsyncIterableIterator<Buffer>

/** The first bytes of a stage, and all of it: `pieces` gives the head again and then the rest. */
export interface Head {
  /** At least as long as was asked for, unless `complete`. */
  readonly head: Buffer
  /** There is nothing behind the head. */
  readonly complete: boolean
  readonly pieces: Pieces
}

/** Reads ahead until `length` bytes are there, or the end. */
export async function takeHead(pieces: Pieces, length: number): Promise<Head> {
  const taken: Buffer[] = []
  let size = 0
  let complete = false
  while (size < length && !complete) {
    const next = await pieces.next()
    if (next.done === true) complete = true
    else {
      taken.push(next.value)
      size += next.value.length
    }
  }
  const head = Buffer.concat(taken)
  return { head, complete, pieces: chain(head, pieces) }
}

async function* chain(head: Buffer, rest: Pieces): Pieces {
  if (head.length > 0) yield head
  yield* rest
}
