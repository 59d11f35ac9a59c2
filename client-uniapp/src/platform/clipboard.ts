/**
 * Copies text; false where the browser forbids it, so that the page can say so. uni-app falls
 * back to a selected text field on pages over plain http, which have no clipboard API.
 */
export function copyText(text: string): Promise<boolean> {
  return new Promise((resolve) => {
    uni.setClipboardData({
      data: text,
      showToast: false,
      success: () => resolve(true),
      fail: () => resolve(false),
    })
  })
}
