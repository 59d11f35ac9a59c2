/**
 * Where a key leads from place `at` in a list of `count`; null where it leads nowhere. The ends do
 * not meet, so that one notices where the list is over.
 */
export function nextPlace(key: string, at: number, count: number): number | null {
  if (count === 0) return null
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  if (key === 'ArrowDown') return Math.min(at + 1, count - 1)
  if (key === 'ArrowUp') return Math.max(at - 1, 0)
  return null
}
