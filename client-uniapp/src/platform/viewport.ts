/** The room the page has, without the on-screen keyboard. */
export interface Viewport {
  /** CSS pixels; null means the whole window. */
  height: number | null
  /** How far the browser has pushed the page up to show the focused field. */
  offsetTop: number
  /** What the keyboard covers where the window itself keeps its size. */
  keyboard: number
}

export function onViewport(listener: (viewport: Viewport) => void): void {
  // #ifdef H5
  followVisualViewport(listener)
  // #endif
  // #ifndef H5
  uni.onKeyboardHeightChange(({ height }) =>
    listener({ height: null, offsetTop: 0, keyboard: height }),
  )
  // #endif
}

function followVisualViewport(listener: (viewport: Viewport) => void): void {
  const visual = window.visualViewport
  if (!visual) return
  const report = () => {
    const isZoomed = visual.scale > 1.01
    listener({
      height: isZoomed ? null : visual.height,
      offsetTop: isZoomed ? 0 : visual.offsetTop,
      keyboard: 0,
    })
  }
  visual.addEventListener('resize', report)
  visual.addEventListener('scroll', report)
  report()
}
