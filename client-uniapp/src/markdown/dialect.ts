import { Marked, Tokenizer, type Links, type Rules, type Token, type Tokens } from 'marked'

import { emphasisRules } from './emphasis'
import { AnswerLexer, footnoteBlock, noteInline } from './footnote'
import { bareAddressLength } from './link'
import { maskMath, mathBlock, mathInline } from './math'

/** A formula, a footnote or (what marked overlooks) a list whose marker has a tab behind it. */
const INTERRUPTS_HEADING =
  /\n {0,3}(?:\$\$|\\\[|\[\^[^\s[\]]{1,40}\]:|(?:[*+-]|\d{1,9}[.)])\t)/

/** Nobody nests deeper by hand, and thousands of `>` in a row would overflow the stack. */
const DEEPEST = 40
/**
 * Characters of one block's text searched for the end of an emphasis or a deletion; beyond, stars
 * are stars. A growing block is searched again with every delta, so that thousands of open stars
 * cost seconds.
 */
const LONGEST_SEARCH = 10_000
/** White space behind it keeps a star from opening anything; nothing is searched then. */
const MAY_OPEN = /^(?:\*+[^\s*]|_+[^\s_]|~~?[^\s~])/

/** marked's GFM with formulas, emphasis beside Chinese, and addresses that end before Chinese. */
class AnswerTokenizer extends Tokenizer {
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
    return this.nested(() => super.link(src))
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
    return this.search(src, () => super.emStrong(src, maskMath(src, masked), before))
  }

  /** An underline many lines further down must not turn what was settled since into a heading. */
  override lheading(src: string): Tokens.Heading | undefined {
    const text = this.rules.block.lheading.exec(src)?.[1] ?? ''
    return INTERRUPTS_HEADING.test(text) ? undefined : super.lheading(src)
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

const tokenizer = new AnswerTokenizer()

class BoundedLexer extends AnswerLexer {
  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    tokenizer.beginText()
    return super.inlineTokens(src, tokens)
  }
}

const options = {
  ...new Marked({ gfm: true, extensions: [mathBlock, mathInline, footnoteBlock, noteInline] }).defaults,
  tokenizer,
}

/**
 * marked's rule for how far plain text goes, which stops before a formula, too. At every mark in
 * it marked looks for an address's `@` as far as there is no white space: a text of thousands of
 * marks would be read a thousand times, and 64 characters are all that an address may have there.
 */
function textRule({ source }: RegExp): RegExp {
  return new RegExp(source.replace(/\]\+@/g, ']{1,64}@').replace('[`*~_]|', '[`*~_$]|'))
}

/** marked sets its own rules in every new lexer; ours are its rules with these exchanged. */
function answerRules(): Rules {
  new BoundedLexer(options)
  const { inline } = tokenizer.rules
  return { ...tokenizer.rules, inline: { ...inline, ...emphasisRules, text: textRule(inline.text) } }
}

const rules = answerRules()

/**
 * The tokens of `source`. `earlier` are the definitions in the text before it, which win over later
 * ones of the same name, of a text that still grows; without them `source` is the whole text.
 * Carriage returns must be gone already.
 */
export function lex(source: string, earlier?: Links): Token[] {
  const lexer = new BoundedLexer(options)
  lexer.grows = earlier !== undefined
  tokenizer.rules = rules
  tokenizer.begin()
  Object.assign(lexer.tokens.links, earlier)
  return lexer.lex(source)
}
