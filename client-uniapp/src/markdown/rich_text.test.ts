import { describe, expect, it } from 'vitest'

import { richNodes, type RichNode } from './rich_text'

function text(nodes: readonly RichNode[]): string {
  return nodes.map((node) => (node.type === 'text' ? node.text : text(node.children))).join('')
}

describe('richNodes', () => {
  it('keeps nesting, classes and styles', () => {
    expect(richNodes('a<span class="b" style="top:1em;" id="c">d<span>e</span></span>')).toEqual([
      { type: 'text', text: 'a' },
      {
        type: 'node',
        name: 'span',
        attrs: { class: 'b', style: 'top:1em;' },
        children: [
          { type: 'text', text: 'd' },
          { type: 'node', name: 'span', attrs: {}, children: [{ type: 'text', text: 'e' }] },
        ],
      },
    ])
  })

  it('leaves one level of references for rich-text to resolve', () => {
    expect(text(richNodes('&lt;b&gt; &amp;lt; &quot;x&#x27;'))).toBe('<b> &amp;lt; "x\'')
  })

  it('turns pictures into masks that take the colour of the text', () => {
    const [node] = richNodes('<svg width="1em" style="width:2em" viewBox="0 0 1 1"><path d="M0"/></svg>')
    const style = node?.type === 'node' ? node.attrs.style ?? '' : ''
    expect(style).toMatch(/^background-color:currentColor;.*;width:2em$/)
    expect(decodeURIComponent(/url\("(.*?)"\)/.exec(style)?.[1] ?? '')).toContain('<svg viewBox="0 0 1 1"><path d="M0"/></svg>')
  })

  it('leaves out every other tag', () => {
    expect(JSON.stringify(richNodes('a<img src="x" onerror="y"><script>b'))).toBe(
      JSON.stringify([{ type: 'text', text: 'a' }, { type: 'text', text: 'b' }]),
    )
  })
})
