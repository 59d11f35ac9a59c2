import { describe, expect, it } from 'vitest'

import { runsOf } from './plain.fixture'

describe('inline runs', () => {
  it('nest marks and links without nesting', () => {
    expect(runsOf('a [**b** c](https://d.cn) `e`')).toEqual([
      { kind: 'text', text: 'a ', marks: {} },
      { kind: 'link', text: 'b', marks: { strong: true }, href: 'https://d.cn' },
      { kind: 'link', text: ' c', marks: {}, href: 'https://d.cn' },
      { kind: 'text', text: ' ', marks: {} },
      { kind: 'text', text: 'e', marks: { code: true } },
    ])
  })

  it('show every line end of the source', () => {
    expect(runsOf('一\n二  \n三<br>四').map(({ kind }) => kind)).toEqual([
      'text', 'break', 'text', 'break', 'text', 'break', 'text',
    ])
  })

  it('drop the white space at the ends of lines', () => {
    expect(runsOf('  一 \n   **二** \n`三 `')).toEqual([
      { kind: 'text', text: '一', marks: {} },
      { kind: 'break' },
      { kind: 'text', text: '二', marks: { strong: true } },
      { kind: 'break' },
      { kind: 'text', text: '三 ', marks: { code: true } },
    ])
  })

  it('name a picture without the marks in its name', () => {
    expect(runsOf('看 ![**猫** [与](x) `狗`](https://a.cn/c.png)')[1]).toMatchObject({ alt: '猫 与 狗' })
  })

  it('join text that was escaped or referenced', () => {
    expect(runsOf('a \\* b &lt;c&gt; &#39;d&#39; &nosuch; [e] AT&T')).toEqual([
      { kind: 'text', text: "a * b <c> 'd' &nosuch; [e] AT&T", marks: {} },
    ])
  })

  it('show raw tags as text, whatever they leave open', () => {
    expect(runsOf('<a href="x"> https://b.cn <kbd>&amp;')).toEqual([
      { kind: 'text', text: '<a href="x"> ', marks: {} },
      { kind: 'link', text: 'https://b.cn', marks: {}, href: 'https://b.cn' },
      { kind: 'text', text: ' <kbd>&', marks: {} },
    ])
  })

  it('keep a picture for a tap, and text for one that cannot be fetched', () => {
    expect(runsOf('看 ![猫](https://a.cn/c.png)')[1]).toEqual({
      kind: 'image', alt: '猫', url: 'https://a.cn/c.png', host: 'a.cn',
    })
    expect(runsOf('看 ![猫](data:image/png;base64,AA)')).toEqual([{ kind: 'text', text: '看 猫', marks: {} }])
  })
})
