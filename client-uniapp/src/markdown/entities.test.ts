import { expect, it } from 'vitest'

import { decodeEntities } from './entities'

it('resolves the names it knows and leaves the others', () => {
  expect(decodeEntities('a &lt; b &amp;&amp; c&nbsp;d &constructor; &x;')).toBe(
    'a < b && c\u00A0d &constructor; &x;',
  )
})

it('knows all of HTML 4', () => {
  expect(decodeEntities('&yuml;&Omega;&omega;&frac34;&sup2;&apos;&hellip;&rArr;&lang;')).toBe("ÿΩω¾²'…⇒⟨")
})
