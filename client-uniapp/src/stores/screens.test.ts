import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { useScreensStore } from './screens'

beforeEach(() => setActivePinia(createPinia()))

it('closes a screen with what lies above it', () => {
  const screens = useScreensStore()
  screens.open('settings')
  screens.open('personas')
  screens.open('persona')
  screens.close('personas')
  expect(screens.path).toEqual(['settings'])
})

it('opens a screen once', () => {
  const screens = useScreensStore()
  screens.open('models')
  screens.open('models')
  expect(screens.path).toEqual(['models'])
})

it('opens after a reload what can be shown again', () => {
  const screens = useScreensStore()
  screens.restore('settings/personas/persona')
  expect(screens.path).toEqual(['settings', 'personas'])
})

it('opens nothing that it does not know', () => {
  const screens = useScreensStore()
  screens.restore('')
  expect(screens.path).toEqual([])
  screens.restore('garage/models')
  expect(screens.path).toEqual(['models'])
})
