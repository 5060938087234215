/**
 * What a `maxmemory-policy` does to us when Redis is full, and what to do about it; undefined where nothing is evicted.
 * Jobs and queues have no time to live, so `volatile-…` leaves them alone; but locks and tokens have one. BullMQ works with
 * `noeviction` alone (https://docs.bullmq.io/guide/going-to-production).
 */
export function evictionWords(policy: string): { readonly harm: string; readonly remedy: string } | undefined {
  if (policy === 'noeviction') return undefined
  const remedy = 'set maxmemory-policy to noeviction'
  if (policy.startsWith('volatile-')) {
    return {
      harm:
        `may forget the locks of jobs when its memory is full (maxmemory-policy is ${policy}): ` +
        'no job and no row is lost by that, but two workers may take the same job, and rows may be sent twice',
      remedy,
    }
  }
  return {
    harm:
      `may forget jobs when its memory is full (maxmemory-policy is ${policy}): ` +
      'no row is lost by that, but it is slow, and rows may be sent twice',
    remedy,
  }
}

/** BullMQ says the same in words of its own, each time it connects, past whoever prints what we say. To be called once or more. */
export function silenceEvictionWarnings(): void {
  if (isSilenced) return
  isSilenced = true
  const warn = console.warn.bind(console)
  console.warn = (...said: unknown[]) => {
    if (!String(said[0]).startsWith('IMPORTANT! Eviction policy is')) warn(...said)
  }
}

let isSilenced = false
