import { afterEach, expect, it, vi } from 'vitest'
import { onUnpaired } from './call'
import { HttpFailure } from './failure'
import { changeConversation, fetchPersonas, searchFor } from './http'
import { claimPairing } from './pairing'

vi.mock('../platform/address', () => ({ apiAddress: () => 'http://127.0.0.1/api/v1' }))
vi.mock('../platform/ownStorage', () => ({ serverHere: () => 'S' }))
vi.mock('./meeting', () => ({ meet: () => Promise.resolve() }))
vi.mock('./token', () => ({ readToken: () => 'T' }))

interface Call {
  header: Record<string, string>
  success(reply: { statusCode: number; data: unknown }): void
}

function answer(statusCode: number, data: unknown): Call[] {
  const calls: Call[] = []
  const request = (call: Call) => {
    calls.push(call)
    call.success({ statusCode, data })
  }
  vi.stubGlobal('uni', { request })
  return calls
}

afterEach(() => void vi.unstubAllGlobals())

it('sends a change as a POST that says it is one, since WeChat sends no PATCH', async () => {
  const request = vi.fn()
  vi.stubGlobal('uni', { request })
  void changeConversation('c1', { title: 'new' })
  await Promise.resolve()
  expect(request.mock.calls[0]?.[0]).toMatchObject({
    method: 'POST',
    header: { 'X-HTTP-Method-Override': 'PATCH' },
    data: '{"title":"new"}',
  })
})

it('takes an abort that nobody asked for as a lost connection', async () => {
  const fail = { errMsg: 'request:fail abort' }
  vi.stubGlobal('uni', { request: (call: { fail(reason: object): void }) => call.fail(fail) })
  await expect(fetchPersonas()).rejects.toEqual(new HttpFailure(0, null))
})

it('sends whole texts alone, in bodies and in addresses', async () => {
  const request = vi.fn()
  vi.stubGlobal('uni', { request })
  void changeConversation('c1', { title: '\ud83d' })
  void searchFor('\ud83d', null)
  await Promise.resolve()
  expect(request.mock.calls[0]?.[0]).toMatchObject({ data: '{"title":"\ufffd"}' })
  expect(request.mock.calls[1]?.[0]).toMatchObject({
    url: 'http://127.0.0.1/api/v1/search?q=%EF%BF%BD',
  })
})

it('shows its token in a header', async () => {
  const calls = answer(200, { supplied: [], own: [] })
  await fetchPersonas()
  expect(calls[0]?.header.Authorization).toBe('Bearer T')
})

it('tells by which token the server knows no device', async () => {
  const unpaired = vi.fn()
  onUnpaired(unpaired)
  answer(401, { code: 'unpaired', message: '没有配对', retryable: false })
  await expect(fetchPersonas()).rejects.toEqual(new HttpFailure(401, '没有配对', 'unpaired'))
  expect(unpaired).toHaveBeenCalledWith('T')
})

it('tells how far a pairing request is, and gives the token of one that is confirmed', async () => {
  answer(202, { approved: false })
  expect(await claimPairing('R', false)).toEqual({ approved: false })
  answer(201, { token: 'N' })
  expect(await claimPairing('R', true)).toEqual({ token: 'N' })
})
