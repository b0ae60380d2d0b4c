/** @file The text of a file that a user chooses or drops. */
import { textOf } from '../../contract/file-text.ts';

/** In whatever encoding, with "\n" as the end of a line. */
export async function fileText(file: Blob): Promise<string> {
  return textOf(new Uint8Array(await file.arrayBuffer()));
}
