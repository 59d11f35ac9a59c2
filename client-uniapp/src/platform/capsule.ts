/** So many pixels of the header's right end lie under WeChat's own buttons; 0 elsewhere. */
export function capsuleWidth(): number {
  // #ifdef MP-WEIXIN
  return 104
  // #endif
  // #ifndef MP-WEIXIN
  return 0
  // #endif
}
