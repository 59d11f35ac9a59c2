/** Whether somebody can choose a file here: the App's pages have no such chooser. */
export function canChooseFile(): boolean {
  // #ifndef APP-PLUS
  return true
  // #endif
  // #ifdef APP-PLUS
  return false
  // #endif
}

/**
 * The address of a file with one of these endings, which somebody chose; null where none was. In a
 * browser it may stay unanswered when nothing was chosen.
 */
export function chooseFile(endings: string[]): Promise<string | null> {
  return new Promise((resolve) => {
    // #ifdef H5
    uni.chooseFile({
      count: 1,
      extension: endings.map((ending) => `.${ending}`),
      success: ({ tempFilePaths }) => resolve([tempFilePaths].flat()[0] ?? null),
      fail: () => resolve(null),
    })
    // #endif
    // #ifdef MP-WEIXIN
    uni.chooseMessageFile({
      count: 1,
      type: 'file',
      extension: endings,
      success: ({ tempFiles }) => resolve(tempFiles[0]?.path ?? null),
      fail: () => resolve(null),
    })
    // #endif
  })
}
