import { inlineMath } from './math'

interface Span {
  readonly start: number
  readonly end: number
}

/** The length of the code span at `at`; 0 if no run of as many backticks closes it. */
function codeLength(row: string, at: number): number {
  const opening = /^`*/.exec(row.slice(at))?.[0].length ?? 0
  for (const { 0: run, index = 0 } of row.slice(at + opening).matchAll(/`+/g)) {
    if (run.length === opening) return 2 * opening + index
  }
  return 0
}

function formulaLength(row: string, at: number): number {
  return inlineMath(row.slice(at), row.slice(Math.max(0, at - 1), at))?.raw.length ?? 0
}

/** How many characters at `at` belong together, whatever pipes are among them. */
function unitLength(row: string, at: number, hasFormulas: boolean): number {
  const sign = row.charAt(at)
  if (sign === '`') return codeLength(row, at) || (/^`+/.exec(row.slice(at))?.[0].length ?? 1)
  if (sign !== '$' && sign !== '\\') return 1
  const formula = hasFormulas ? formulaLength(row, at) : 0
  return formula || (sign === '\\' ? 2 : 1)
}

function spansBetweenPipes(row: string, hasFormulas: boolean): Span[] {
  const spans: Span[] = []
  let start = 0
  for (let at = 0; at < row.length; at += unitLength(row, at, hasFormulas)) {
    if (row.charAt(at) !== '|') continue
    spans.push({ start, end: at })
    start = at + 1
  }
  return [...spans, { start, end: row.length }]
}

/** Pipes at a row's ends separate nothing. */
function cellSpans(row: string, hasFormulas: boolean): Span[] {
  const spans = spansBetweenPipes(row, hasFormulas)
  const isBlank = (span: Span | undefined) => span && row.slice(span.start, span.end).trim() === ''
  if (isBlank(spans[0])) spans.shift()
  if (isBlank(spans[spans.length - 1])) spans.pop()
  return spans
}

/** `\|` is a pipe in a table, also in code; in a formula it is TeX. */
function unescaped(cell: string): string {
  if (!cell.includes('\\|')) return cell
  let text = ''
  for (let at = 0; at < cell.length; ) {
    const length = formulaLength(cell, at) || 1
    const isPipe = length === 1 && cell.startsWith('\\|', at)
    text += isPipe ? '|' : cell.slice(at, at + length)
    at += isPipe ? 2 : length
  }
  return text
}

/** Two prices in a row could be taken for a formula that holds the pipe between them. */
function spansOf(row: string, count: number): Span[] {
  const spans = cellSpans(row, true)
  if (spans.length >= count) return spans
  const plain = cellSpans(row, false)
  return plain.length === count ? plain : spans
}

/** `spans` of a row with what is surplus joined to the last column, but for cells without text. */
function joined(row: string, spans: readonly Span[], count: number): Span[] {
  const last = spans[spans.length - 1]
  const begin = spans[count - 1]
  if (!last || !begin || spans.length <= count) return [...spans]
  const end = begin.start + row.slice(begin.start, last.end).replace(/[|\s]+$/, '').length
  return [...spans.slice(0, count - 1), { start: begin.start, end }]
}

/**
 * The cells of a table's row of `count` columns. Pipes in code spans and formulas are no borders,
 * and where GFM drops cells without a column, they stay in the last one as they were written.
 */
export function rowCells(row: string, count: number): string[] {
  const cells = joined(row, spansOf(row, count), count).map(({ start, end }) =>
    unescaped(row.slice(start, end).trim()),
  )
  return [...cells, ...Array<string>(Math.max(0, count - cells.length)).fill('')]
}

/** How many cells a table's header has, which must be as many as `count` for it to be one. */
export function headerCount(header: string, count: number): number {
  return spansOf(header, count).length
}
