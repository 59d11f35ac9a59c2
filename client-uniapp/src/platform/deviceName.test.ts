import { expect, it } from 'vitest'
import { nameOfBrowser } from './deviceName'

const KIT = 'AppleWebKit/537.36 (KHTML, like Gecko)'

it.each([
  ['iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1', 5, 'iPhone · Safari'],
  ['iPhone; CPU iPhone OS 18_0) Mobile MicroMessenger/8.0', 5, 'iPhone · WeChat'],
  ['Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15', 5, 'iPad · Safari'],
  ['Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15', 0, 'Mac · Safari'],
  [`Linux; Android 10; K) ${KIT} Chrome/130.0 Mobile Safari/537.36`, 5, 'Android · Chrome'],
  [`Linux; Android 10; K) ${KIT} Chrome/130.0 Safari/537.36`, 5, 'Android tablet · Chrome'],
  [`Windows NT 10.0) ${KIT} Chrome/130.0 Safari/537.36 Edg/130.0`, 0, 'Windows · Edge'],
  ['X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0', 0, 'Linux · Firefox'],
  ['', 0, 'Web'],
])('%s is called %s', (agent, touchPoints, name) => {
  expect(nameOfBrowser(agent, touchPoints)).toBe(name)
})
