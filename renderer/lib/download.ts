/** @file Downloads content as a file in the browser. */
import { bytesOf } from './base64.ts';

/** @param encoding of the content: plain text, or bytes in base64 */
export function download(fileName: string, mime: string, content: string, encoding: 'text' | 'base64'): void {
  const url = URL.createObjectURL(new Blob([encoding === 'text' ? content : bytesOf(content)], { type: mime }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has read the content by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
