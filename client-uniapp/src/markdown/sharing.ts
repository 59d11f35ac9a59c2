type Fields = Record<string, unknown>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shareList(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  let isSame = before.length === after.length
  const shared = after.map((value, index) => {
    const one = share(before[index], value)
    isSame &&= one === before[index]
    return one
  })
  return isSame ? before : shared
}

function shareFields(before: Fields, after: Fields): Fields {
  const names = Object.keys(after)
  const shared = { ...after }
  let isSame = Object.keys(before).length === names.length
  for (const name of names) {
    shared[name] = share(before[name], after[name])
    isSame &&= shared[name] === before[name]
  }
  return isSame ? before : shared
}

/**
 * `after`, with every part that equals its counterpart in `before` replaced by that counterpart.
 * Equal values keep their identity this way, and what is shown from them is not rendered again.
 * Both must be plain data: objects, arrays and primitives.
 */
export function share<T>(before: unknown, after: T): T
export function share(before: unknown, after: unknown): unknown {
  if (before === after) return before
  if (Array.isArray(before) && Array.isArray(after)) return shareList(before, after)
  if (isFields(before) && isFields(after)) return shareFields(before, after)
  return after
}
