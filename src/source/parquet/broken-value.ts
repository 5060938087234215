/** A value that is none of a member's, and what is wrong with it, in words. */
export class BrokenValue {
  readonly what: string

  constructor(what: string) {
    this.what = what
  }
}
