/** @file Hands a file's content to the browser as a download. */
import { bytesOf } from './base64.ts';

/** @param encoding of the content: as it is, or bytes in base64 */
export function download(fileName: string, mime: string, content: string, encoding: 'text' | 'base64'): void {
  const url = URL.createObjectURL(new Blob([encoding === 'text' ? content : bytesOf(content)], { type: mime }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has taken the content over by the next turn of its event loop.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
