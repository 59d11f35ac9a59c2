/**
 * Reading aloud by the voices of this device. Browsers also offer voices of their makers' servers,
 * which would be sent the text; those are left alone.
 */

/** What is read aloud in one go, and the language of the voice that it needs. */
export interface Sentence {
  text: string
  language: 'zh' | 'en'
}

type Language = Sentence['language']

/** Why nothing in this language can be read aloud here, a sentence of the locale, or null. */
export async function readTrouble(language: Language): Promise<string | null> {
  // #ifdef H5
  if (!('speechSynthesis' in window)) return 'message.noSpeech'
  await voicesKnown()
  return voiceOf(language) ? null : 'message.noVoice'
  // #endif
  // #ifndef H5
  return language && 'message.noSpeech'
  // #endif
}

/** Ends once the sentence was said; false where it was broken off. */
export function say({ text, language }: Sentence): Promise<boolean> {
  // #ifdef H5
  return new Promise((resolve) => {
    const utterance = new SpeechSynthesisUtterance(text)
    utterance.voice = voiceOf(language) ?? null
    utterance.lang = utterance.voice?.lang ?? language
    const end = (wasSpoken: boolean) => resolve(wasSpoken && spoken.delete(utterance))
    utterance.onend = () => end(true)
    utterance.onerror = () => end(false)
    spoken.add(utterance)
    window.speechSynthesis.speak(utterance)
  })
  // #endif
  // #ifndef H5
  return Promise.resolve(text === language)
  // #endif
}

export function stopSpeaking(): void {
  // #ifdef H5
  spoken.clear()
  window.speechSynthesis?.cancel()
  // #endif
}

// #ifdef H5
/** Held, since Chromium forgets to tell the end of an utterance that nobody holds. */
const spoken = new Set<SpeechSynthesisUtterance>()

const LOADING_MS = 1_000

/** Chromium loads its voices only once somebody asks for them. */
function voicesKnown(): Promise<void> {
  const synthesis = window.speechSynthesis
  if (synthesis.getVoices().length > 0) return Promise.resolve()
  return new Promise((resolve) => {
    synthesis.addEventListener('voiceschanged', () => resolve(), { once: true })
    setTimeout(resolve, LOADING_MS)
  })
}

/** Android writes `zh_CN` where others write `zh-CN`. */
function voiceOf(language: Language): SpeechSynthesisVoice | undefined {
  return window.speechSynthesis
    .getVoices()
    .find(({ localService, lang }) => localService && lang.toLowerCase().startsWith(language))
}

if (typeof window !== 'undefined') window.addEventListener('pagehide', stopSpeaking)
// #endif
