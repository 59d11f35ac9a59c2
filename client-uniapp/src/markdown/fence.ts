/**
 * Where a fence of Markdown ends. A README that a model writes into ```` ```markdown ```` has
 * fences of its own, and CommonMark would end the outer one at the first inner closing.
 */

interface Fence {
  readonly sign: string
  readonly length: number
  readonly indent: number
  readonly info: string
}

const FENCE = /^([ \t]*)(`{3,}|~{3,})[ \t]*(.*?)[ \t]*$/
const OPENING = /^ {0,3}(?:`{3,}|~{3,})[ \t]*(?:markdown|md|mdx)(?![\w+#-])[^\n]*(?:\n|$)/i
const MARKDOWN = /^(?:markdown|md|mdx)(?![\w+#-])/i
/** What is right above an unnamed fence that opens: a heading, `…：`, a bold line or an item. */
const ANNOUNCES = /^\s*(?:#{1,6}\s|(?:[-*+]|\d{1,9}[.)])\s)|[:：]\s*$|^\s*\*\*.*\*\*\s*$/

function fenceOf(line: string): Fence | null {
  const [, indent = '', run = '', info = ''] = FENCE.exec(line) ?? []
  const sign = run.charAt(0)
  if (run === '' || (sign === '`' && info.includes('`'))) return null
  return { sign, length: run.length, indent: indent.length, info }
}

function closes(fence: Fence, open: Fence): boolean {
  return fence.info === '' && fence.sign === open.sign && fence.length >= open.length
}

/**
 * Whether a fence without a name, which could close `outer`, begins a block in it instead. Only the
 * lines right above and below are looked at, so that a text that grows is read the same way.
 */
function opensUnnamed(fence: Fence, outer: Fence, above: string, below: string): boolean {
  if (below.trim() === '') return false
  return fence.indent > outer.indent + 1 || above.trim() === '' || ANNOUNCES.test(above)
}

/** Reads the lines behind an opening fence of Markdown one by one. */
class MarkdownFence {
  isClosed = false
  private readonly inner: Fence[] = []

  constructor(private readonly outer: Fence) {}

  get isTop(): boolean {
    return this.inner.length === 0
  }

  /** `above` is null for the first line. */
  read(line: string, above: string | null, below: string): void {
    const fence = fenceOf(line)
    if (!fence) return
    const open = this.inner[this.inner.length - 1]
    const isLonger = open && this.outer.length > open.length && closes(fence, this.outer)
    if (isLonger || (!open && this.endsOuter(fence, above, below))) this.isClosed = true
    else if (open && closes(fence, open)) this.inner.pop()
    else if (!open || (MARKDOWN.test(open.info) && fence.info !== '')) this.inner.push(fence)
  }

  private endsOuter(fence: Fence, above: string | null, below: string): boolean {
    if (!closes(fence, this.outer)) return false
    return above === null || !opensUnnamed(fence, this.outer, above, below)
  }
}

/** A fence of Markdown at the start of a text. */
export interface FenceEnd {
  /** Where its opening line ends, its content ends, and all of it. */
  readonly head: number
  readonly body: number
  readonly end: number
  readonly isClosed: boolean
  /** A whole line before which all may be cut out without a change in how the others are read. */
  readonly safe: number
}

/** Where the fence of Markdown at the start of `src` ends; null if there is none. */
export function markdownFence(src: string): FenceEnd | null {
  const head = OPENING.exec(src)?.[0].length ?? 0
  const outer = fenceOf(src.slice(0, head).trimEnd())
  if (!outer) return null
  const fence = new MarkdownFence(outer)
  const lines = src.slice(head).split('\n')
  let at = head
  let safe = head
  for (const [index, line] of lines.entries()) {
    if (fence.isTop && index < lines.length - 1 && !fenceOf(line)) safe = at
    fence.read(line, lines[index - 1] ?? null, lines[index + 1] ?? '')
    if (fence.isClosed) return { head, body: at, end: at + line.length, isClosed: true, safe }
    at += line.length + 1
  }
  return { head, body: src.length, end: src.length, isClosed: false, safe }
}

/** Whether the last line is a fence of the opening one's kind, at least as long. */
export function isFenceClosed(raw: string): boolean {
  const nested = markdownFence(raw.trimEnd())
  if (nested) return nested.isClosed
  const lines = raw.trim().split('\n')
  const fence = /^(?:`{3,}|~{3,})/.exec(lines[0] ?? '')?.[0] ?? ''
  const last = lines.length > 1 ? (lines[lines.length - 1] ?? '').trim() : ''
  return last.startsWith(fence) && last.split(fence.charAt(0)).join('') === ''
}
