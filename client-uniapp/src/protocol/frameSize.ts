import type { ClientFrame } from './frames'
import { wholeJson } from './wholeText'

/** Bytes of a frame on the wire; mini-programs have no TextEncoder. */
export function frameBytes(frame: ClientFrame): number {
  return utf8Bytes(wholeJson(frame))
}

function utf8Bytes(text: string): number {
  let bytes = 0
  for (const letter of text) bytes += letterBytes(letter.codePointAt(0) ?? 0)
  return bytes
}

function letterBytes(code: number): number {
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code < 0x10000 ? 3 : 4
}
