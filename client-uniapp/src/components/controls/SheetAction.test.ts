import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import SheetAction from './SheetAction.vue'

it('greys what cannot be done and leaves its reason readable', () => {
  const action = mount(SheetAction, { props: { glyph: 'copy', label: '朗读', why: '没有语音' } })
  expect(action.get('.barred .name').text()).toBe('朗读')
  expect(action.get('.why').element.closest('.name')).toBeNull()
})
