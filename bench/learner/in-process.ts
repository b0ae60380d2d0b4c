/** One run of a design in this process, one thread for training. */
import { writeFileSync } from 'node:fs';
import { stringify, type TomlPrimitive } from 'smol-toml';
import type { Generator } from '../../engine/generator/checkpoint.ts';
import { runMethods } from '../../engine/soup/methods.ts';
import type { RoundCommit } from '../../engine/soup/types.ts';
import { Chemistry } from '../../host/chemistry/service.ts';
import { openWorkshop } from '../../host/compute/parts.ts';
import { readDesignFile } from '../../host/design/design-file.ts';
import type { ResolvedDesign } from '../../host/design/resolved.ts';
import { trialSetup } from '../../host/runs/setup.ts';

/** What a round of a run is looked at with. */
export interface Round extends RoundCommit {
  readonly resolved: ResolvedDesign;
  readonly prior: Generator;
}

/**
 * @param design as a design file holds it
 * @param file where it is written, since designs are read from files
 * @param commit gets each round; the run ends with what it throws
 */
export async function runInProcess(
  design: Readonly<Record<string, unknown>>,
  file: string,
  seed: number,
  commit: (round: Round) => void,
): Promise<void> {
  writeFileSync(file, stringify(design as Record<string, TomlPrimitive>));
  const { resolved } = await new Chemistry().use((chemistry) => readDesignFile(file, chemistry));
  const setup = { ...trialSetup(resolved, 'cpu', seed), threads: 1, workers: 1 };
  const workshop = await openWorkshop(setup, () => Promise.reject(new Error('Programs of the user are not run here.')));
  const { prior } = workshop;
  const observer = {
    merged: () => undefined,
    commitRound: async (round: RoundCommit) => commit({ ...round, resolved, prior }),
  };
  try {
    const request = { ...setup, prior: prior.weights };
    await runMethods[setup.settings.method](request, null, { runner: workshop.experts, observer });
  } finally {
    await workshop.dispose();
  }
}
