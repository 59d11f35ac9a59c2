import 'katex/dist/katex.min.css'

/** KaTeX and its style sheet, to be imported when the first formula appears. */
export { default as katex } from 'katex'
