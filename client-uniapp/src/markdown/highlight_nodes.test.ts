import { describe, expect, it } from 'vitest'

import { highlightNodes } from './highlight_nodes'
import type { RichNode } from './rich_text'

function text(nodes: readonly RichNode[]): string {
  return nodes.map((node) => (node.type === 'text' ? node.text : text(node.children))).join('')
}

const LANGUAGES = [
  'python', 'javascript', 'typescript', 'json', 'bash', 'html', 'xml', 'css', 'java', 'c', 'cpp',
  'go', 'rust', 'sql', 'yaml', 'markdown', 'diff', 'py', 'js', 'ts', 'sh', 'vue', 'c++', 'golang',
]

describe('highlightNodes', () => {
  it.each(LANGUAGES)('knows %s', async (language) => {
    expect(await highlightNodes('x', language)).not.toBeNull()
  })

  it('colours words and loses no character', async () => {
    const code = 'def f(a):\n    return "<b>&lt;" + a  # 注释'
    const nodes = (await highlightNodes(code, 'python')) ?? []
    expect(JSON.stringify(nodes)).toContain('hljs-keyword')
    expect(text(nodes).replace(/&amp;/g, '&')).toBe(code)
  })

  it('guesses no language and colours no endless text', async () => {
    expect(await highlightNodes('def f(): pass', '')).toBeNull()
    expect(await highlightNodes('def f(): pass', 'nosuch')).toBeNull()
    expect(await highlightNodes('x = 1\n'.repeat(10_000), 'python')).toBeNull()
  })
})
