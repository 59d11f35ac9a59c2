import type { Snippet } from '../protocol/rest'

export interface SnippetPart {
  text: string
  isMarked: boolean
}

/** The snippet on one line, cut at its marks; an emoji counts as one character. */
export function snippetParts({ text, marks, before, after }: Snippet): SnippetPart[] {
  const letters = [...text].map((letter) => (/\s/.test(letter) ? ' ' : letter))
  const parts: SnippetPart[] = []
  const add = (from: number, to: number, isMarked: boolean) => {
    if (to > from) parts.push({ text: letters.slice(from, to).join(''), isMarked })
  }
  let at = 0
  for (const [begin, end] of marks) {
    add(at, begin, false)
    add(begin, end, true)
    at = end
  }
  add(at, letters.length, false)
  if (before) parts.unshift({ text: '…', isMarked: false })
  if (after) parts.push({ text: '…', isMarked: false })
  return parts
}
