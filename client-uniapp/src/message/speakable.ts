/** A Markdown text as it is said aloud: sentence by sentence, without what only the eye can read. */
import type { Block, Row, Run, Runs } from '../markdown/blocks'
import { parseMarkdown } from '../markdown/stream'
import type { Sentence } from '../platform/speech'
import { scriptedText } from './scripts'

/** Said in place of what cannot be read aloud. */
export interface Stand {
  code: string
  formula: string
  picture: string
}

/** Browsers break off an utterance of more than about 15 seconds. */
const LONGEST = 120

export function sentencesOf(markdown: string, stand: Stand): Sentence[] {
  return parseMarkdown(markdown)
    .flatMap((block) => spokenParts(block, stand))
    .flatMap(cut)
    .map((text) => ({ text, language: languageOf(text) }))
}

export function languageOf(text: string): Sentence['language'] {
  return /\p{Script=Han}/u.test(text) ? 'zh' : 'en'
}

function spokenParts(block: Block, stand: Stand): string[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'fold':
      return [marked(block, spokenRuns(block.runs, stand))]
    case 'code':
      return [marked(block, stand.code)]
    case 'math':
      return [marked(block, stand.formula)]
    case 'table':
      return [block.header, ...block.rows].map((row) => spokenRow(row, stand))
    case 'image':
      return [block.image.alt || stand.picture]
    default:
      return []
  }
}

/** A number is said, since the text may speak of it; a bullet is not. */
function marked({ marker }: Block, text: string): string {
  return marker?.kind === 'number' ? `${parseInt(marker.label, 10)}, ${text}` : text
}

function spokenRow(row: Row, stand: Stand): string {
  return row.map((cell) => spokenRuns(cell, stand)).join('，')
}

function spokenRuns(runs: Runs, stand: Stand): string {
  return runs.map((run) => spokenRun(run, stand)).join('')
}

function spokenRun(run: Run, stand: Stand): string {
  if (run.kind === 'break') return '\n'
  if (run.kind === 'note') return ''
  if (run.kind === 'math') return stand.formula
  if (run.kind === 'image') return run.alt || stand.picture
  return scriptedText(run)
}

/** At the ends of sentences; what is still too long, at commas and spaces, or anywhere at last. */
function cut(text: string): string[] {
  const sentences = withoutPictures(text).match(/[^。！？；!?;\n]+?(?:[。！？；!?;\n]+|\.(?=\s)|$)/g)
  return (sentences ?? []).flatMap(shorten).filter(isSayable)
}

function shorten(sentence: string): string[] {
  const text = sentence.trim()
  if (text.length <= LONGEST) return [text]
  const head = text.slice(0, LONGEST)
  const comma = Math.max(...['，', '、', ', ', '：'].map((mark) => head.lastIndexOf(mark)))
  const at = comma > 0 ? comma : head.lastIndexOf(' ')
  const end = at > 0 ? at + 1 : LONGEST
  return [text.slice(0, end).trim(), ...shorten(text.slice(end))]
}

/** Voices say the names of little pictures, which nobody wants to hear. */
function withoutPictures(text: string): string {
  return text.replace(/[\p{Extended_Pictographic}\u{1F3FB}-\u{1F3FF}\u{FE0F}\u{200D}]/gu, '')
}

const isSayable = (text: string): boolean => /[\p{L}\p{N}]/u.test(text)
