import { Marked, type Links, type Rules, type Token } from 'marked'

import { emphasisRules } from './emphasis'
import { foldBlock } from './fold'
import { AnswerLexer, footnoteBlock, noteInline } from './footnote'
import { mathInline } from './math'
import { mathBlock } from './math_block'
import { AnswerTokenizer } from './tokenizer'

const tokenizer = new AnswerTokenizer()

class BoundedLexer extends AnswerLexer {
  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    tokenizer.beginText()
    return super.inlineTokens(src, tokens)
  }
}

const options = {
  ...new Marked({ gfm: true, extensions: [foldBlock, mathBlock, mathInline, footnoteBlock, noteInline] }).defaults,
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
