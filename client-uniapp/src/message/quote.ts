/** What somebody answers to, put before their words as a Markdown quotation. */

export interface Quoted {
  /** Empty where nothing is quoted. */
  quote: string
  words: string
}

export function withQuote(quote: string, words: string): string {
  return quote === '' ? words : `${quotation(quote)}\n\n${words}`
}

/** Takes apart what `withQuote` has put together; other texts have no quote. */
export function splitQuote(content: string): Quoted {
  const lines = content.split('\n')
  const end = lines.findIndex((line) => !line.startsWith('>'))
  const words = lines.slice(end).join('\n').trim()
  if (end <= 0 || words === '') return { quote: '', words: content }
  const quote = lines.slice(0, end).map((line) => line.replace(/^> ?/, ''))
  return { quote: quote.join('\n'), words }
}

function quotation(text: string): string {
  const lines = text.trim().split('\n')
  return lines.map((line) => (line.trim() === '' ? '>' : `> ${line}`)).join('\n')
}
