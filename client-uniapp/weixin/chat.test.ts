// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest'
import { openChat, socketOf, tap } from './chatPage'
import { compilersRun } from './compiler'
import type { FakeTask } from './fakeWx'

// KaTeX complains of a document without a doctype, which happy-dom's is.
vi.hoisted(() => Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat' }))

function greet(socket: FakeTask): void {
  socket.open()
  expect(socket.sent).toEqual([{ type: 'hello', protocol: 1, locale: 'zh-CN' }])
  const limits = { frame_bytes: 262_144 }
  socket.tell({ type: 'hello', protocol: 1, version: '1', open: true, device: 'd', models: [], limits })
}

function answer(socket: FakeTask, client_msg_id: unknown, text: string): void {
  const run = 'r1'
  const names = { conversation: 'c1', message: 'a1', user_message: 'u1' }
  socket.tell({ type: 'accepted', client_msg_id, run, ...names })
  socket.tell({ type: 'start', run, epoch: 1, seq: 1, model: 'm', dropped_turns: 0, content: '' })
  socket.tell({ type: 'stream', run, seq: 2, channel: 'answer', content: text })
  const ended = { status: 'completed', finish_reason: 'stop', usage: null, timings: null }
  socket.tell({ type: 'end', run, seq: 3, ...ended })
}

describe.skipIf(!compilersRun)('the chat page', { timeout: 120_000 }, () => {
  it('asks where the server is, and does not guess', () => {
    const { phone, screen } = openChat(null)
    expect(screen.textContent).toContain('连接到你的电脑')
    expect(phone.sockets).toEqual([])
  })

  it('shows how to be paired where only paired devices may come in', async () => {
    const { phone, screen } = openChat()
    const socket = await socketOf(phone)
    socket.open()
    socket.tell({ type: 'error', code: 'unpaired', message: '', retryable: false })
    await vi.waitFor(() => expect(screen.textContent).toContain('配对此设备'))
    expect(screen.textContent).toContain('扫描二维码')
    expect(screen.textContent).toContain('显示六位数字')
  })

  it('asks and shows the answer', async () => {
    const { phone, screen } = openChat()
    const socket = await socketOf(phone)
    greet(socket)

    tap(screen, 'starter')
    const sent = () => socket.sent.find(({ type }) => type === 'send')
    await vi.waitFor(() => expect(sent()).toBeDefined())
    const asked = sent()
    expect(asked).toMatchObject({ type: 'send', content: expect.stringMatching(/./) })
    answer(socket, asked?.client_msg_id, '# 标题\n\n我是**本地**模型。\n\n- 一\n- 二\n\n$\\frac{a}{b}$')
    await vi.waitFor(() => expect(screen.textContent).toContain('本地'))
    for (const words of ['标题', '我是', '模型。', '一', '二']) expect(screen.textContent).toContain(words)
    expect(screen.textContent).not.toContain('**')
    expect(phone.sockets).toHaveLength(1)
    await vi.waitFor(() => expect(screen.querySelectorAll('wx-rich-text')).toHaveLength(1))
    const kept = () => expect([...phone.stored.keys()]).toContain('myllm.conversation.c1.home')
    await vi.waitFor(kept, { timeout: 5_000 })
  })
})
