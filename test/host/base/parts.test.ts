/** @file Small parts of the host: folders of each platform, CSV cells, exit codes, a state as bytes. */
import { describe, expect, it } from 'vitest';
import { ContractError } from '../../../contract/api.ts';
import type { GeneratorConfig } from '../../../engine/generator/checkpoint.ts';
import { decoderShape } from '../../../engine/generator/checkpoint.ts';
import { decoderParameters } from '../../../engine/generator/decoder.ts';
import { parameterCount } from '../../../engine/generator/parameters.ts';
import { resolveSettings } from '../../../engine/soup/settings.ts';
import type { RunState } from '../../../engine/soup/types.ts';
import { exitCode, InputError } from '../../../host/base/errors.ts';
import { dataFolder, defaultWorkspace } from '../../../host/base/paths.ts';
import { decodeState, encodeRest, momentsFile, weightsFile } from '../../../host/compute/run-state.ts';
import { csvLine } from '../../../host/export/csv.ts';

describe('folders', () => {
  it('follow each platform', () => {
    expect(dataFolder('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/amalgam');
    expect(dataFolder('linux', {})).toMatch(/\.local\/share\/amalgam$/);
    expect(dataFolder('darwin', {})).toMatch(/Library\/Application Support\/Amalgam$/);
    expect(dataFolder('win32', { APPDATA: '/roaming' })).toBe('/roaming/Amalgam');
  });

  it('give way to AMALGAM_WORKSPACE', () => {
    expect(defaultWorkspace({ AMALGAM_WORKSPACE: '/elsewhere.amalgam' })).toBe('/elsewhere.amalgam');
    expect(defaultWorkspace({})).toMatch(/workspace\.amalgam$/);
  });
});

it('writes CSV by RFC 4180', () => {
  expect(csvLine(['a,b', 'say "no"', 'two\nlines', null, 0.5])).toBe('"a,b","say ""no""","two\nlines",,0.5\r\n');
});

it('exits with 2 where the input is at fault, else with 1', () => {
  expect(
    [new InputError('x'), new ContractError('not-found', 'x'), new ContractError('workspace', 'x'), new Error('x')].map(
      exitCode,
    ),
  ).toEqual([2, 2, 1, 1]);
});

describe('a state as bytes', () => {
  const config: GeneratorConfig = {
    modality: 'molecule',
    layers: 1,
    width: 8,
    heads: 2,
    keyValueHeads: 1,
    context: 8,
    vocabulary: ['<s>', 'C', 'O'],
  };
  const n = parameterCount(decoderParameters(decoderShape(config)));
  const values = (seed: number, length = n) => Float32Array.from({ length }, (_, i) => Math.sin(seed + i));
  const moments = (seed: number) => ({ first: values(seed), second: values(seed + 1), steps: 7 });
  const state: RunState = {
    round: 2,
    step: 8,
    merged: values(1),
    mergedMoments: moments(2),
    experts: [
      {
        objective: 0,
        weights: values(3),
        moments: moments(4),
        extra: { weights: values(5, 9), moments: { first: values(6, 9), second: values(7, 9), steps: 3 } },
        replay: [
          { canonical: 'CO', tokens: Int32Array.of(0, 1, 2, 0), reward: 0.1 + 0.2, logPrior: -3.5, forced: null },
          {
            canonical: 'OC',
            tokens: Int32Array.of(0, 2, 1, 0),
            reward: 0.1,
            logPrior: -2.5,
            forced: Uint8Array.of(0, 1, 1),
          },
        ],
        steps: 8,
      },
      { objective: 1, weights: null, moments: null, extra: null, replay: [], steps: 0 },
    ],
    multipliers: [0.1 + 0.2, 0],
    shared: [
      {
        canonical: 'CO',
        scaffold: '',
        tokens: Int32Array.of(0, 1, 2, 0),
        logPrior: -3.5,
        forced: Uint8Array.of(1, 0, 0),
        scores: [0.1 + 0.2, null],
        constraints: [3],
        total: 0.7,
        factor: 1 / 3,
      },
    ],
    archive: [
      {
        stage: 1,
        canonical: 'OC',
        scaffold: 'C',
        tokens: Int32Array.of(0, 2, 1, 0),
        logPrior: -2.5,
        forced: null,
        scores: [0.1 + 0.2],
        constraints: [null],
        total: null,
        factor: 1,
      },
    ],
    memory: {
      moleculeKeys: Float64Array.of(2 ** 52 + 1, 3),
      moleculeCounts: Int32Array.of(1, 4),
      scaffoldKeys: Float64Array.of(5),
      scaffoldCounts: Int32Array.of(2),
    },
    counters: { scored: 10, valid: 9, unique: 8, trained: 7, searched: 0, measured: 3 },
  };
  const settings = resolveSettings({ steps: 16, merge_every: 4, moments: 'keep' }, 2).settings!;
  const statesOf = (of: RunState, under = settings) => ({ ...encodeRest(of, under), moments: momentsFile(of, under) });
  const stored = () => ({
    merged: weightsFile(config, state.merged),
    experts: new Map([[0, weightsFile(config, state.experts[0].weights!)]]),
    states: statesOf(state),
  });

  it('comes back the same, bit for bit', () => {
    expect(decodeState(stored())).toEqual(state);
    expect(statesOf(decodeState(stored()))).toEqual(stored().states);
  });

  it('reads states of runs from before the replay memory could be shared', () => {
    const before = JSON.parse(new TextDecoder().decode(stored().states.rest)) as Record<string, unknown>;
    delete before.shared;
    const rest = new TextEncoder().encode(JSON.stringify(before));
    expect(decodeState({ ...stored(), states: { ...stored().states, rest } })).toEqual({ ...state, shared: [] });
  });

  it('leaves out moments that no expert starts from again', () => {
    const averaged = resolveSettings({ steps: 16, merge_every: 4 }, 2).settings!;
    const back = decodeState({ ...stored(), states: statesOf(state, averaged) });
    expect(back.experts[0].moments).toBeNull();
    expect(back.mergedMoments).toEqual(state.mergedMoments);
  });

  it('says what is missing', () => {
    expect(() => decodeState({ ...stored(), experts: new Map() })).toThrow(
      'The stored state lacks the weights of expert 1.',
    );
    expect(() => decodeState({ ...stored(), states: {} })).toThrow('The stored state lacks its part "rest".');
  });
});
