import { expect, it } from 'vitest'
import { spansAsClasses } from './richText'

it('gives every span a class of its name', () => {
  expect(spansAsClasses('<span class="vlist"><span style="top:1em"><span>x</span></span></span>')).toBe(
    '<span class="span vlist"><span class="span" style="top:1em"><span class="span">x</span></span></span>',
  )
})
