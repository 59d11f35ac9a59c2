import { createRequire } from 'node:module'
import type {
  ElementNode,
  NodeTransform,
  TemplateChildNode,
  TransformContext,
} from '@vue/compiler-core'

/** Imported, it would be another copy than the compiler's own, and unknown to that. */
const { CREATE_TEXT, createCallExpression, ElementTypes, NodeTypes } = createRequire(
  import.meta.url,
)('@vue/compiler-core') as typeof import('@vue/compiler-core')

/** What uni-app's components do beyond drawing themselves, and what asks them for it. */
const SERVICES: Readonly<Record<string, RegExp>> = {
  view: /^(?:hover-|animation$)/,
  text: /^(?:space$|decode$|animation$)/,
}
/** Vue's mark of a text that may change. */
const CHANGES = '1'

function nameOf(prop: ElementNode['props'][number]): string {
  if (prop.type === NodeTypes.ATTRIBUTE) return prop.name
  return prop.arg?.type === NodeTypes.SIMPLE_EXPRESSION ? prop.arg.content : ''
}

/** Changed in its place, a growing text is shaped where it grew; Vue would put another there. */
function lasting(child: TemplateChildNode, { helper }: TransformContext): TemplateChildNode {
  if (child.type !== NodeTypes.INTERPOLATION) return child
  const codegenNode = createCallExpression(helper(CREATE_TEXT), [child, CHANGES])
  return { type: NodeTypes.TEXT_CALL, content: child, loc: child.loc, codegenNode }
}

/**
 * A template's transform for H5, where every `view` and `text` is a component with a watcher, a
 * life cycle and slots of its own, which cost more than the text in it. What asks for none of
 * their services gets the element alone that they would have drawn, with the same name and so
 * with the same style.
 */
export const plainElements: NodeTransform = (node, context) => {
  if (node.type !== NodeTypes.ELEMENT) return
  const services = SERVICES[node.tag]
  if (!services || node.props.some((prop) => services.test(nameOf(prop)))) return
  node.tag = `uni-${node.tag}`
  node.tagType = ElementTypes.ELEMENT
  return () => {
    if (node.children.length === 1)
      node.children = node.children.map((child) => lasting(child, context))
  }
}
