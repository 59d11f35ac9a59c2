import { createPinia, setActivePinia } from 'pinia'
import { afterEach, expect, it, vi } from 'vitest'
import { fetchMe } from '../session/pairing'
import { useMeStore } from './me'

vi.mock('../session/pairing', () => ({ fetchMe: vi.fn() }))

type Answer = Awaited<ReturnType<typeof fetchMe>>
const roleOf = (role: string) => ({ role, pairing: true, device: 'd1', member: null }) as Answer

/** What is asked is answered when the test says so. */
function asked(): ((answer: Answer) => void)[] {
  setActivePinia(createPinia())
  const answers: ((answer: Answer) => void)[] = []
  vi.mocked(fetchMe).mockImplementation(() => new Promise((resolve) => answers.push(resolve)))
  return answers
}

afterEach(() => void vi.clearAllMocks())

it('keeps the answer to the last question, whichever comes last', async () => {
  const answers = asked()
  const me = useMeStore()
  const loaded = [me.load(), me.load()]
  answers[1]?.(roleOf('guest'))
  answers[0]?.(roleOf('owner'))
  await Promise.all(loaded)
  expect(me.me?.role).toBe('guest')
})

it('does not learn again what was forgotten meanwhile', async () => {
  const answers = asked()
  const me = useMeStore()
  const loaded = me.load()
  me.forget()
  answers[0]?.(roleOf('member'))
  await loaded
  expect(me.me).toBeNull()
})
