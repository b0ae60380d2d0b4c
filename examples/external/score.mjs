// Longer sequences score higher: put your own model where "scores" is made.
import { createInterface } from 'node:readline';

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, sequences } = JSON.parse(line);
  const scores = sequences.map((/** @type {string} */ sequence) => sequence.length);
  console.log(JSON.stringify({ id, scores }));
});
