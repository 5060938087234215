/** A share in per cent, never rounded to nothing or to all where it is neither. */
export function share(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0 %'
  if (part === whole) return '100 %'
  const percent = (part / whole) * 100
  if (percent < 0.1) return '< 0.1 %'
  return percent > 99.9 ? '> 99.9 %' : `${percent.toFixed(1)} %`
}
