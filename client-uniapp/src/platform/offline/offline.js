/** Of offline.html: the language, and the way back once the server answers. */
const POLL_MS = 3_000

const [chinese, english] = document.querySelectorAll('main')
const isChinese = language().startsWith('zh')
chinese.hidden = !isChinese
english.hidden = isChinese
document.documentElement.lang = isChinese ? 'zh-CN' : 'en'

document.querySelectorAll('button').forEach((button) => {
  button.addEventListener('click', () => location.reload())
})
addEventListener('online', reloadIfThere)
document.addEventListener('visibilitychange', reloadIfThere)
setInterval(reloadIfThere, POLL_MS)

async function reloadIfThere() {
  if (document.hidden) return
  const answer = await fetch('./healthz', { cache: 'no-store' }).catch(() => null)
  if (answer?.ok) location.reload()
}

/** The one chosen in the settings, else the browser's. */
function language() {
  try {
    const stored = JSON.parse(localStorage.getItem('myllm.language') ?? 'null')
    return (stored?.data ?? stored) || navigator.language
  } catch {
    return navigator.language
  }
}
