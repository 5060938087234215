/** The times within the last `windowMs`, in a ring that grows with the rate and not with time. */
export class RollingWindow {
  readonly #windowMs: number
  #times = new Float64Array(64)
  #head = 0
  #size = 0
  /** The most times that any window held. */
  highest = 0

  constructor(windowMs: number) {
    this.#windowMs = windowMs
  }

  /** Adds a time, not earlier than the one before it. */
  add(at: number): void {
    this.#forget(at)
    if (this.#size === this.#times.length) this.#grow()
    this.#times[(this.#head + this.#size) & (this.#times.length - 1)] = at
    this.#size += 1
    if (this.#size > this.highest) this.highest = this.#size
  }

  /** How many times lie in the window that ends at `at`: later than `at - windowMs`. */
  count(at: number): number {
    this.#forget(at)
    return this.#size
  }

  /** Milliseconds from `at` until the oldest time leaves the window. */
  freeInMs(at: number): number {
    this.#forget(at)
    return this.#size === 0 ? 0 : (this.#times[this.#head] ?? 0) + this.#windowMs - at
  }

  #forget(at: number): void {
    while (this.#size > 0 && (this.#times[this.#head] ?? 0) <= at - this.#windowMs) {
      this.#head = (this.#head + 1) & (this.#times.length - 1)
      this.#size -= 1
    }
  }

  #grow(): void {
    const larger = new Float64Array(this.#times.length * 2)
    larger.set(this.#times.subarray(this.#head))
    larger.set(this.#times.subarray(0, this.#head), this.#times.length - this.#head)
    this.#times = larger
    this.#head = 0
  }
}
