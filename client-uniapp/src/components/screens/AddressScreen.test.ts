import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '../../locale'
import { useConnectionStore } from '../../stores/connection'
import { usePairingStore } from '../../stores/pairing'
import { fakeUni } from '../../testing/fakeUni'
import AddressScreen from './AddressScreen.vue'

type Answer = { success: (reply: { data: unknown }) => void; fail: () => void; url: string }

async function connectTo(typed: string, answer: (call: Answer) => void) {
  const request = vi.fn(answer)
  vi.stubGlobal('uni', { ...fakeUni(), request })
  const pinia = createPinia()
  setActivePinia(pinia)
  const connection = useConnectionStore()
  const moveTo = vi.spyOn(connection, 'moveTo')
  const begin = vi.spyOn(usePairingStore(), 'begin')
  const view = mount(AddressScreen, { global: { plugins: [pinia, i18n] } })
  const field = view.find<HTMLInputElement>('[data-testid=address-field]')
  await field.setValue(typed)
  await view.find('[data-testid=address-go]').trigger('click')
  await flushPromises()
  const alert = view.find('[role=alert]')
  return { said: alert.exists() ? alert.text() : '', moveTo, begin, request }
}

const ours = ({ success }: Answer) => success({ data: { status: 'ok' } })
const nobody = ({ fail }: Answer) => fail()
const words = (key: string) => i18n.global.t(`address.${key}`)

beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())

it('moves to the server that answers', async () => {
  const { moveTo, request, said } = await connectTo('192.168.1.5', ours)
  expect(request.mock.calls[0]?.[0].url).toBe('http://192.168.1.5:8000/healthz')
  expect(moveTo).toHaveBeenCalledWith('http://192.168.1.5:8000')
  expect(said).toBe('')
})

it('pairs by the code that the link carries', async () => {
  const { begin } = await connectTo('http://192.168.1.5:8000/#pair=C', ours)
  expect(begin).toHaveBeenCalledWith('C')
})

const guideOf =
  (isTrusted: boolean) =>
  ({ url, success, fail }: Answer) => {
    if (url.startsWith('http:')) return success({ data: { status: 'ok', secure: 8443 } })
    return isTrusted ? success({ data: { status: 'ok' } }) : fail()
  }

it('goes on from the guide of a server of https to the server itself', async () => {
  const link = 'http://192.168.1.5:8000/#pair=C'
  const { moveTo, begin, said } = await connectTo(link, guideOf(true))
  expect(moveTo).toHaveBeenCalledWith('https://192.168.1.5:8443')
  expect(begin).toHaveBeenCalledWith('C')
  expect(said).toBe('')
})

it('leads a phone that does not trust it yet to the guide', async () => {
  const { moveTo, said } = await connectTo('http://192.168.1.5:8000/#pair=C', guideOf(false))
  expect(said).toContain('http://192.168.1.5:8000')
  expect(moveTo).not.toHaveBeenCalled()
})

it.each<[string, string, (call: Answer) => void]>([
  ['', 'empty', ours],
  ['我的电脑', 'unreadable', ours],
  ['ftp://192.168.1.5', 'scheme', ours],
  ['192.168.1.5', 'unreachable', nobody],
  ['localhost:8000', 'local', nobody],
  ['192.168.1.1', 'stranger', ({ success }) => success({ data: '<html>router</html>' })],
])('%o is told to be %s', async (typed, trouble, answer) => {
  const { moveTo, said } = await connectTo(typed, answer)
  expect(said).toBe(words(trouble))
  expect(moveTo).not.toHaveBeenCalled()
})
