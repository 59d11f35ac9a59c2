import { expect, it } from 'vitest'

import { noteText } from './notes'
import { parseMarkdown } from './stream'

const blocks = parseMarkdown(
  '甲[^1] 乙[^Sea]\n\n[^1]: **瑞利**散射\n\n    [更多](https://a.cn)\n\n[^sea]: 反射 $x$\n\n文末',
)

it('is all that stands under the name, as plain text', () => {
  expect(noteText(blocks, '1')).toBe('瑞利散射 更多')
  expect(noteText(blocks, 'Sea')).toBe('反射 $x$')
})

it('is nothing for a name without a definition', () => {
  expect(noteText(blocks, '2')).toBe('')
})
