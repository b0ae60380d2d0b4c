/**
 * Speed of the shipped predictors of DNA: sequences a second through all networks
 * on one thread, words and both strands included, as a scoring worker runs them.
 * Usage: npm run bench -- predictor [SEQUENCES]
 */
import { Purpose, randomStream } from '../engine/generator/random.ts';
import { readPredictor } from '../engine/predictor/sequence/checkpoint.ts';
import { Ensemble } from '../engine/predictor/sequence/ensemble.ts';
import { ortDevice } from '../engine/tensor/ort.ts';
import { readResource } from '../host/chemistry.ts';

const count = Number(process.argv[2] ?? 4096);

for (const name of ['lentimpra', 'yeast-promoter']) {
  const predictor = readPredictor(readResource(`${name}/${name}.safetensors`));
  const ensemble = await Ensemble.create(ortDevice({ id: 'cpu', threads: 1 }), predictor);
  const random = randomStream(1, Purpose.sample);
  const sequences = Array.from({ length: count }, () => Array.from({ length: predictor.network.length }, () => 'ACGT'[random.below(4)]).join(''));
  await ensemble.predict(sequences.slice(0, 64));
  const [start, before] = [performance.now(), process.cpuUsage()];
  await ensemble.predict(sequences);
  const seconds = (performance.now() - start) / 1e3;
  const { user, system } = process.cpuUsage(before);
  console.log(`${name}: ${(count / seconds).toFixed(0)} sequences of ${predictor.network.length} bases a second, ${(count / ((user + system) / 1e6)).toFixed(0)} a second of processor time`);
  await ensemble.dispose();
}
