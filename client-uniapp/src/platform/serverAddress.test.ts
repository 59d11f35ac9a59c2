import { describe, expect, it } from 'vitest'
import { readAddress } from './serverAddress'

describe('an address', () => {
  it.each([
    ['192.168.1.5:8000', 'http://192.168.1.5:8000'],
    ['192.168.1.5', 'http://192.168.1.5:8000'],
    [' 192。168．1.5：9000 ', 'http://192.168.1.5:9000'],
    ['ws://192.168.1.5:8000/ws/chat/', 'http://192.168.1.5:8000'],
    ['https://Chat.Example.com', 'https://chat.example.com'],
    ['wss://chat.example.com:444', 'https://chat.example.com:444'],
    ['my-computer.local', 'http://my-computer.local:8000'],
    ['http://my-computer.local', 'http://my-computer.local'],
    ['[fd00::5]:8000', 'http://[fd00::5]:8000'],
  ])('%s is %s', (typed, origin) => {
    expect(readAddress(typed)).toEqual({ origin, code: null })
  })

  it.each([
    ['http://192.168.1.5:8000/#pair=Ab_c-9', 'Ab_c-9'],
    ['http://192.168.1.5:8000/#pair=', null],
    ['http://192.168.1.5:8000/#pair=<b>', null],
    ['http://192.168.1.5:8000/#repair', null],
  ])('%s pairs by %s', (typed, code) => {
    expect(readAddress(typed)).toEqual({ origin: 'http://192.168.1.5:8000', code })
  })

  it.each([
    ['  ', 'empty'],
    ['我的电脑', 'unreadable'],
    ['192.168.1.5:99999', 'unreadable'],
    ['user@192.168.1.5', 'unreadable'],
    ['fd00::5', 'unreadable'],
    ['ftp://192.168.1.5', 'scheme'],
    ['weixin://dl/chat', 'scheme'],
  ])('%s is told to be %s', (typed, trouble) => {
    expect(readAddress(typed)).toEqual({ trouble })
  })
})
