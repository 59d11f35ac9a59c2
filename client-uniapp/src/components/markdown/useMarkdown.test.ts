import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { effectScope, nextTick, ref, type EffectScope } from 'vue'

import { parseMarkdown } from '../../markdown/stream'
import { useMarkdown } from './useMarkdown'

let scope: EffectScope
beforeEach(() => void (scope = effectScope()))
afterEach(() => scope.stop())

function begin(text: string, isDone = false) {
  const source = ref(text)
  const done = ref(isDone)
  const blocks = scope.run(() => useMarkdown(() => source.value, () => done.value))
  if (!blocks) throw new Error('the scope has ended')
  return { source, done, text: () => JSON.stringify(blocks.value), blocks }
}

describe('useMarkdown', () => {
  it('shows a finished text at once', () => {
    expect(begin('# 一\n\n二', true).blocks.value).toEqual(parseMarkdown('# 一\n\n二'))
  })

  it('shows every change of a text that grows', async () => {
    const { source, done, text } = begin('一')
    source.value = '一二'
    await nextTick()
    expect(text()).toContain('一二')
    source.value = '一二三'
    done.value = true
    await nextTick()
    expect(text()).toContain('一二三')
  })

  it('starts over when the text is another one', async () => {
    const { source, done, blocks } = begin('# 旧\n\n旧', true)
    source.value = '新'
    await nextTick()
    expect(blocks.value).toEqual(parseMarkdown('新'))
    done.value = false
    source.value = '新的'
    await nextTick()
    expect(JSON.stringify(blocks.value)).toContain('新的')
  })
})
