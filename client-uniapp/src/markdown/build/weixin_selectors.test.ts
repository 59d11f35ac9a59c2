import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import postcss from 'postcss'
import { expect, it } from 'vitest'
import { weixinSelectors } from './weixin_selectors'

const sheet = readFileSync(createRequire(import.meta.url).resolve('katex/dist/katex.min.css'), 'utf8')

it('leaves no tag in KaTeX’s selectors and keeps how fractions are set', async () => {
  const { root } = await postcss([weixinSelectors()]).process(sheet, { from: undefined })
  const selectors: string[] = []
  root.walkRules((rule) => void selectors.push(...rule.selectors))
  expect(selectors.filter((selector) => /(^|[\s>+~])[a-z*]/.test(selector))).toEqual([])
  expect(selectors).toContain('.katex .vlist>.span>.span')
})

it('leaves other rules as they are', async () => {
  const own = '.chat .title:not(.open){color:red}'
  const { css } = await postcss([weixinSelectors()]).process(own, { from: undefined })
  expect(css).toBe(own)
})
