export const SOURCE_LAYERS = [
  ['keyboard', 'layers', 'locale', 'protocol'],
  ['platform'],
  ['markdown', 'models', 'options', 'session'],
  ['message', 'pairing'],
  ['library'],
  ['stores'],
  ['composables'],
  ['components'],
  ['pages'],
]

export const COMPONENT_LAYERS = [
  ['controls'],
  ['account', 'markdown', 'models'],
  ['chat', 'message'],
  ['composer', 'library', 'screens'],
]
