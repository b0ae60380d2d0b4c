/**
 * Speed of the motif search: random sequences of 200 bases with JASPAR's motifs at p = 1e-4 on both strands, in one
 * thread. It prints wall time and processor time, since other processes may use the machine.
 * Usage: npm run bench -- motifs [SEQUENCES, default 100000] [MOTIFS, default 20]
 */
import { MotifFinder, wordsOf } from '../engine/dna/motifs.ts';
import { randomStream } from '../engine/generator/random.ts';
import { shippedMotifs } from '../engine/objectives/families/dna/motif-library.ts';
import { readResource } from '../host/chemistry/chemistry.ts';

const LENGTH = 200;
const [sequences, motifs] = [Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 20)];

/** @returns the result of the work; prints its wall time and processor time */
function timed<Result>(what: string, work: () => Result): Result {
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  const result = work();
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    `${what}: ${((performance.now() - wall) / 1000).toFixed(2)} s, processor ${((user + system) / 1e6).toFixed(2)} s`,
  );
  return result;
}

const random = randomStream(4);
const texts = Array.from({ length: sequences }, () =>
  Array.from({ length: LENGTH }, () => 'ACGT'[random.below(4)]).join(''),
);
const library = timed('reading the collections', () => shippedMotifs(readResource));
const finders = timed(`preparing ${motifs} motifs`, () =>
  library.motifs
    .slice(0, motifs)
    .map((motif) => new MotifFinder(motif, { p: 1e-4, gc: 0.5, pseudocount: 0.1, bothStrands: true })),
);
const hits = timed(`${sequences} sequences of ${LENGTH} bases`, () =>
  texts.reduce((sum, text) => {
    const words = wordsOf(text);
    return sum + finders.reduce((own, finder) => own + finder.hits(words).length, 0);
  }, 0),
);
console.log(
  `${hits} hits; by chance ${Math.round(finders.reduce((sum, { width }) => sum + 2e-4 * sequences * (LENGTH - width + 1), 0))} at most`,
);
