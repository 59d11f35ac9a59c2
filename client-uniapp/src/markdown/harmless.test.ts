import { expect, it } from 'vitest'

import { harmless } from './harmless'

it.each([
  ['A["<img src=x>"] --> B', 'A["#lt;img src=x>"] --> B'],
  ["A[\"</b><a href='x'>\"]", "A[\"#lt;/b>#lt;a href='x'>\"]"],
  ['A@{ "img": "https://a.cn/b.png", w: 60 }', 'A@{ "picture": "https://a.cn/b.png", w: 60 }'],
  ['A@{ img : x }\nB@{shape: rect}', 'A@{ picture : x }\nB@{shape: rect}'],
])('%s', (source, expected) => {
  expect(harmless(source)).toBe(expected)
})

it.each(['A <--> B', 'class C {\n <<interface>>\n}', 'A["one<br/>two<br>three"]', 'A <|-- B', 'img: 1'])(
  'leaves %s alone',
  (source) => expect(harmless(source)).toBe(source),
)
