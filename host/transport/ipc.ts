/**
 * The host behind the IPC channel of the process that started it (the Electron
 * shell). A channel that closes asks the host to stop.
 */
import { ContractError, type Transport } from '../../contract/api.ts';
import type { AnswerFrame } from '../../contract/wire.ts';
import { Connection } from './connection.ts';

/** Resolves when the channel closes. @throws ContractError if there is no channel */
export async function serveIpc(host: Transport): Promise<void> {
  if (process.send === undefined)
    throw new ContractError(
      'bad-input',
      '--ipc works only if a parent process starts the host with an IPC channel. Omit it to serve a browser.',
    );
  // A frame that can no longer be sent has nobody to receive it: the channel's end is reported by "disconnect".
  const connection = new Connection(
    host,
    (frame: AnswerFrame) => void process.send?.(frame, undefined, undefined, () => undefined),
  );
  const receive = (message: unknown) => connection.receive(message);
  process.on('message', receive);
  await new Promise<void>((resolve) => process.once('disconnect', resolve));
  process.off('message', receive);
  connection.close();
}
