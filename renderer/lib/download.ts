/** @file Hands a file's content to the browser as a download. */
export function download(fileName: string, mime: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: mime }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has taken the content over by the next turn of its event loop.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
