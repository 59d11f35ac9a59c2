import { expect, it } from 'vitest'

import { withoutMindmap } from './mindmap'

it('is drawn as a tree from left to right', () => {
  const source = 'mindmap\n  root((周末))\n    a[爬山]\n      ::icon(fa fa-book)\n      早起 "走"\n    在家\n'
  expect(withoutMindmap(source).split('\n')).toEqual([
    'flowchart LR',
    'n0("周末")',
    'n1("爬山")',
    'n0 --- n1',
    'n2("早起 #34;走")',
    'n1 --- n2',
    'n3("在家")',
    'n0 --- n3',
  ])
})

it('leaves every other diagram as it is', () => {
  expect(withoutMindmap('flowchart TD\nmindmap --> b')).toBe('flowchart TD\nmindmap --> b')
})
