import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fakeUni } from '../testing/fakeUni'
import { keepToken, readToken } from '../session/token'
import { usePairingRequestStore } from './pairingRequest'

const LIN = { name: '林', role: 'member' }
const APPROVED = { approved: true, member: LIN }
const PAIRED = { token: 'T', device: { id: 'd1' }, member: { id: 'lin' } }
const WAITING = { approved: false }

function setUp() {
  const uni = fakeUni()
  uni.replies.set('POST /pair/request', { request: 'R', digits: '123456', seconds: 600 })
  uni.replies.set('POST /pair/claim', WAITING)
  setActivePinia(createPinia())
  return { uni, pairing: usePairingRequestStore() }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  usePairingRequestStore().stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const claims = (uni: ReturnType<typeof fakeUni>) =>
  uni.asked.filter(({ path }) => path === '/pair/claim').map(({ body }) => body)

it('shows digits, counts down, and whose device it becomes; confirmed it is paired', async () => {
  const { uni, pairing } = setUp()
  await pairing.show()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(pairing.request?.digits).toBe('123456')
  expect(pairing.secondsLeft).toBe(595)
  uni.replies.set('POST /pair/claim', APPROVED)
  await vi.advanceTimersByTimeAsync(4_000)
  expect(pairing.member).toEqual(LIN)
  expect(readToken()).toBeNull()
  expect(claims(uni)).not.toContainEqual({ request: 'R', confirm: true })
  uni.replies.set('POST /pair/claim', PAIRED)
  await pairing.confirm()
  expect(claims(uni).pop()).toEqual({ request: 'R', confirm: true })
  expect(readToken()).toBe('T')
  expect(pairing.request).toBeNull()
})

it('is nobody’s when declined', async () => {
  const { uni, pairing } = setUp()
  uni.replies.set('POST /pair/decline', '')
  await pairing.show()
  uni.replies.set('POST /pair/claim', APPROVED)
  await vi.advanceTimersByTimeAsync(2_000)
  await pairing.decline()
  expect([pairing.request, pairing.member, pairing.ending]).toEqual([null, null, 'declined'])
  expect(uni.asked[uni.asked.length - 1]).toMatchObject({ path: '/pair/decline', body: { request: 'R' } })
  await pairing.showAgain()
  expect(pairing.request).toBeNull()
})

it('shows no digits any more once cancelled', async () => {
  const { uni, pairing } = setUp()
  await pairing.show()
  await pairing.decline()
  expect([pairing.request, pairing.ending]).toEqual([null, null])
  const asked = uni.asked.length
  await vi.advanceTimersByTimeAsync(10_000)
  expect(uni.asked).toHaveLength(asked)
})

it('says that nobody confirmed in time, and keeps an approved request beyond its digits', async () => {
  const { uni, pairing } = setUp()
  await pairing.show()
  uni.replies.set('POST /pair/claim', APPROVED)
  await vi.advanceTimersByTimeAsync(610_000)
  expect(pairing.member).toEqual(LIN)
  uni.refusals.set('POST /pair/claim', 'unknown_request')
  await vi.advanceTimersByTimeAsync(2_000)
  expect([pairing.request, pairing.ending]).toEqual([null, 'expired'])
})

it('asks on when a confirmation did not reach the server', async () => {
  const { uni, pairing } = setUp()
  await pairing.show()
  uni.replies.set('POST /pair/claim', APPROVED)
  await vi.advanceTimersByTimeAsync(2_000)
  uni.replies.delete('POST /pair/claim')
  await pairing.confirm()
  expect([pairing.member, pairing.isConfirming]).toEqual([LIN, false])
})

it('says that a confirmation did not reach the server, until it is reached again', async () => {
  const { uni, pairing } = setUp()
  await pairing.show()
  uni.replies.set('POST /pair/claim', APPROVED)
  await vi.advanceTimersByTimeAsync(2_000)
  uni.replies.delete('POST /pair/claim')
  await pairing.confirm()
  expect(pairing.trouble).toBe('')
  uni.replies.set('POST /pair/claim', APPROVED)
  await vi.advanceTimersByTimeAsync(2_000)
  expect([pairing.trouble, pairing.member]).toEqual([null, LIN])
})

it('says why a confirmation was refused', async () => {
  const { uni, pairing } = setUp()
  await pairing.show()
  uni.replies.set('POST /pair/claim', APPROVED)
  await vi.advanceTimersByTimeAsync(2_000)
  uni.refusals.set('POST /pair/claim', 'too_many_attempts')
  await pairing.confirm()
  expect([pairing.trouble, pairing.isConfirming]).toEqual(['refused: too_many_attempts', false])
})

it('asks at once after a reload whose device this becomes', async () => {
  const { uni, pairing } = setUp()
  await pairing.show()
  setActivePinia(createPinia())
  uni.replies.set('POST /pair/claim', APPROVED)
  await usePairingRequestStore().showAgain()
  expect(usePairingRequestStore().member).toEqual(LIN)
})

it('goes on with the same digits after a reload', async () => {
  const { uni, pairing } = setUp()
  await pairing.show()
  setActivePinia(createPinia())
  await usePairingRequestStore().showAgain()
  expect(usePairingRequestStore().request?.digits).toBe('123456')
  expect(uni.asked.filter(({ path }) => path === '/pair/request')).toHaveLength(1)
})

it('shows others when their time is over', async () => {
  const { uni, pairing } = setUp()
  await pairing.show()
  uni.replies.set('POST /pair/request', { request: 'S', digits: '654321', seconds: 600 })
  await vi.advanceTimersByTimeAsync(600_000)
  expect(pairing.request?.digits).toBe('654321')
  expect(pairing.secondsLeft).toBe(600)
})

it('shows others when the server has forgotten these', async () => {
  const { uni, pairing } = setUp()
  await pairing.show()
  uni.replies.set('POST /pair/request', { request: 'S', digits: '654321', seconds: 600 })
  uni.refusals.set('POST /pair/claim', 'unknown_request')
  await vi.advanceTimersByTimeAsync(2_000)
  expect(pairing.request?.digits).toBe('654321')
})

it('follows another tab that was let in by the same digits', async () => {
  const { uni, pairing } = setUp()
  await pairing.show()
  keepToken('T', 'd1')
  uni.refusals.set('POST /pair/claim', 'unknown_request')
  await vi.advanceTimersByTimeAsync(2_000)
  expect(pairing.request).toBeNull()
  expect(uni.asked.filter(({ path }) => path === '/pair/request')).toHaveLength(1)
})

it('waits through an outage, and says that the server is not reached', async () => {
  const { uni, pairing } = setUp()
  await pairing.show()
  uni.replies.delete('POST /pair/claim')
  await vi.advanceTimersByTimeAsync(4_000)
  expect(pairing.trouble).toBe('')
  uni.replies.set('POST /pair/claim', PAIRED)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(readToken()).toBe('T')
})

it('says why there are no digits', async () => {
  const { uni, pairing } = setUp()
  uni.refusals.set('POST /pair/request', 'too_many_attempts')
  await pairing.show()
  expect(pairing.trouble).toBe('refused: too_many_attempts')
})
