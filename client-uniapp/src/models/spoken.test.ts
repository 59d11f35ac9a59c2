import { describe, expect, it } from 'vitest'
import { isEnglishOnly, languageToAsk } from './spoken'

describe('the language to ask in', () => {
  it.each([
    ['the page’s, of a model of which nothing is known', [], 'zh'],
    ['the page’s, of a model that speaks it', ['zh', 'en'], 'zh'],
    ['English, of a model that speaks no Chinese', ['en'], 'en'],
    ['the page’s, where English would not help either', ['fr'], 'zh'],
  ])('is %s', (_name, languages, language) => {
    expect(languageToAsk({ languages }, 'zh')).toBe(language)
  })

  it('is the page’s before there is a model', () => {
    expect(languageToAsk(null, 'zh')).toBe('zh')
  })

  it('is the page’s with a server that does not tell languages yet', () => {
    expect(languageToAsk({} as { languages: string[] }, 'zh')).toBe('zh')
  })
})

it('takes only a model that speaks nothing else for English only', () => {
  expect(isEnglishOnly({ languages: ['en'] })).toBe(true)
  expect(isEnglishOnly({ languages: ['zh', 'en'] })).toBe(false)
  expect(isEnglishOnly({ languages: [] })).toBe(false)
})
