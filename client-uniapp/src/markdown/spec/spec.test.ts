import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { tests } from 'commonmark-spec'
import { expect, it, vi } from 'vitest'

import { parseMarkdown } from '../stream'
import { EXCEPTIONS } from './exceptions'
import { shapesOfBlocks } from './from_blocks'
import { shapesOfHtml } from './from_html'

/** The examples link to `/url` and the like, which no tap may open; what is read is compared here. */
vi.mock('../link', async (load) => ({
  ...(await load<typeof import('../link')>()),
  safeLink: (href: string) => href,
  pictureHost: () => 'host',
}))

const TIMEOUT_MS = 60_000
const RAW_HTML = ['HTML blocks', 'Raw HTML']
const examples = tests.filter(({ section }) => !RAW_HTML.includes(section))
const excepted = EXCEPTIONS.flatMap((exception) => exception.examples)
const document = readFileSync(
  fileURLToPath(new URL('../../../../docs/markdown.md', import.meta.url)),
  'utf8',
)

/** The specification writes tabs as arrows. */
function passes(markdown: string, html: string): boolean {
  const ours = shapesOfBlocks(parseMarkdown(markdown.replace(/→/g, '\t')))
  return ours.join('\n') === shapesOfHtml(html.replace(/→/g, '\t')).join('\n')
}

it('every example of CommonMark gives the reference blocks, but for the exceptions', () => {
  const failed = examples.filter(({ markdown, html }) => !passes(markdown, html))
  expect(failed.map(({ number }) => number)).toEqual([...excepted].sort((a, b) => a - b))
}, TIMEOUT_MS)

it('the document tells the same numbers and reasons', () => {
  expect(document).toContain(`${examples.length - excepted.length} / ${examples.length}`)
  for (const { zh, en, examples: numbers } of EXCEPTIONS) {
    expect(document).toContain(`| ${zh} | ${en} | ${numbers.join(', ')} |`)
  }
})

it('a difference is seen', () => {
  expect(passes('- a\n\n  b', '<ul><li><p>a</p></li></ul><p>b</p>')).toBe(false)
  expect(passes('**a**', '<p><em>a</em></p>')).toBe(false)
  expect(passes('[a](b)', '<p><a href="c">a</a></p>')).toBe(false)
})
