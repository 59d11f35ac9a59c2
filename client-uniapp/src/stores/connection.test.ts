import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { useConnectionStore } from './connection'

beforeEach(() => setActivePinia(createPinia()))

it('measures the way of a ping and its pong', () => {
  vi.spyOn(performance, 'now').mockReturnValueOnce(100).mockReturnValueOnce(112.4)
  const connection = useConnectionStore()
  connection.state = { name: 'online', probing: false }
  connection.measure()
  connection.receive({ type: 'pong' })
  expect(connection.roundTrip).toBe(12)
})

it('does not take the heartbeat’s pong for an answer of its own', () => {
  const connection = useConnectionStore()
  connection.receive({ type: 'pong' })
  expect(connection.roundTrip).toBeNull()
})

it('does not measure a connection that is not there', () => {
  const connection = useConnectionStore()
  connection.measure()
  connection.receive({ type: 'pong' })
  expect(connection.roundTrip).toBeNull()
})
