export type Language = 'zh' | 'en'

/** The system's language where the page speaks it, else English. */
export function systemLanguage(): Language {
  return uni.getLocale().toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

/** Screen readers and hyphenation go by the document's language. */
export function announceLanguage(language: Language): void {
  // #ifdef H5
  document.documentElement.lang = localeOf(language)
  // #endif
}

/** The name under which the server knows the language. */
export function localeOf(language: Language): string {
  return language === 'zh' ? 'zh-CN' : 'en'
}
