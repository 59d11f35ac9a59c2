import type { MarkedToken, Token, Tokens } from 'marked'

import { MARKS, type Marks, type Run, type Runs } from './blocks'
import { decodeEntities } from './entities'
import type { NoteToken } from './footnote'
import { pictureHost, safeLink, withoutSpaces } from './link'
import type { MathToken } from './math'
import { isBreakTag, pairedTags } from './tags'
import { trimmedRuns } from './trimmed_runs'

interface Style {
  readonly marks: Marks
  readonly href: string | null
}

const PLAIN: Style = { marks: {}, href: null }
const BREAK: Run = { kind: 'break' }

function marked(style: Style, mark: keyof Marks): Style {
  return { ...style, marks: { ...style.marks, [mark]: true } }
}

function piece(text: string, { marks, href }: Style): Run {
  return href === null ? { kind: 'text', text, marks } : { kind: 'link', text, marks, href }
}

/** A single line end in the source is shown as one: Chinese has no space to put in its place. */
function textRuns(text: string, style: Style): Run[] {
  return text.split('\n').flatMap((line, index) => {
    const runs: Run[] = line ? [piece(line, style)] : []
    return index > 0 ? [BREAK, ...runs] : runs
  })
}

function linkRuns(token: Tokens.Link, style: Style): Run[] {
  const href = safeLink(decodeEntities(token.href))
  return tokensToRuns(token.tokens, href === null ? style : { ...style, href })
}

/** What a picture is called, without the marks and links in its name. */
function nameOf(tokens: readonly Token[]): string {
  return tokensToRuns(tokens, PLAIN).map(spoken).join('')
}

function spoken(run: Run): string {
  if (run.kind === 'break') return '\n'
  if (run.kind === 'image') return run.alt
  if (run.kind === 'note') return `[^${run.label}]`
  return run.kind === 'math' ? run.source : run.text
}

function imageRuns(token: Tokens.Image, style: Style): Run[] {
  const url = withoutSpaces(decodeEntities(token.href).trim())
  const host = pictureHost(url)
  const alt = nameOf(token.tokens)
  if (host === null) return textRuns(alt || url, style)
  return [{ kind: 'image', alt, url, host }]
}

function mathRun({ tex, display, raw }: MathToken): Run {
  return { kind: 'math', tex, display, source: raw }
}

function isMath(token: Token): token is MathToken {
  return token.type === 'math'
}

function isNote(token: Token): token is NoteToken {
  return token.type === 'note'
}

function tokenRuns(token: Token, style: Style): Run[] {
  if (isMath(token)) return [mathRun(token)]
  if (isNote(token)) return [{ kind: 'note', label: token.label }]
  const known = token as MarkedToken
  switch (known.type) {
    case 'strong':
    case 'em':
    case 'del':
      return tokensToRuns(known.tokens, marked(style, known.type))
    case 'codespan':
      return [piece(known.text, marked(style, 'code'))]
    case 'br':
      return [BREAK]
    case 'link':
      return linkRuns(known, style)
    case 'image':
      return imageRuns(known, style)
    case 'html':
      return isBreakTag(known.raw) ? [BREAK] : textRuns(known.raw, style)
    case 'escape':
      return textRuns(known.text, style)
    case 'text':
      return known.tokens
        ? tokensToRuns(known.tokens, style)
        : textRuns(decodeEntities(known.text), style)
    case 'checkbox':
      return []
    default:
      return textRuns(token.raw, style)
  }
}

/** The marks that tags have switched on: as many times as they are open, a mark is one mark. */
class MarksOn {
  style: Style
  private readonly depths = new Map<keyof Marks, number>()

  constructor(private readonly outer: Style) {
    this.style = outer
  }

  turn(mark: keyof Marks, by: 1 | -1): void {
    const depth = (this.depths.get(mark) ?? 0) + by
    this.depths.set(mark, depth)
    if (depth > (by > 0 ? 1 : 0)) return
    const on = [...this.depths].flatMap(([one, count]) => (count > 0 ? [one] : []))
    this.style = on.reduce(marked, this.outer)
  }
}

function tokensToRuns(tokens: readonly Token[], style: Style): Run[] {
  const tags = pairedTags(tokens)
  const on = new MarksOn(style)
  return tokens.reduce<Run[]>((runs, token, index) => {
    const mark = tags.get(index)
    if (mark === undefined) return joinRuns(runs, tokenRuns(token, on.style))
    on.turn(mark, token.raw.startsWith('</') ? -1 : 1)
    return runs
  }, [])
}

/** Keys beside each other are pressed one by one. */
function sameStyle(one: Run, other: Run): boolean {
  if (one.kind === 'text' && other.kind === 'text') {
    return !one.marks.kbd && sameMarks(one.marks, other.marks)
  }
  if (one.kind !== 'link' || other.kind !== 'link') return false
  return one.href === other.href && sameMarks(one.marks, other.marks)
}

function sameMarks(one: Marks, other: Marks): boolean {
  return MARKS.every((mark) => one[mark] === other[mark])
}

/** marked splits text at every escape and bracket; fewer runs are fewer elements. */
function joinRuns(runs: Run[], more: readonly Run[]): Run[] {
  for (const run of more) {
    const last = runs[runs.length - 1]
    const joins = last !== undefined && sameStyle(last, run)
    if (joins && 'text' in last && 'text' in run) {
      runs[runs.length - 1] = { ...last, text: last.text + run.text }
    } else {
      runs.push(run)
    }
  }
  return runs
}

/** The runs of a paragraph's, a heading's or a table cell's inline tokens. */
export function inlineRuns(tokens: readonly Token[]): Runs {
  return trimmedRuns(tokensToRuns(tokens, PLAIN))
}
