import { createHash, createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { hmac, sha256 } from './hmac'

it.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 1000])('digests %d letters as others do', (length) => {
  const text = 'aZ-9'.repeat(length).slice(0, length)
  expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'))
})

it.each([3, 64, 65, 200])('proves with a key of %d letters as others do', (length) => {
  const key = 'k'.repeat(length)
  const wanted = createHmac('sha256', key).update('server.question').digest('hex')
  expect(hmac(key, 'server.question')).toBe(wanted)
})
