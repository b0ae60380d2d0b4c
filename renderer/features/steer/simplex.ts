/**
 * @file Shares of goals as a point: a corner a goal, on a line for two, of a regular
 * polygon for more. A point is the mean of the corners weighted by the shares. Back from
 * a point there is one answer up to three goals; beyond, Wachspress's coordinates are
 * taken, which are smooth, never negative, and bring the point itself back
 * (Meyer, Barr, Lee and Desbrun 2002, "Generalized Barycentric Coordinates on Irregular
 * Polygons", J. Graphics Tools 7(1), equation 3).
 */

/** In a plane whose corners lie on the unit circle; y grows downwards, as on a screen. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Clockwise, the first goal at the top; of an even number two share the top, and two goals lie left and right. */
export function cornersOf(goals: number): Place[] {
  const turn = goals === 2 ? -Math.PI : -Math.PI / 2 - (goals % 2 === 0 ? Math.PI / goals : 0);
  return Array.from({ length: goals }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / goals;
    return { x: Math.cos(angle), y: Math.sin(angle) };
  });
}

/** @param shares sum to 1 */
export function placeOf(shares: readonly number[]): Place {
  const corners = cornersOf(shares.length);
  return {
    x: sum(shares.map((share, i) => share * corners[i].x)),
    y: sum(shares.map((share, i) => share * corners[i].y)),
  };
}

/** Shares of the goals at a place, which is moved to the nearest one of the figure where it is outside. */
export function sharesAt(goals: number, place: Place): number[] {
  const corners = cornersOf(goals);
  if (goals < 2) return corners.map(() => 1);
  const { x, y } = nearestInside(corners, place);
  if (goals === 2) return [(1 - x) / 2, (1 + x) / 2];
  // Twice the triangles between the place and each edge. A corner's weight is the product of all but its own
  // two edges': the usual quotients times a common factor, so that nothing is divided by 0 on an edge.
  const areas = corners.map((a, i) => Math.max(0, cross(a, following(corners, i), { x, y })));
  const weights = corners.map((_, i) =>
    areas.reduce((product, area, j) => (j === i || j === (i + goals - 1) % goals ? product : product * area), 1),
  );
  const whole = sum(weights);
  return weights.map((weight) => weight / whole);
}

function nearestInside(corners: readonly Place[], place: Place): Place {
  const beyond = corners.length === 2 || corners.some((a, i) => cross(a, following(corners, i), place) < 0);
  if (!beyond) return place;
  const nearest = corners.map((a, i) => nearestOnEdge(a, following(corners, i), place));
  return nearest.reduce((best, one) => (distance(one, place) < distance(best, place) ? one : best));
}

function nearestOnEdge(a: Place, b: Place, { x, y }: Place): Place {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy)));
  return { x: a.x + along * dx, y: a.y + along * dy };
}

const following = (corners: readonly Place[], i: number): Place => corners[(i + 1) % corners.length];

/** Twice the signed area of the triangle; positive inside, since the corners go clockwise on the screen. */
const cross = (a: Place, b: Place, p: Place): number => (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);

const distance = (a: Place, b: Place): number => Math.hypot(a.x - b.x, a.y - b.y);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
