import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const manifest = JSON.parse(read('../manifest.json'))
const { android, ios } = manifest['app-plus'].distribute

it('bears the version of the changelog', () => {
  expect(manifest.versionName).toBe(/^## (\S+)/m.exec(read('../../../CHANGELOG.md'))?.[1])
})

it('lets Android talk to a computer without a certificate, and asks for no more than it uses', () => {
  expect(android.usesCleartextTraffic).toBe(true)
  const asked = android.permissions.map((line: string) => /permission\.(\w+)"/.exec(line)?.[1])
  expect(asked).toEqual(['INTERNET', 'ACCESS_NETWORK_STATE', 'CAMERA'])
})

it('tells iOS why it looks into the network, and opens nothing but that', () => {
  expect(Object.keys(ios.privacyDescription).sort()).toEqual([
    'NSCameraUsageDescription',
    'NSLocalNetworkUsageDescription',
  ])
  expect(read('../Info.plist')).toMatch(/NSAllowsLocalNetworking<\/key>\s*<true\/>/)
  expect(read('../Info.plist')).not.toContain('NSAllowsArbitraryLoads')
})

it('follows the system’s colours where a target must ask for them', () => {
  expect([manifest['app-plus'].darkmode, manifest['mp-weixin'].darkmode]).toEqual([true, true])
})
