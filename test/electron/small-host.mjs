/**
 * @file A host of a few lines for the tests of its supervision. It answers every call
 * with its method, and does what the words of its command line say.
 */
const words = process.argv.slice(2);

if (words.includes('no-start')) {
  console.error('The workspace is in use by another program.');
  process.exit(1);
}
process.on('message', ({ kind, id, method }) => {
  if (kind !== 'invoke') return;
  if (method === 'die') process.kill(process.pid, 'SIGKILL');
  // The other side may close the channel in between.
  process.send?.({ kind: 'result', id, ok: true, value: method }, () => undefined);
  process.send?.({ kind: 'nonsense' }, () => undefined);
});
process.on('disconnect', () => {
  if (words.includes('stubborn')) return console.log(`asked to stop: ${process.pid}`);
  console.log('stopped in order');
  process.exit(0);
});
if (words.includes('stubborn')) setInterval(() => undefined, 1000);
