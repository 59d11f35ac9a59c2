import { expect, it } from 'vitest'
import { estimatedTokens } from './tokens'

it.each([
  [[], 0],
  [['hello world, this is a test of it'], 9],
  [['天空为什么是蓝色的？'], 7],
  [['x'.repeat(50_000), '字'.repeat(10_000)], 20_000],
])('of %j are about so many: %#', (texts, tokens) => {
  expect(estimatedTokens(texts)).toBe(tokens)
})
