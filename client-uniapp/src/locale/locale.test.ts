import { expect, it } from 'vitest'
import { en } from './en'
import { zh } from './zh'

type Tree = { [key: string]: string | Tree }

function placeholders(tree: Tree): Record<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[key, (value.match(/\{\w+\}/g) ?? []).sort().join()]]
      : Object.entries(placeholders(value)).map(([below, marks]) => [`${key}.${below}`, marks]),
  )
  return Object.fromEntries(entries)
}

it('has the same places to fill in every language', () => {
  expect(placeholders(en)).toEqual(placeholders(zh))
})

function sentencesOf(tree: Tree): string[] {
  return Object.values(tree).flatMap((value) =>
    typeof value === 'string' ? [value] : sentencesOf(value),
  )
}

it.each([
  ['zh', zh],
  ['en', en],
] as const)('quotes the signs that mean something to vue-i18n, in %s', (_locale, tree) => {
  const bare = sentencesOf(tree).map((sentence) => sentence.replace(/\{'[^']*'\}/g, ''))
  expect(bare.filter((sentence) => /[@|]/.test(sentence))).toEqual([])
})
