import { afterEach, expect, it, vi } from 'vitest'
import { apiAddress, pageFolder, socketAddress } from './address'

afterEach(() => void vi.unstubAllGlobals())

const pageAt = (pathname: string): void =>
  void vi.stubGlobal('location', { pathname, origin: 'https://a.example' })

it.each([
  ['/', '/'],
  ['/index.html', '/'],
  ['/chat/', '/chat/'],
  ['/site/chat/index.html', '/site/chat/'],
])('finds the API beside a page at %s', (path, folder) => {
  pageAt(path)
  expect(pageFolder()).toBe(folder)
  expect(apiAddress()).toBe(`https://a.example${folder}api/v1`)
})

it('finds the socket at the same path on every site', () => {
  pageAt('/chat/')
  expect(socketAddress()).toBe('wss://a.example/ws/chat/')
})
