// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'

import { textOfFragment, textWithFormulas } from './selectionText'

const MATH = '<span class="katex">E=mc<span>\u200B</span>2</span>'
const inline = `<rich-text class="math" aria-label="E=mc^2">${MATH}</rich-text>`
const display = `<rich-text class="math math-display" aria-label="a+b">${MATH}</rich-text>`

function page(markup: string): HTMLElement {
  document.body.innerHTML = markup
  return document.body
}

function block(content: string, rail = ''): string {
  return `<view class="block">${rail}<view class="block-content"><view class="runs">${content}</view></view></view>`
}

function selected(from: Node, to: Node): string | null {
  const selection = window.getSelection()
  const range = document.createRange()
  range.setStart(from, 0)
  range.setEnd(to, to.childNodes.length || (to.textContent?.length ?? 0))
  selection?.removeAllRanges()
  selection?.addRange(range)
  return selection && textWithFormulas(selection)
}

describe('a formula that is copied (M9)', () => {
  it('gives its TeX between the text around it', () => {
    expect(textOfFragment(page(block(`<text>能量 </text>${inline}<text> 守恒</text>`)))).toBe('能量 $E=mc^2$ 守恒')
  })

  it('stands on its own line where it is set so', () => {
    expect(textOfFragment(page(block('<text>即</text>') + block(display) + block('<text>完</text>')))).toBe(
      '即\n$$a+b$$\n完',
    )
  })

  it('has no dollars around an environment of its own', () => {
    const tex = '\\begin{align}a\\end{align}'
    const formula = `<rich-text class="math math-display" aria-label="${tex}">${MATH}</rich-text>`
    expect(textOfFragment(page(formula))).toBe(tex)
  })

  it('keeps lists, tables and what is folded as they are shown', () => {
    const rail = '<view class="rail-item"><text class="marker-number">3.</text></view>'
    const row = `<view class="table-row"><view class="table-cell"><view class="runs">${inline}</view></view><view class="table-cell">b</view></view>`
    const hidden = '<view class="block" style="display: none;"><text>藏</text></view>'
    expect(textOfFragment(page(block(`<text>项</text>${inline}`, rail) + row + hidden))).toBe(
      '3. 项$E=mc^2$\n$E=mc^2$\tb',
    )
  })

  it('is whole where the selection begins or ends inside it', () => {
    const body = page(block(`<text>甲</text>${inline}<text>乙</text>`))
    const inside = body.querySelector('.katex')
    const first = body.querySelector('text')
    expect(inside && first && selected(first, inside)).toBe('甲$E=mc^2$')
    expect(inside && selected(inside, inside)).toBe('$E=mc^2$')
  })

  it('is left to the browser where there is none', () => {
    const body = page(block('<text>甲</text>'))
    expect(selected(body, body)).toBeNull()
  })
})
