import { compile } from '@vue/compiler-dom'
import { expect, it } from 'vitest'
import { plainElements } from './plain_elements'

const compiled = (template: string): string =>
  compile(template, {
    nodeTransforms: [plainElements],
    isNativeTag: (tag) => tag === 'div',
    isCustomElement: (tag) => tag.startsWith('uni-'),
  }).code

it('makes elements of views and texts, with what they listen to and what they are called', () => {
  const code = compiled('<view :class="kind" @click="act"><text id="a">b</text></view>')
  expect(code).toContain('_createElementBlock("uni-view"')
  expect(code).toContain('_createElementVNode("uni-text", { id: "a" }, "b")')
  expect(code).not.toContain('resolveComponent')
})

it('keeps the node of a text that changes', () => {
  const code = compiled('<text>{{ words }}</text>')
  expect(code).toContain('_createTextVNode(_toDisplayString(words), 1)')
})

it('leaves what asks for a service to its component', () => {
  expect(compiled('<view hover-class="held" />')).toContain('_resolveComponent("view")')
  expect(compiled('<text :decode="true">&amp;nbsp;</text>')).toContain('_resolveComponent("text")')
  expect(compiled('<button>a</button>')).toContain('_resolveComponent("button")')
})
