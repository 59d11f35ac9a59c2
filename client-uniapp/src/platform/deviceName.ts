/** The name under which this device is paired, which is shown where it is approved. */
export function deviceName(): string {
  // #ifdef H5
  return nameOfBrowser(navigator.userAgent, navigator.maxTouchPoints)
  // #endif
  // #ifndef H5
  const { brand = '', model = '' } = uni.getSystemInfoSync()
  const name = model.toLowerCase().startsWith(brand.toLowerCase()) ? model : `${brand} ${model}`
  return name.trim() || 'App'
  // #endif
}

/** The first that is found names it; those below call themselves what stands above as well. */
const MACHINES: readonly [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/HarmonyOS/, 'HarmonyOS'],
  [/Android(?!.*Mobile)/, 'Android tablet'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Macintosh/, 'Mac'],
  [/Linux|X11/, 'Linux'],
]
const BROWSERS: readonly [RegExp, string][] = [
  [/MicroMessenger/, 'WeChat'],
  [/Edg/, 'Edge'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
]

/** An iPad that asks for desktop pages calls itself a Mac, but for its fingers. */
export function nameOfBrowser(agent: string, touchPoints: number): string {
  const found = named(MACHINES, agent)
  const machine = found === 'Mac' && touchPoints > 1 ? 'iPad' : found
  return [machine, named(BROWSERS, agent)].filter(Boolean).join(' · ') || 'Web'
}

const named = (known: readonly [RegExp, string][], agent: string): string =>
  known.find(([sign]) => sign.test(agent))?.[1] ?? ''
