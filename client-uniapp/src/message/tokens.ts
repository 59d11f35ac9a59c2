/** How many tokens a text is, as far as that can be estimated without the model's tokenizer. */

/** From here on a letter is about as long as a word: Chinese, Japanese, Korean. */
const FIRST_WIDE = 0x2e80
const PER_WIDE = 0.7
const PER_NARROW = 0.25

/** To two digits: more would look measured. */
export function estimatedTokens(texts: readonly string[]): number {
  const exact = texts.reduce((sum, text) => sum + tokensOf(text), 0)
  return Number(Math.ceil(exact).toPrecision(2))
}

function tokensOf(text: string): number {
  let wide = 0
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) >= FIRST_WIDE) wide += 1
  return wide * PER_WIDE + (text.length - wide) * PER_NARROW
}
