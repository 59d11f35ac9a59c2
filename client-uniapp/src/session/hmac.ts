/**
 * HMAC-SHA-256 of short ASCII texts, in hexadecimal. Pages over plain http and mini-programs have
 * no `crypto.subtle`. Pure.
 */
const BLOCK = 64

/** The fractional parts of the square and cube roots of the first primes, as the standard has it. */
const primes = (count: number): number[] => {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n)
  return found
}
const fraction = (root: number): number => ((root - Math.floor(root)) * 2 ** 32) | 0
const START = primes(8).map((prime) => fraction(Math.sqrt(prime)))
const ROUNDS = primes(64).map((prime) => fraction(Math.cbrt(prime)))

export const sha256 = (text: string): string => hex(digest(bytesOf(text)))

export function hmac(key: string, text: string): string {
  const whole = bytesOf(key)
  const short = whole.length > BLOCK ? digest(whole) : whole
  const padded = [...short, ...Array<number>(BLOCK - short.length).fill(0)]
  const inner = digest([...padded.map((byte) => byte ^ 0x36), ...bytesOf(text)])
  return hex(digest([...padded.map((byte) => byte ^ 0x5c), ...inner]))
}

const bytesOf = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0) & 0xff)
const hex = (bytes: number[]): string =>
  bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')

function digest(bytes: number[]): number[] {
  const words = padded(bytes)
  let state = START
  for (let at = 0; at < words.length; at += 16) state = compressed(state, words.slice(at, at + 16))
  return state.flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255])
}

/** As words, with the closing bit and the length in bits. */
function padded(bytes: number[]): number[] {
  const count = Math.ceil((bytes.length + 9) / BLOCK) * 16
  const words = Array<number>(count).fill(0)
  ;[...bytes, 0x80].forEach((byte, at) => {
    words[at >> 2] = (words[at >> 2] ?? 0) | (byte << (24 - 8 * (at % 4)))
  })
  words[count - 1] = bytes.length * 8
  return words
}

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

function compressed(before: number[], block: number[]): number[] {
  const words = expanded(block)
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = before
  ROUNDS.forEach((round, at) => {
    const choice = (e & f) ^ (~e & g)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    const first = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + choice + round + (words[at] ?? 0)) | 0
    const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + majority) | 0
    ;[a, b, c, d, e, f, g, h] = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g]
  })
  return [a, b, c, d, e, f, g, h].map((word, at) => (word + (before[at] ?? 0)) | 0)
}

function expanded(block: number[]): number[] {
  const words = [...block]
  for (let at = 16; at < 64; at++) {
    const [far = 0, near = 0] = [words[at - 15], words[at - 2]]
    const left = turned(far, 7) ^ turned(far, 18) ^ (far >>> 3)
    const right = turned(near, 17) ^ turned(near, 19) ^ (near >>> 10)
    words.push(((words[at - 16] ?? 0) + left + (words[at - 7] ?? 0) + right) | 0)
  }
  return words
}
