import { onBackPress } from '@dcloudio/uni-app'

/** Android's button in the App. Called in a page's setup; the listener says whether it acted. */
export function onBackButton(listener: () => boolean): void {
  // #ifdef APP-PLUS
  onBackPress(listener)
  // #endif
  // #ifndef APP-PLUS
  void [onBackPress, listener]
  // #endif
}
