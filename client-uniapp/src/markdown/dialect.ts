import { Hooks, Marked, type Links, type Rules, type Token } from 'marked'

import { emphasisRules } from './emphasis'
import { foldBlock } from './fold'
import { AnswerLexer, footnoteBlock, noteInline } from './footnote'
import { interruptionIndex } from './interruption'
import { mathInline, type TextLexer } from './math'
import { mathBlock } from './math_block'
import { maskMath } from './math_mask'
import { AnswerTokenizer } from './tokenizer'

const tokenizer = new AnswerTokenizer()

function isEmpty(links: Links): boolean {
  for (const _ in links) return false
  return true
}

class BoundedLexer extends AnswerLexer {
  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    tokenizer.beginText()
    tokenizer.rules = isEmpty(this.tokens.links) ? rulesWithoutReferences : rules
    return super.inlineTokens(src, tokens)
  }
}

/** marked asks every extension where a paragraph must end; one answers for all. */
const interrupting = {
  ...foldBlock,
  start(src: string) {
    const index = interruptionIndex(src)
    return index < 0 ? undefined : index
  },
}
const extensions = [interrupting, mathBlock, mathInline, footnoteBlock, noteInline]
/** Marks that formulas hold are none; marked asks once for each text. */
class MathHooks extends Hooks {
  lexer?: TextLexer

  override emStrongMask(masked: string): string {
    return this.lexer && /[*_~]/.test(masked) ? maskMath(this.lexer.text, masked) : masked
  }
}
const options = { ...new Marked({ gfm: true, extensions }).defaults, tokenizer, hooks: new MathHooks() }

/**
 * marked's rule for how far plain text goes, which stops before a formula, too. At every mark in
 * it marked looks for an address's `@` as far as there is no white space: a text of thousands of
 * marks would be read a thousand times, and 64 characters are all that an address may have there.
 */
function textRule({ source }: RegExp): RegExp {
  return new RegExp(source.replace(/\]\+@/g, ']{1,64}@').replace('[`*~_]|', '[`*~_$]|'))
}

/** What stands before an address's `@`: 64 characters at most, for the same reason. */
function urlRule({ source }: RegExp): RegExp {
  return new RegExp(source.replace('|^[A-Za-z0-9._+-]+(@)', '|^[A-Za-z0-9._+-]{1,64}(@)'))
}

/** marked sets its own rules in every new lexer; ours are its rules with these exchanged. */
function answerRules(): Rules {
  new BoundedLexer(options)
  const { inline } = tokenizer.rules
  const own = { text: textRule(inline.text), url: urlRule(inline.url) }
  return { ...tokenizer.rules, inline: { ...inline, ...emphasisRules, ...own } }
}

const rules = answerRules()
/** Where nothing is defined, nothing refers to it: to look for references is dear. */
const rulesWithoutReferences = { ...rules, inline: { ...rules.inline, reflinkSearch: /(?!)/g } }

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
