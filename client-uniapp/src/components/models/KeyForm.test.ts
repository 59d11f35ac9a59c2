import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '../../locale'
import { account, preset } from '../../testing/catalog'
import { fakeUni } from '../../testing/fakeUni'
import KeyForm from './KeyForm.vue'

function setUp(of = preset(), address = '', change: object = {}) {
  const pinia = createPinia()
  setActivePinia(pinia)
  const form = mount(KeyForm, {
    props: { preset: of, account: null, address, isSending: false, ...change },
    global: { plugins: [pinia, i18n] },
  })
  const see = (id: string) => form.find(`[data-testid="${id}"]`)
  return { form, see, sent: () => form.emitted('send')?.map(([words]) => words) }
}

beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())

it('sends the key once and forgets it', async () => {
  const { see, sent } = setUp()
  await see('key-field').setValue(' sk-1 ')
  await see('send-key').trigger('click')
  expect(sent()).toEqual([{ key: 'sk-1', name: 'DeepSeek' }])
  expect((see('key-field').element as HTMLInputElement).value).toBe('')
  await see('send-key').trigger('click')
  expect(sent()).toHaveLength(1)
})

it('hides the key until somebody wants to see it', async () => {
  const { form, see } = setUp()
  const isSecret = () => see('key-field').attributes('password')
  expect(isSecret()).toBe('true')
  await see('show-key').trigger('click')
  expect(isSecret()).not.toBe('true')
  expect(form.text()).toContain('加密')
})

it('asks for an address where nobody else knows it, and where one is typed on purpose', async () => {
  expect(setUp(preset({ base_url: null })).see('base-url').exists()).toBe(true)
  const { see } = setUp()
  expect(see('base-url').exists()).toBe(false)
  await see('other-base-url').trigger('click')
  expect(see('base-url').exists()).toBe(true)
})

it('needs no key for a server of one’s own, whose host names it', async () => {
  const own = preset({ id: 'openai_compatible', base_url: null, needs_key: false, key_url: '' })
  const { see, sent } = setUp(own, 'http://192.168.1.20:8000/v1')
  expect(see('key-url').exists()).toBe(false)
  await see('send-key').trigger('click')
  expect(sent()).toEqual([{ base_url: 'http://192.168.1.20:8000/v1', name: '192.168.1.20:8000' }])
})

it('changes the address alone of an account, whose key stays, and the key alone', async () => {
  const known = account({ base_url: 'http://old.test/v1' })
  const { see, sent } = setUp(preset(), '', { account: known })
  await see('send-key').trigger('click')
  expect(sent()).toBeUndefined()
  await see('base-url').setValue(' http://old.test/v2 ')
  await see('send-key').trigger('click')
  await see('base-url').setValue('http://old.test/v1')
  await see('key-field').setValue('sk-2')
  await see('send-key').trigger('click')
  expect(sent()).toEqual([{ base_url: 'http://old.test/v2' }, { key: 'sk-2' }])
})

it('leads an account back to the usual address of its provider, with a key for that server', async () => {
  const { see, sent } = setUp(preset(), '', { account: account({ base_url: 'http://old.test' }) })
  expect(see('key-lost').exists()).toBe(false)
  await see('base-url').setValue('')
  expect(see('key-lost').exists()).toBe(true)
  await see('send-key').trigger('click')
  expect(sent()).toBeUndefined()
  await see('key-field').setValue('sk-2')
  await see('send-key').trigger('click')
  expect(sent()).toEqual([{ base_url: '', key: 'sk-2' }])
})

it('knows one server of several by scheme, host and port', async () => {
  const two = account({ base_url: 'https://a.test/v1|https://b.test:8443/v1' })
  const { see } = setUp(preset(), '', { account: two })
  for (const [address, isLost] of [
    ['https://B.test:8443/v2', false],
    ['https://a.test:443/v1', false],
    ['https://b.test/v1', true],
    ['http://a.test/v1', true],
    ['https://a.test.evil/v1', true],
  ] as const) {
    await see('base-url').setValue(address)
    expect(see('key-lost').exists(), address).toBe(isLost)
  }
})

it('needs a key for an account that has none, whatever its address', async () => {
  const { see, sent } = setUp(preset(), '', { account: account({ has_key: false }) })
  await see('other-base-url').trigger('click')
  await see('base-url').setValue('http://new.test/v1')
  await see('send-key').trigger('click')
  expect(sent()).toBeUndefined()
})

it('says beside the field that the provider does not accept the key', () => {
  expect(setUp().see('key-refused').exists()).toBe(false)
  const { see } = setUp(preset(), '', { account: account(), isRefused: true })
  expect(see('key-refused').text()).toContain('DeepSeek')
})
