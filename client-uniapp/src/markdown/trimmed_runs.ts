import type { Run, Runs } from './blocks'

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t'
}

/** A regular expression would look at every blank of a long gap again and again. */
function withoutBlanks(text: string, begins: boolean, ends: boolean): string {
  let from = 0
  let to = text.length
  while (begins && isBlank(text.charAt(from))) from += 1
  while (ends && to > from && isBlank(text.charAt(to - 1))) to -= 1
  return text.slice(from, to)
}

function trimmed(run: Run, begins: boolean, ends: boolean): Run {
  if ((run.kind !== 'text' && run.kind !== 'link') || run.marks.code) return run
  return { ...run, text: withoutBlanks(run.text, begins, ends) }
}

function isLineEnd(run: Run | undefined): boolean {
  return run === undefined || run.kind === 'break'
}

function withoutOuterBreaks(runs: Runs): Runs {
  const first = runs.findIndex(({ kind }) => kind !== 'break')
  let end = runs.length
  while (end > first && runs[end - 1]?.kind === 'break') end -= 1
  return first < 0 ? [] : runs.slice(first, end)
}

/** `runs` without the white space and the line ends at their ends, which nobody means. */
export function trimmedRuns(runs: Runs): Runs {
  const lines = runs
    .map((run, at, all) => trimmed(run, isLineEnd(all[at - 1]), isLineEnd(all[at + 1])))
    .filter((run) => !('text' in run) || run.text !== '')
  return withoutOuterBreaks(lines)
}
