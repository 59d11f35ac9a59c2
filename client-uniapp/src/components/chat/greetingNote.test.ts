import { expect, it } from 'vitest'
import type { Model } from '../../protocol/frames'
import { testModel } from '../../testing/model'
import { greetingNote } from './greetingNote'

const model = (change: Partial<Model>): Model =>
  testModel({ id: 'qwen3', name: 'Qwen3', default: true, context_tokens: 4096, ...change })

it.each<[string, Model | null, ReturnType<typeof greetingNote>]>([
  ['no model yet', null, null],
  ['a ready one', model({}), null],
  ['one that is loaded when asked', model({ state: 'unloaded' }), null],
  ['a ready small one', model({ builtin: true }), { key: 'builtin', progress: null }],
  [
    'a small one that speaks the page’s language',
    model({ builtin: true, languages: ['zh', 'en'] }),
    { key: 'builtin', progress: null },
  ],
  [
    'a small one that speaks English only',
    model({ builtin: true, languages: ['en'] }),
    { key: 'builtinEnglish', progress: null },
  ],
  ['another that does', model({ languages: ['en'] }), { key: 'english', progress: null }],
  [
    'a download of the small one',
    model({ builtin: true, state: 'fetching', progress: 0.42 }),
    { key: 'fetching', progress: 0.42 },
  ],
  ['loading', model({ state: 'loading' }), { key: 'loading', progress: null }],
  ['one not downloaded', model({ state: 'absent' }), { key: 'absent', progress: null }],
  ['one that cannot run', model({ state: 'failed' }), { key: 'failed', progress: null }],
  [
    'one whose failure is known',
    model({ state: 'failed', error: '网络不通' }),
    { key: 'error', progress: null },
  ],
  [
    'a small one taken for want of memory',
    model({ builtin: true, languages: ['en'], notes: ['little_memory'] }),
    { key: 'littleMemory', progress: null },
  ],
])('greets with %s', (_name, current, note) => {
  expect(greetingNote(current, 'zh')).toEqual(note)
})

it('says nothing of English on an English page', () => {
  const small = model({ builtin: true, languages: ['en'] })
  expect(greetingNote(small, 'en')).toEqual({ key: 'builtin', progress: null })
})
