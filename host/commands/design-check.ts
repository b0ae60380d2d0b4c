/**
 * amalgam design --check: tests goals and limits on samples of the generator, and estimates how long a run takes on
 * this computer.
 */
import { existsSync } from 'node:fs';
import { ContractError, type Estimate } from '../../contract/api.ts';
import type { ReadableWorkspace } from '../../db/index.ts';
import { modalityWords } from '../../engine/base/modality.ts';
import { type ChoosableDevice, type DeviceReport, fastestDevice } from '../../engine/tensor/devices.ts';
import { Chemistry } from '../chemistry/service.ts';
import { type DeviceChoice, parseDevice, rememberedChoice, rememberedDevices } from '../compute/devices.ts';
import type { DesignFile } from '../design/design-file.ts';
import { thresholdTexts } from '../design/explain.ts';
import { preflightOf } from '../design/preflight.ts';
import { Previews } from '../design/previews.ts';
import type { ResolvedDesign } from '../design/resolved.ts';
import { estimateBy, estimateOf } from '../runs/estimate.ts';
import { tryDesign } from '../runs/trials.ts';
import type { HostCommandOptions } from './options.ts';
import { withReader } from './run-options.ts';
import { duration, openTerminal } from './terminal.ts';

export interface CheckOptions extends HostCommandOptions {
  readonly json?: boolean;
}

/** Exits with 2 if a run would have nothing to learn from. */
export async function checkDesign({ design, resolved }: DesignFile, options: CheckOptions): Promise<void> {
  const terminal = openTerminal();
  const thresholds = thresholdTexts(design, resolved);
  if (!options.json) for (const text of thresholds) terminal.out(`goal: ${text}`);
  terminal.note(`Trying what ${resolved.prior} writes before any training; this takes some seconds.`);
  const { count, remarks } = await preflightOf(resolved, new Previews(new Chemistry()));
  const hopeless = remarks.some(({ severity }) => severity === 'problem');
  const time = hopeless ? null : await timeHere(resolved, options);
  if (options.json) terminal.json({ count, thresholds, remarks, estimate: time });
  else for (const { severity, message } of remarks) terminal.out(`${severity}: ${message}`);
  if (!options.json && remarks.length === 0)
    terminal.out(
      `No problems found in ${count} ${modalityWords[resolved.modality].many} sampled from ${resolved.prior}: every goal varies among them, and some of them meet the limits.`,
    );
  if (!options.json && time !== null) terminal.out(timeLine(time));
  if (hopeless) process.exitCode = 2;
}

/** "About 8 min on this computer. Estimated from run 3, which had the same goals.", with a rounded duration. */
export function timeLine({ minutes, basis }: Estimate): string {
  const unit = minutes < 1 ? 15 : 60;
  return `About ${duration(Math.max(1, Math.round((minutes * 60) / unit)) * unit)} here. ${basis}`;
}

/** Null if there is no workspace yet, or none that this version reads; the latter is reported. */
function known<T>(workspace: string, look: (db: ReadableWorkspace) => T): T | null {
  if (!existsSync(workspace)) return null;
  try {
    return withReader(workspace, look);
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    openTerminal().note(`Nothing is taken from the workspace: ${error.message}`);
    return null;
  }
}

/**
 * From the workspace if it has a comparable run, otherwise from a trial now. Null if neither is possible, which is
 * reported.
 */
async function timeHere(design: ResolvedDesign, { workspace, device }: CheckOptions): Promise<Estimate | null> {
  const here = known(workspace, (db) => ({
    estimate: estimateOf(db, design),
    choice: rememberedChoice(db),
    reports: rememberedDevices(db),
  }));
  if (here?.estimate?.sameGoals) return here.estimate;
  const terminal = openTerminal();
  const on = deviceFor(parseDevice(device), here);
  terminal.note(`Training a few steps to learn how long a run takes here, on ${on}.`);
  try {
    return estimateBy(
      {
        pace: await tryDesign(design, on),
        sameGoals: true,
        source: `a short trial of this design on ${on} just now`,
      },
      design,
      '',
    );
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    terminal.note(`The time is not known: ${error.message}`);
    return null;
  }
}

/** The device that a run would choose, as far as it is known without testing all devices. */
function deviceFor(
  wanted: DeviceChoice,
  here: { readonly choice: DeviceChoice; readonly reports: readonly DeviceReport[] | null } | null,
): ChoosableDevice {
  if (wanted !== 'auto') return wanted;
  if (here === null || here.reports === null) return 'cpu';
  return here.choice === 'auto' ? fastestDevice(here.reports) : here.choice;
}
