import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createI18n } from 'vue-i18n'

import { DRAWN_PARTS, DrawnParts, type Side } from '../../composables/drawnParts'
import { longAnswer } from '../../markdown/long_answer.fixture'
import MarkdownBlock from './MarkdownBlock.vue'
import MarkdownView from './MarkdownView.vue'

const setClipboardData = vi.fn(({ success }: { success: () => void }) => success())

/** KaTeX warns about pages without a doctype, which the test's page is. */
vi.hoisted(() => Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat' }))

beforeEach(() => vi.stubGlobal('uni', { setClipboardData, showToast: vi.fn() }))
afterEach(() => vi.unstubAllGlobals())

function show(source: string, done = true) {
  const i18n = createI18n({ legacy: false, locale: 'zh', messages: { zh: {} } })
  return mount(MarkdownView, { props: { source, done }, global: { plugins: [i18n] } })
}

describe('MarkdownView', () => {
  it('shows every kind of block', () => {
    const view = show(longAnswer(1))
    for (const part of ['.block-heading-2', '.marker-number', '.table', '.code-block', '.math-block', '.rail-quote']) {
      expect(view.find(part).exists(), part).toBe(true)
    }
  })

  it('renders settled blocks once, however long the answer gets', async () => {
    const view = show(longAnswer(2), false)
    const settled = view.findAllComponents(MarkdownBlock).slice(0, 10).map(({ element }) => element)
    const before = settled.map((element) => element.innerHTML)
    await view.setProps({ source: longAnswer(3), done: true })
    expect(view.findAllComponents(MarkdownBlock).slice(0, 10).map(({ element }) => element)).toEqual(settled)
    expect(settled.map((element) => element.innerHTML)).toEqual(before)
  })

  it('copies code and says so', async () => {
    const view = show('```\nx = 1\n```')
    await view.find('.code-copy').trigger('click')
    await flushPromises()
    expect(setClipboardData).toHaveBeenCalledWith(expect.objectContaining({ data: 'x = 1' }))
    expect(view.find('.code-note').text()).toBe('已复制')
  })

  it('colours code when its fence has closed', async () => {
    const view = show('```py\ndef f(): pass', false)
    await flushPromises()
    expect(view.find('rich-text').exists()).toBe(false)
    await view.setProps({ source: '```py\ndef f(): pass\n```', done: true })
    await vi.waitFor(() => expect(view.find('rich-text').exists()).toBe(true))
  })

  it('fetches no picture before a tap', async () => {
    const view = show('![猫](https://example.com/cat.png)')
    expect(view.html()).not.toContain('cat.png')
    expect(view.text()).toContain('example.com')
    await view.find('.picture-offer').trigger('click')
    expect(view.find('image').attributes('src')).toBe('https://example.com/cat.png')
  })

  it('shows a footnote to whoever taps its number', async () => {
    const view = show('天空是蓝的[^1]。\n\n[^1]: 瑞利散射')
    expect(view.find('.rail-note').text()).toBe('1')
    expect(view.find('.note-text').exists()).toBe(false)
    await view.find('.note-mark').trigger('click')
    expect(view.find('.note-text').text()).toBe('瑞利散射')
  })

  it('folds what is finished, and nothing that is being written (M8)', async () => {
    const source = '<details>\n<summary>看</summary>\n\n答案'
    const writing = show(source, false)
    const shown = (view: typeof writing) => view.findAll('.block')[1]?.attributes('style') ?? ''
    expect(shown(writing)).not.toContain('none')
    await writing.setProps({ source: `${source}\n</details>\n`, done: true })
    expect(shown(writing)).not.toContain('none')
    const read = show(`${source}\n</details>\n`)
    expect(shown(read)).toContain('none')
    await read.find('.fold-summary').trigger('click')
    expect(shown(read)).not.toContain('none')
    expect(read.find('.fold-summary').attributes('aria-expanded')).toBe('true')
  })

  it('shows all that is folded where nobody can open it (M8)', () => {
    const source = '<details><summary>看</summary>答案</details>'
    const i18n = createI18n({ legacy: false, locale: 'zh', messages: { zh: {} } })
    const props = { source, done: true, unfolded: true }
    const picture = mount(MarkdownView, { props, global: { plugins: [i18n] } })
    expect(picture.find('.fold-summary').attributes('role')).toBeUndefined()
    expect(picture.findAll('.block')[1]?.attributes('style') ?? '').not.toContain('none')
  })

  it('says of each block which way it runs (M7)', () => {
    const [arabic, chinese] = show('مرحبا\n\n你好').findAll('.block')
    expect(arabic?.attributes('dir')).toBe('rtl')
    expect(arabic?.classes()).toContain('block-rtl')
    expect(chinese?.attributes('dir')).toBeUndefined()
  })

  it('opens links outside the page', async () => {
    const open = vi.spyOn(window, 'open').mockReturnValue(null)
    await show('[a](https://example.com)').find('.run-link').trigger('click')
    expect(open).toHaveBeenCalledWith('https://example.com', '_blank', 'noopener,noreferrer')
  })

  describe('at the edge of a long conversation', () => {
    function showPart(side: Side) {
      const parts = new DrawnParts()
      parts.adding = side
      const i18n = createI18n({ legacy: false, locale: 'zh', messages: { zh: {} } })
      const global = { plugins: [i18n], provide: { [DRAWN_PARTS as symbol]: parts } }
      return { parts, view: mount(MarkdownView, { props: { source: '一\n\n二\n\n三', done: true }, global }) }
    }

    it.each([
      ['above', ['', '三', '二三', '一二三']],
      ['below', ['', '一', '一二', '一二三']],
    ] as const)('is drawn block by block where more comes %s', async (side, steps) => {
      const { parts, view } = showPart(side)
      const seen = [view.text()]
      while (parts.isOpen(side)) {
        parts.more(side)
        await flushPromises()
        seen.push(view.text())
      }
      expect(seen).toEqual(steps)
    })

    it('is whole when it no longer is at the edge, and forgotten when it is gone', async () => {
      const { parts, view } = showPart('above')
      parts.finish()
      await flushPromises()
      expect(view.text()).toBe('一二三')
      const gone = showPart('below')
      gone.view.unmount()
      expect(gone.parts.isOpen('below')).toBe(false)
    })
  })
})
