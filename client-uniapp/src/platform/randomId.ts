/**
 * 128 random bits in hexadecimal. `crypto.randomUUID` does not exist on pages over plain http, and
 * mini-programs have no `crypto`; these ids only have to differ, they guard nothing.
 */
export function randomId(): string {
  return [...randomBytes(16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function randomBytes(count: number): number[] {
  if (typeof crypto !== 'undefined' && 'getRandomValues' in crypto) {
    return Array.from(crypto.getRandomValues(new Uint8Array(count)))
  }
  return Array.from({ length: count }, () => Math.floor(Math.random() * 256))
}
