/**
 * What is copied of an answer, as plain text. A set formula is many small boxes with zero-width
 * spaces between them, which browsers copy line by line: here it gives its TeX.
 */

const FORMULA = '.math'
/** Environments that LaTeX does not allow between `$$`. */
const OWN_DISPLAY = /^\\begin\{(?:equation|align|alignat|gather|multline|flalign|eqnarray)\*?\}/
const SKIPPED = '.code-bar, .block-foldEnd, [style*="display: none"]'
const MARKER = '.marker-number, .marker-note'
const INLINE = new Set(['UNI-TEXT', 'TEXT', 'SPAN', 'UNI-RICH-TEXT', 'RICH-TEXT', 'B', 'I', 'A'])

/** Text put together from boxes: a line end between two of them, but none behind a list's marker. */
class Lines {
  text = ''
  private isBehindMarker = false

  add(text: string): void {
    this.text += text
    if (text !== '') this.isBehindMarker = false
  }

  mark(text: string): void {
    this.text += `${text} `
    this.isBehindMarker = true
  }

  end(): void {
    if (!this.isBehindMarker && this.text !== '' && !this.text.endsWith('\n')) this.text += '\n'
  }
}

function texOf(formula: Element): string {
  const tex = formula.getAttribute('aria-label') ?? ''
  if (!formula.classList.contains('math-display')) return `$${tex}$`
  return OWN_DISPLAY.test(tex) ? tex : `$$${tex}$$`
}

function isBox({ tagName, classList }: Element): boolean {
  const isInLine = INLINE.has(tagName) && !classList.contains('math-display')
  return !isInLine && !classList.contains('note') && !/(?:^| )rail-/.test(classList.value)
}

function readElement(element: Element, lines: Lines): void {
  if (element.matches(SKIPPED)) return
  if (element.matches(MARKER)) return lines.mark(element.textContent ?? '')
  if (element.matches('.table-cell')) return lines.add(`${textOfFragment(element)}\t`)
  if (isBox(element)) lines.end()
  if (element.matches(FORMULA)) lines.add(texOf(element))
  else read(element, lines)
  if (isBox(element)) lines.end()
}

function read(parent: Node, lines: Lines): void {
  for (const child of parent.childNodes) {
    if (child.nodeType === 1) readElement(child as Element, lines)
    else if (child.nodeType === 3) lines.add(child.textContent ?? '')
  }
}

/** The text of a fragment of the page, with the TeX of its formulas. */
export function textOfFragment(fragment: Node): string {
  const lines = new Lines()
  read(fragment, lines)
  return lines.text.replace(/\u200B/g, '').replace(/\t(?=\n|$)/g, '').trim()
}

function formulaAround(node: Node): Element | null {
  const element = node.nodeType === 1 ? (node as Element) : node.parentElement
  return element?.closest(FORMULA) ?? null
}

/** `range` with the formulas whole that it begins or ends in. */
function wholeFormulas(range: Range): Range {
  const whole = range.cloneRange()
  const first = formulaAround(range.startContainer)
  const last = formulaAround(range.endContainer)
  if (first) whole.setStartBefore(first)
  if (last) whole.setEndAfter(last)
  return whole
}

/** What `selection` says, where it holds a formula; null where the browser's own text will do. */
export function textWithFormulas(selection: Selection): string | null {
  if (selection.isCollapsed || selection.rangeCount === 0) return null
  const fragment = wholeFormulas(selection.getRangeAt(0)).cloneContents()
  return fragment.querySelector(FORMULA) ? textOfFragment(fragment) : null
}
