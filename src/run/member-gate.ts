/**
 * Keeps two rows of one member from being in flight together: the API refuses the second (body code 521), and which of
 * them it would carry out first is anybody's guess. Rows of a member pass one by one, in the order they came.
 */
export class MemberGate<Row extends { readonly members: readonly string[] }> {
  /** By member: the row that is in flight, and behind it those that wait. */
  readonly #lines = new Map<string, Row[]>()

  /** Lets the row in, or has it wait behind others of its member. True: it may go now. */
  enter(row: Row): boolean {
    let free = true
    for (const member of row.members) {
      const line = this.#lines.get(member)
      if (line === undefined) this.#lines.set(member, [row])
      else {
        line.push(row)
        free = false
      }
    }
    return free
  }

  /** The row is done. Returns the rows that may go now. */
  leave(row: Row): readonly Row[] {
    const next = new Set<Row>()
    for (const member of row.members) {
      const line = this.#lines.get(member)
      if (line?.[0] !== row)
        throw new Error(`a row left the gate that was not first in line for ${member.split(':')[0]}`)
      line.shift()
      const [first] = line
      if (first === undefined) this.#lines.delete(member)
      else next.add(first)
    }
    return [...next].filter((candidate) => this.#isFirstEverywhere(candidate))
  }

  #isFirstEverywhere(row: Row): boolean {
    return row.members.every((member) => this.#lines.get(member)?.[0] === row)
  }
}
