/** The compiled chat page, rendered and tapped without WeChat. */
import { createRequire } from 'node:module'
import { vi } from 'vitest'
import { runnableCopy } from './built'
import { fakeWx, type FakeTask } from './fakeWx'

interface Rendered {
  attach(parent: Element): void
  instance: { onLoad(query: object): void }
}

interface Simulate {
  load(path: string, tag: string, options: { rootPath: string }): string
  render(id: string): Rendered
}

interface Exparser {
  Event: {
    create(name: string, detail: object, options: object): object
    dispatchEvent(element: unknown, event: object): void
  }
}

const require = createRequire(import.meta.url)
const load = createRequire(require.resolve('miniprogram-simulate'))

/** With `server` null nobody has told the phone yet where the server is. */
export function openChat(server: string | null = 'http://192.168.1.5:8000') {
  const phone = fakeWx()
  if (server !== null) phone.stored.set('myllm.server', server)
  const simulate = load('miniprogram-simulate') as Simulate
  const built = runnableCopy()
  load(`${built}/app.js`)
  phone.app?.onLaunch({ path: 'pages/chat/chat' })
  const page = simulate.render(simulate.load(`${built}/pages/chat/chat`, 'page', { rootPath: built }))
  const screen = document.createElement('div')
  page.attach(screen)
  page.instance.onLoad({})
  return { phone, screen }
}

/** The first one, once the server was met. */
export const socketOf = ({ sockets }: { sockets: FakeTask[] }): Promise<FakeTask> =>
  vi.waitFor(() => {
    const [socket] = sockets
    if (!socket) throw new Error('no socket was opened')
    return socket
  })

/** The elements of a component keep their class behind the component's name. */
export function tap(screen: Element, name: string): void {
  const button = screen.querySelector(`wx-button[class*="--${name}"]`)
  if (!button) throw new Error(`no button on the screen is a ${name}`)
  const { Event } = createRequire(load.resolve('j-component'))('miniprogram-exparser') as Exparser
  const { __wxElement: element } = button as Element & { __wxElement: unknown }
  Event.dispatchEvent(element, Event.create('tap', {}, { bubbles: true, composed: true }))
}
