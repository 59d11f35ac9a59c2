import { Tokenizer, type Token, type Tokens } from 'marked'

import { markdownFence, type FenceEnd } from './fence'
import { foldIndex } from './fold'
import { beginsFootnote } from './footnote'
import { bareAddressLength } from './link'
import { uninterrupted } from './interruption'
import { openingAtLineEnd } from './math_block'
import { spacedLink } from './spaced_link'
import { tableToken } from './table'
import { beginsWithTag, isHalfTag } from './tags'

/** A formula, a footnote or (what marked overlooks) a list whose marker has a tab behind it. */
const INTERRUPTS_HEADING =
  /\n {0,3}(?:\$\$|\\\[|\\begin\{|<\/?details|\[\^[^\s[\]]{1,40}\]:|(?:[*+-]|\d{1,9}[.)])\t)/

/** Nobody nests deeper by hand, and thousands of `>` in a row would overflow the stack. */
const DEEPEST = 40
/**
 * Characters of one block's text searched for the end of an emphasis or a deletion; beyond, stars
 * are stars. A growing block is searched again with every delta, so that thousands of open stars
 * cost seconds.
 */
const LONGEST_SEARCH = 10_000
const BEGINS_HTML = /^ {0,3}</
/** White space behind it keeps a star from opening anything; nothing is searched then. */
const MAY_OPEN = /^(?:\*+[^\s*]|_+[^\s_]|~~[^\s~])/

/** marked's GFM with formulas, emphasis beside Chinese, and addresses that end before Chinese. */
export class AnswerTokenizer extends Tokenizer {
  private depth = 0
  private searched = 0

  begin(): void {
    this.depth = 0
  }

  /** Each block's text is searched for itself: how much is lexed at once must not matter. */
  beginText(): void {
    if (this.depth === 0) this.searched = 0
  }

  private nested<Found>(find: () => Found): Found | undefined {
    if (this.depth >= DEEPEST) return undefined
    this.depth += 1
    const found = find()
    this.depth -= 1
    return found
  }

  override blockquote(src: string) {
    return this.nested(() => super.blockquote(src))
  }

  override list(src: string) {
    return this.nested(() => super.list(src))
  }

  override link(src: string) {
    return this.nested(() => super.link(src)) ?? this.spaced(src)
  }

  private spaced(src: string) {
    const found = spacedLink(src)
    const link = found ? this.nested(() => super.link(found.bracketed)) : undefined
    return found && link ? { ...link, raw: found.raw } : undefined
  }

  override def(src: string) {
    return beginsFootnote(src) ? undefined : super.def(src)
  }

  override fences(src: string): Tokens.Code | undefined {
    const found = markdownFence(src)
    return found ? this.nestedFences(src, found) : super.fences(src)
  }

  /** Between fences longer than any inside, all lines are content to marked. */
  private nestedFences(src: string, { head, body, end, isClosed }: FenceEnd) {
    const content = src.slice(head, body)
    const runs = content.match(/`{3,}/g) ?? []
    const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)))
    const opening = src.slice(0, head).replace(/`{3,}|~{3,}/, fence)
    const code = super.fences(opening + content + (isClosed ? fence : ''))
    return code && { ...code, raw: src.slice(0, end) }
  }

  /** A block of raw HTML ends where something is folded; tags that are drawn are in paragraphs. */
  override html(src: string): Tokens.HTML | undefined {
    if (!BEGINS_HTML.test(src) || beginsWithTag(src) || isHalfTag(src)) return undefined
    const end = foldIndex(src)
    return super.html(end > 0 ? src.slice(0, end) : src)
  }

  /** A line of a tight item: what opens a formula or folds begins a block, as in a paragraph. */
  override text(src: string): Tokens.Text | undefined {
    const line = super.text(src)
    const { lastToken } = this.lexer.state
    const before = lastToken?.type === 'text' ? `${(lastToken as Tokens.Text).text}\n` : ''
    if (!line) return undefined
    const opening = openingAtLineEnd(before + line.raw + src.charAt(line.raw.length)) - before.length
    const ends = [opening, foldIndex(line.raw)].filter((at) => at > 0)
    if (ends.length === 0) return line
    this.lexer.inlineQueue.pop()
    return super.text(src.slice(0, Math.min(...ends)))
  }

  override table(src: string): Tokens.Table | undefined {
    return tableToken(src, this.rules, (text) => this.lexer.inline(text))
  }

  private search<Found extends Token>(src: string, find: () => Found | undefined) {
    if (!MAY_OPEN.test(src) || this.searched > LONGEST_SEARCH) return undefined
    const found = this.nested(find)
    this.searched += found ? found.raw.length : src.length
    return found
  }

  override del(src: string, masked: string, before = '') {
    return this.search(src, () => super.del(src, masked, before))
  }

  override emStrong(src: string, masked: string, before = '') {
    return this.search(src, () => super.emStrong(src, masked, before))
  }

  /** An underline many lines further down must not turn what was settled since into a heading. */
  override lheading(src: string): Tokens.Heading | undefined {
    const lines = uninterrupted(src)
    const text = this.rules.block.lheading.exec(lines)?.[1] ?? ''
    const begins = [openingAtLineEnd(`${text}\n`), foldIndex(text)].some((at) => at >= 0)
    return begins || INTERRUPTS_HEADING.test(text) ? undefined : super.lheading(lines)
  }

  override url(src: string): Tokens.Link | undefined {
    const link = super.url(src)
    return link && super.url(src.slice(0, bareAddressLength(link.raw)))
  }

  /** Raw HTML is text to us: an unclosed `<a>` or `<pre>` must not change what follows it. */
  override tag(src: string): Tokens.Tag | undefined {
    const { inLink, inRawBlock } = this.lexer.state
    const token = super.tag(src)
    Object.assign(this.lexer.state, { inLink, inRawBlock })
    return token
  }
}
