// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { zh } from '../src/locale/zh'
import { openChat, tap } from './chatPage'
import { compilersRun } from './compiler'

// KaTeX complains of a document without a doctype, which happy-dom's is.
vi.hoisted(() => Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat' }))

it.skipIf(!compilersRun)('opens a screen and comes back', { timeout: 120_000 }, async () => {
  const { screen } = openChat()
  const catcher = () => screen.querySelector('wx-page-container')
  await vi.waitFor(() => expect(catcher()).not.toBeNull())

  tap(screen, 'press')
  await vi.waitFor(() => expect(screen.querySelector('wx-view[class*="--drawer"]')).not.toBeNull())
  tap(screen, 'bottom-act')
  await vi.waitFor(() => expect(screen.textContent).toContain(zh.models.none))
  expect(screen.querySelector('wx-view[class*="--drawer"]')).toBeNull()
  tap(screen, 'back')
  await vi.waitFor(() => expect(screen.textContent).not.toContain(zh.models.none))
})
