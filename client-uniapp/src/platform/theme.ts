export type Theme = 'light' | 'dark'

/** The `--ground` of theme.css, for what no style sheet reaches. */
export const GROUND: Readonly<Record<Theme, string>> = { light: '#fcfcfa', dark: '#131718' }

export function systemTheme(): Theme {
  // #ifdef H5
  return darkQuery().matches ? 'dark' : 'light'
  // #endif
  // #ifndef H5
  return uni.getSystemInfoSync().theme === 'dark' ? 'dark' : 'light'
  // #endif
}

export function onSystemTheme(listener: (theme: Theme) => void): void {
  // #ifdef H5
  darkQuery().addEventListener?.('change', ({ matches }) => listener(matches ? 'dark' : 'light'))
  // #endif
  // #ifndef H5
  uni.onThemeChange(({ theme }) => listener(theme === 'dark' ? 'dark' : 'light'))
  // #endif
}

/** What lies behind the page: the browser's bars and the ground that shows when it is pulled. */
export function paintBehindPage(theme: Theme): void {
  // #ifdef H5
  const ground = GROUND[theme]
  document.documentElement.style.colorScheme = theme
  document.documentElement.style.background = ground
  document.body.style.background = ground
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    meta.setAttribute('content', ground)
  }
  // #endif
  // #ifndef H5
  void theme
  // #endif
}

function darkQuery(): MediaQueryList {
  return window.matchMedia('(prefers-color-scheme: dark)')
}
