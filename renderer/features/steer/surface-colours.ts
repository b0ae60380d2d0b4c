/**
 * @file Colours the figure of weights by the measured surface. Every place has the mean of the measured settings,
 * weighted by a Gaussian of the distance (Nadaraya 1964, Watson 1964), so that the noise of a single setting does not
 * look like a peak. Only for two and three goals: with more goals, one place represents many weights.
 */
import type { SurfaceSetting } from '../../../contract/api.ts';
import { cornersOf, type Place, placeOf } from './simplex.ts';

/** A piece of the figure in the plane of `cornersOf`. */
interface ColouredPiece {
  readonly corners: readonly Place[];
  /** Mean score in its middle, between 0 and 1. */
  readonly value: number;
}

export interface SurfaceColours {
  readonly pieces: readonly ColouredPiece[];
  /** Of the settings measured. */
  readonly lowest: number;
  readonly highest: number;
}

/** Pieces along an edge: fine enough for a figure of 240 pixels. */
const FINE = 20;
/**
 * Deviation of the Gaussian where the corners lie on the unit circle: about half the way between neighbouring
 * settings.
 */
const SMOOTH = 0.22;
/** Half the height of the band that a line of two goals becomes. */
const BAND = 0.06;

interface Sample {
  readonly at: Place;
  readonly value: number;
}

/**
 * @param goal whose mean score gives the colour; by default the total by the weights of the design @returns null if
 * there is nothing to colour
 */
export function surfaceColours(settings: readonly SurfaceSetting[], goal: number | undefined): SurfaceColours | null {
  const goals = settings[0]?.weights.length ?? 0;
  const samples = settings.flatMap((setting): Sample[] => {
    const { mean } = goal === undefined ? setting.total : setting.objectives[goal];
    return mean === null ? [] : [{ at: placeOf(setting.weights), value: mean }];
  });
  if ((goals !== 2 && goals !== 3) || samples.length < goals) return null;
  const values = samples.map(({ value }) => value);
  const pieces = goals === 2 ? bands() : triangles(cornersOf(3));
  return {
    pieces: pieces.map((corners) => ({ corners, value: between(samples, middle(corners)) })),
    lowest: Math.min(...values),
    highest: Math.max(...values),
  };
}

function between(samples: readonly Sample[], { x, y }: Place): number {
  let [sum, whole] = [0, 0];
  for (const { at, value } of samples) {
    const near = Math.exp(-((at.x - x) ** 2 + (at.y - y) ** 2) / (2 * SMOOTH ** 2));
    sum += near * value;
    whole += near;
  }
  return sum / whole;
}

function bands(): Place[][] {
  return Array.from({ length: FINE }, (_, i) => {
    const [from, to] = [-1 + (2 * i) / FINE, -1 + (2 * (i + 1)) / FINE];
    return [
      { x: from, y: -BAND },
      { x: to, y: -BAND },
      { x: to, y: BAND },
      { x: from, y: BAND },
    ];
  });
}

/** Small triangles, pointing up and down, that fill the large one. */
function triangles([top, right, left]: readonly Place[]): Place[][] {
  const at = (i: number, j: number): Place => mix(top, right, left, i / FINE, j / FINE);
  const rows = Array.from({ length: FINE }, (_, i) => i);
  return rows.flatMap((i) =>
    rows
      .slice(0, FINE - i)
      .flatMap((j) => [
        [at(i, j), at(i + 1, j), at(i, j + 1)],
        ...(i + j < FINE - 1 ? [[at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)]] : []),
      ]),
  );
}

function mix(a: Place, b: Place, c: Place, ofB: number, ofC: number): Place {
  const ofA = 1 - ofB - ofC;
  return { x: ofA * a.x + ofB * b.x + ofC * c.x, y: ofA * a.y + ofB * b.y + ofC * c.y };
}

function middle(corners: readonly Place[]): Place {
  const mean = (of: (corner: Place) => number): number =>
    corners.reduce((sum, corner) => sum + of(corner), 0) / corners.length;
  return { x: mean(({ x }) => x), y: mean(({ y }) => y) };
}
