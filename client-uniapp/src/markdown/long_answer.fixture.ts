const SECTION = (number: number) => `## ${number}. 牛顿第二定律 Newton's second law

**注意：**物体的加速度与合外力成正比，其中 $F = ma$，参见 [维基](https://example.com/wiki)。
第二行紧接着第一行，*不空行*。

1. 选定研究对象
   - 画出受力图
   - 列方程
2. **解方程：**求出 \\(a\\)

| 量 | 单位 | 说明 |
|:---|:---:|---:|
| 力 | N | 牛顿 |
| 质量 | kg | 千克 |

\`\`\`python
def force(mass: float, acceleration: float) -> float:
    return mass * acceleration  # newton
\`\`\`

$$
F = m \\frac{dv}{dt}
$$

> 引用一句话。
`

/** An answer with every common construct, in Chinese and English. */
export function longAnswer(sections: number): string {
  return Array.from({ length: sections }, (_, index) => SECTION(index + 1)).join('\n')
}

/** One fenced code block, table and list that never end: each grows as one block. */
export function longBlocks(lines: number): Record<'code' | 'table' | 'list', string> {
  const repeat = (line: (number: number) => string) => Array.from({ length: lines }, (_, n) => line(n))
  return {
    code: ['```python', ...repeat((n) => `value_${n} = compute(${n}, "text")`)].join('\n'),
    table: ['| a | b |', '|---|---|', ...repeat((n) => `| cell ${n} | **bold** ${n} |`)].join('\n'),
    list: repeat((n) => `${n + 1}. 第 ${n} 项，**重点：**内容在这里`).join('\n'),
  }
}
