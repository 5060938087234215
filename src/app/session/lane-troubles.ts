import type { Notice } from '../../broker/jobs.ts'
import type { LaneName } from '../../model.ts'

/** What keeps a lane from being sent on. Times are milliseconds since the epoch. */
export type LaneTrouble =
  /** The host does not answer, or (`refused`) refuses everything; or the broker is away, which keeps all lanes. */
  | { readonly kind: 'down'; readonly refused: boolean; readonly since: number; readonly reason: string }
  /** The API says that it is too fast, or has it wait. */
  | { readonly kind: 'throttled'; readonly since: number; readonly until: number; readonly reason: string }

/** Keeps what is amiss with the lanes of a run, by what their workers tell. */
export class LaneTroubles {
  readonly #down = new Map<LaneName, LaneTrouble>()
  readonly #throttled = new Map<LaneName, LaneTrouble & { readonly kind: 'throttled' }>()
  #away: LaneTrouble | undefined

  /** Why the broker cannot be worked with at that time; undefined where it can. What workers tell does not come meanwhile. */
  seeBroker(away: string | undefined, now: number): void {
    if (away === undefined) this.#away = undefined
    else this.#away = { kind: 'down', refused: false, since: this.#away?.since ?? now, reason: away }
  }

  see(notice: Notice): void {
    switch (notice.kind) {
      case 'down': {
        const { lane, since, reason, refused = false } = notice
        this.#down.set(lane, { kind: 'down', refused, since, reason })
        return
      }
      case 'up':
        this.#down.delete(notice.lane)
        return
      case 'throttled': {
        const { lane, since = Date.now(), until, reason = '' } = notice
        this.#throttled.set(lane, { kind: 'throttled', since, until, reason })
        return
      }
      case 'silent':
        // What comes of it is told.
        return
      case 'halt':
        // The run ends of it.
        return
    }
  }

  /** What stands in a lane's way at that time. */
  at(lane: LaneName, now: number): LaneTrouble | undefined {
    const throttled = this.#throttled.get(lane)
    return (
      this.#away ?? this.#down.get(lane) ?? (throttled !== undefined && throttled.until > now ? throttled : undefined)
    )
  }
}
