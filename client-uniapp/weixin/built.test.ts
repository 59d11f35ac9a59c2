import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BUILT, builtFiles } from './built'
import { compilersRun, complaints } from './compiler'

const PACKAGE_BYTES = 2 * 1024 * 1024

const files = builtFiles()
const withEnding = (ending: string) =>
  files.map(({ path }) => path).filter((path) => path.endsWith(ending))
const read = (path: string) => readFileSync(join(BUILT, path), 'utf8')

describe('the mini-program', () => {
  it('is small enough for one package', () => {
    const bytes = files.reduce((total, file) => total + file.bytes, 0)
    console.log(`mp-weixin: ${files.length} files, ${(bytes / 1000).toFixed(0)} kB of 2097`)
    expect(files.length).toBeGreaterThan(50)
    expect(bytes).toBeLessThan(PACKAGE_BYTES)
  })

  it('has every part of every component and page', () => {
    const missing = withEnding('.json')
      .filter((path) => dirname(path) !== '.')
      .flatMap((path) => ['.js', '.wxml'].map((ending) => path.replace(/\.json$/, ending)))
      .filter((path) => !files.some((file) => file.path === path))
    expect(missing).toEqual([])
  })

  it('has no two files that Windows and macOS take for one', () => {
    const folded = files.map(({ path }) => path.toLowerCase())
    expect(folded.filter((path, at) => folded.indexOf(path) !== at)).toEqual([])
  })

  it.skipIf(!compilersRun)('is accepted by WeChat’s compilers', { timeout: 60_000 }, () => {
    expect(complaints('wcsc', BUILT, withEnding('.wxss'))).toBe('')
    expect(complaints('wcc', BUILT, ['-d', ...withEnding('.wxml')])).toBe('')
  })

  it('names no tag that WeChat would make its own of', () => {
    const selectors = withEnding('.wxss').flatMap((path) =>
      [...read(path).replace(/url\([^)]*\)/g, '').matchAll(/([^{}]+)\{/g)].map(([, text = '']) => text),
    )
    const rules = selectors.filter((text) => !text.startsWith('@'))
    const tags = rules.filter((text) => /(^|[\s>+~,])(?!page\b|from\b|to\b)[a-z]/.test(text))
    expect(tags).toEqual([])
  })
})
