/** LaTeX's environments that are formulas, which models also write without `$$` around them. */
const DISPLAYED = 'equation|align|alignat|gather|multline|flalign|eqnarray'
const ENVIRONMENT = `${DISPLAYED}|(?:aligned|gathered|split|array|subarray|[dr]?cases|drcases|[pbBvV]?matrix|smallmatrix)`

/** `\begin{…}` of one of them; the first group is its name. */
export const BEGIN = `\\\\begin\\{((?:${ENVIRONMENT})\\*?)\\}`

const IS_DISPLAYED = new RegExp(`^\\s*\\\\begin\\{(?:${DISPLAYED})\\*?\\}`)
const BOUNDARY = /\\(begin|end)\{([A-Za-z]+\*?)\}/g

/** Whether TeX begins with an environment that stands on lines of its own. */
export function isDisplayed(tex: string): boolean {
  return IS_DISPLAYED.test(tex)
}

/** Where the environment `name` at the start of `tex` ends, behind its `\end{…}`; -1 if it does not. */
export function environmentEnd(tex: string, name: string): number {
  let depth = 0
  for (const { 0: boundary, 1: side, 2: found, index = 0 } of tex.matchAll(BOUNDARY)) {
    if (found !== name) continue
    depth += side === 'begin' ? 1 : -1
    if (depth === 0) return index + boundary.length
  }
  return -1
}

/** The environments that KaTeX lacks, by those that it has; and names of equations left out. */
export function knownToKatex(tex: string): string {
  return tex
    .replace(/\\label\{[^{}]*\}/g, '')
    .replace(/\\begin\{eqnarray\*?\}/g, '\\begin{array}{rcl}')
    .replace(/\\end\{eqnarray\*?\}/g, '\\end{array}')
    .replace(/\\(begin|end)\{multline\*?\}/g, '\\$1{gather*}')
    .replace(/\\(begin|end)\{flalign(\*?)\}/g, '\\$1{align$2}')
}
