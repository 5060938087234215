/** The name that was probably meant, or undefined where none is near. Case, spaces and punctuation count little. */
function nearest(wanted: string, names: Iterable<string>): string | undefined {
  const plain = simplify(wanted)
  let best: string | undefined
  // Two letters in five may differ: a swapped pair counts as two.
  let bestDistance = Math.floor(Math.max(plain.length, 3) * 0.4) + 1
  for (const name of names) {
    const other = simplify(name)
    // A distance cannot be below the difference of the lengths.
    if (Math.abs(other.length - plain.length) >= bestDistance) continue
    const distance = editDistance(plain, other)
    if (distance < bestDistance) {
      best = name
      bestDistance = distance
    }
  }
  return best
}

/** ` Did you mean ...?`, or nothing: to be put behind a message. */
export function didYouMean(wanted: string, names: Iterable<string>): string {
  const name = nearest(wanted, names)
  return name === undefined ? '' : ` Did you mean \`${name}\`?`
}

function simplify(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_.-]+/g, '')
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}
