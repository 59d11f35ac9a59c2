import { describe, expect, it } from 'vitest'

import type { Row } from './blocks'
import { parseMarkdown } from './stream'

function cells(row: Row): string[] {
  return row.map((runs) =>
    runs.map((run) => ('text' in run ? run.text : run.kind === 'math' ? `TeX:${run.tex}` : run.kind)).join(''),
  )
}

function rowOf(row: string, columns = 2): string[] {
  const header = `|${' h |'.repeat(columns)}\n|${'---|'.repeat(columns)}`
  const [table] = parseMarkdown(`${header}\n${row}`)
  return table?.kind === 'table' ? cells(table.rows[0] ?? []) : []
}

describe('pipes in a table (M3)', () => {
  it.each([
    ['| `du -k | sort -nr | more` | 列出 |', ['du -k | sort -nr | more', '列出']],
    ['| ``a|b`` 和 `c||d` | e |', ['a|b 和 c||d', 'e']],
    ['| `a \\| b` | c \\| d |', ['a | b', 'c | d']],
    ['| $|x|$ | 绝对值 |', ['TeX:|x|', '绝对值']],
    ['| \\(|a|\\) | \\[|b|\\] |', ['TeX:|a|', 'TeX:|b|']],
    ['| $P(A|B)$ | $$P(B|A)$$ |', ['TeX:P(A|B)', 'TeX:P(B|A)']],
    ['| $\\|w\\|_2$ | 范数 |', ['TeX:\\|w\\|_2', '范数']],
    ['| **`a|b`** | ~~`c|d`~~ |', ['a|b', 'c|d']],
    ['`a|b` | c', ['a|b', 'c']],
  ])('in code and formulas split no cell: %s', (row, expected) => {
    expect(rowOf(row)).toEqual(expected)
  })

  it.each([
    ['| $5 | $6 |', ['$5', '$6']],
    ['|$5|$6|', ['$5', '$6']],
    ['| ` | 反引号 |', ['`', '反引号']],
    ['| \\` | ` |', ['`', '`']],
    ['| a \\\\| b |', ['a \\', 'b']],
  ])('of other cells do: %s', (row, expected) => {
    expect(rowOf(row)).toEqual(expected)
  })

  it.each([
    ['| 1 | 2 | 3 | 4 |', ['1', '2 | 3 | 4']],
    ['| a | b || |', ['a', 'b']],
    ['| 1 |', ['1', '']],
    ['| a | x | `b|c` |', ['a', 'x | b|c']],
  ])('without a column for their cell join the last: %s', (row, expected) => {
    expect(rowOf(row)).toEqual(expected)
  })

  it('of a header are read the same way', () => {
    const [table] = parseMarkdown('| `a|b` | $|x|$ |\n|:-:|--:|\n| 1 | 2 |')
    expect(table).toMatchObject({ kind: 'table', align: ['center', 'right'] })
    expect(table?.kind === 'table' && cells(table.header)).toEqual(['a|b', 'TeX:|x|'])
  })
})
