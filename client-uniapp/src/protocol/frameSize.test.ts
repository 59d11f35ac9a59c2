import { expect, it } from 'vitest'
import type { Send } from './frames'
import { frameBytes } from './frameSize'

it.each(['', 'plain', 'é', '你好', '😀', '"\n'])(
  'counts the bytes of %o as the wire does',
  (content) => {
    const frame: Send = { type: 'send', client_msg_id: 'm1', content }
    expect(frameBytes(frame)).toBe(new TextEncoder().encode(JSON.stringify(frame)).length)
  },
)
