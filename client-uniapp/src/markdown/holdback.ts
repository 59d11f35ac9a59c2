/** Only markup so far: the next characters decide whether it is a list, a rule, a note or a tag. */
const UNDECIDED =
  /(?:^|\n)[ \t>]*(?:[-=*_+#`~$\\[\]| \t]+|\d{1,9}[.)]?|\[\^[^\s[\]]*\]?|<\/?[a-z]{0,8}|\\begin(?:\{[a-zA-Z]*\*?)?)$/
const DELIMITERS = /^[-:| \t]*$/

function isTableLine(line: string | undefined): boolean {
  return line !== undefined && line.trimStart().startsWith('|')
}

/** A line of cells is a table's header only if the line of dashes under it is one, once whole. */
function lengthBeforeHeader(source: string): number {
  const lines = source.split('\n')
  const last = isTableLine(lines[lines.length - 1]) ? lines.length - 1 : lines.length - 2
  const header = isTableLine(lines[last - 1]) ? last - 1 : last
  const under = lines[header + 1] ?? ''
  const undecided = header >= lines.length - 2 && DELIMITERS.test(under)
  if (!undecided || !isTableLine(lines[header]) || isTableLine(lines[header - 1])) {
    return source.length
  }
  return lines.slice(0, header).join('\n').length
}

/**
 * How much of an unfinished text to show. Its last lines are held back while they could still
 * become anything: `text` with `-` under it is a big heading for a moment, and a list the next.
 */
export function shownLength(source: string): number {
  const undecided = UNDECIDED.exec(source)
  if (!undecided) return lengthBeforeHeader(source)
  return Math.min(undecided.index, lengthBeforeHeader(source.slice(0, undecided.index + 1)))
}
