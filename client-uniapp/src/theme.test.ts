import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { GROUND } from './platform/theme'
import { contrast } from './testing/contrast'

const css = readFileSync(new URL('./theme.css', import.meta.url), 'utf8')
const page = readFileSync(new URL('../index.html', import.meta.url), 'utf8')

const GROUNDS = ['ground', 'side', 'raised', 'pressed', 'bubble', 'code-ground', 'danger-ground']
const TEXTS = ['text', 'text-soft', 'accent', 'danger']
const CODE_TEXTS = ['code-keyword', 'code-string', 'code-number', 'code-title']

/** The colours of one theme by name, out of the style sheet itself. */
function coloursOf(theme: string): Map<string, string> {
  const block = css.split(`\n.theme-${theme} {`)[1]?.split('}')[0] ?? ''
  const found = block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)
  return new Map(Array.from(found, ([, name = '', hex = '']) => [name, hex]))
}

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  const colours = coloursOf(theme)
  const colour = (name: string): string => {
    const found = colours.get(name)
    if (!found) throw new Error(`theme.css has no --${name} for ${theme}`)
    return found
  }
  const pairs = [
    ...TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground])),
    ...CODE_TEXTS.map((text) => [text, 'code-ground']),
    ['on-accent', 'accent'],
    ['ground', 'text'],
  ]

  it.each(pairs)('shows %s on %s with the contrast AA asks of text', (text, ground) => {
    expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['ground', 'side', 'raised'])('shows the edge of a field on %s', (ground) => {
    expect(contrast(colour('edge'), colour(ground))).toBeGreaterThanOrEqual(3)
  })

  it('is the same where no style sheet reaches', () => {
    expect(GROUND[theme]).toBe(colour('ground'))
    expect(page).toContain(`content="${colour('ground')}" media="(prefers-color-scheme: ${theme})"`)
  })
})

it('has every colour in both themes', () => {
  expect([...coloursOf('dark').keys()]).toEqual([...coloursOf('light').keys()])
})
