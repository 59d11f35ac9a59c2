import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '../../locale'
import type { OfferedEntry } from '../../protocol/catalog'
import { useCatalogStore } from '../../stores/catalog'
import { useModelsStore } from '../../stores/models'
import { offeredEntry } from '../../testing/catalog'
import { fakeUni } from '../../testing/fakeUni'
import { testModel } from '../../testing/model'
import OfferGroup from './OfferGroup.vue'

let uniApp: ReturnType<typeof fakeUni>

async function setUp(...entries: OfferedEntry[]) {
  const pinia = createPinia()
  setActivePinia(pinia)
  const memory = { available: 9_400_000_000, total: 16_000_000_000 }
  uniApp.replies.set('GET /models/offer', { memory, disk: { free: 84_000_000_000 }, entries })
  const group = mount(OfferGroup, { global: { plugins: [pinia, i18n] } })
  await useCatalogStore().loadOffer()
  return group
}

beforeEach(() => {
  uniApp = fakeUni()
})
afterEach(() => void vi.unstubAllGlobals())

it('shows what is recommended with its button at once, and the others when asked', async () => {
  const entries = ['a', 'b', 'c'].map((id) =>
    offeredEntry({ id, spec: id, name: id, recommended: id === 'b' }),
  )
  const group = await setUp(...entries)
  const shown = () => group.findAll('[data-testid="offer"]').map((one) => one.attributes('data-offer'))
  expect(shown()).toEqual(['b'])
  expect(group.text()).toContain('适合这台电脑')
  expect(group.text()).toContain('9.4 GB')
  await group.get('[data-testid="all-offers"]').trigger('click')
  expect(shown()).toEqual(['b', 'a', 'c'])
})

it('says what is not usable yet, or would not fit, and cannot be tapped', async () => {
  const large = { verdict: 'too_large' as const, memory: 1, tokens_per_second: null }
  const group = await setUp(
    offeredEntry({ id: 'bge', abilities: ['embeddings'], unusable: '用于检索文档' }),
    offeredEntry({ id: 'big', fit: large }),
  )
  await group.get('[data-testid="all-offers"]').trigger('click')
  expect(group.text()).toContain('用于检索文档')
  expect(group.text()).toContain('内存不足')
  for (const button of group.findAll('[data-testid="download"]')) {
    expect(button.attributes('aria-disabled')).toBe('true')
  }
})

it('downloads with one tap, shows how far that is, and then offers to use it', async () => {
  const group = await setUp(offeredEntry())
  const coming = testModel({ id: 'q', state: 'fetching', progress: 0.34 })
  uniApp.replies.set('POST /models', coming)
  await group.get('[data-testid="download"]').trigger('click')
  await flushPromises()
  expect(uniApp.asked[1]).toMatchObject({ method: 'POST', body: { spec: 'qwen3-4b' } })
  expect(group.get('[data-testid="model-state"]').text()).toContain('34%')
  expect(group.find('[data-testid="use-model"]').exists()).toBe(false)
  useModelsStore().receive({ type: 'models', models: [{ ...coming, state: 'ready' }] })
  await group.vm.$nextTick()
  await group.get('[data-testid="use-model"]').trigger('click')
  expect(group.emitted('use')).toEqual([['q']])
})
