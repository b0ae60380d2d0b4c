/**
 * @file Gobbi's 2D pharmacophore fingerprint: which pairs and triangles of features occur, with the distances between
 * them. Gobbi and Poppinger, Biotechnol. Bioeng. 1998, 61, 47; the bits are those of RDKit's Chem.Pharm2D
 * (Gobbi_Pharm2D.factory, Generate.Gen2DFingerprint), with different numbers.
 */
import { distanceMatrix } from './distances.ts';
import { Query } from './smarts/query.ts';
import type { SearchGraph } from './smarts/search-graph.ts';

/** Each feature is of one atom. */
const FEATURES = [
  // Acidic group.
  '[$([C,S](=[O,S,P])-[O;H1])]',
  // Aromatic attachment.
  '[$([a;D3](@*)(@*)*)]',
  // Basic group.
  '[$([N;H2&+0][$([C,a]);!$([C,a](=O))]),$([N;H1&+0]([$([C,a]);!$([C,a](=O))])[$([C,a]);!$([C,a](=O))]),$([N;H0&+0]([C;!$(C(=O))])([C;!$(C(=O))])[C;!$(C(=O))]),$([N,n;X2;+0])]',
  // Hydrogen bond acceptor.
  '[$([O,S;H1;v2]-[!$(*=[O,N,P,S])]),$([O,S;H0;v2]),$([O,S;-]),$([N&v3;H1,H2]-[!$(*=[O,N,P,S])]),$([N;v3;H0]),$([n,o,s;+0]),F]',
  // Hydrogen bond donor.
  '[$([N;!H0;v3]),$([N;!H0;+1;v4]),$([O,S;H1;+0]),$([n;H1;+0])]',
  // Hydrophobic.
  '[$([C;H2,H1](!=*)[C;H2,H1][C;H2,H1][$([C;H1,H2,H3]);!$(C=*)]),$(C([C;H2,H3])([C;H2,H3])[C;H2,H3])]',
  // Aliphatic attachment.
  '[$([A;D3](@*)(@*)*)]',
  // Unusual atom.
  '[!#1;!#6;!#7;!#8;!#9;!#16;!#17;!#35;!#53]',
].map((smarts) => new Query(smarts));

/** Distances are in the bins 2, 3, ..., 7 and 8 to 99. Other distances do not count. */
const SHORTEST = 2;
const BINS = 7;
const LONGEST = 99;
const NO_BIN = 255;

/** A feature at an atom. */
interface Point {
  readonly feature: number;
  readonly atom: number;
}

/** Features in ascending order, as the keys require. */
function findPoints(graph: SearchGraph): Point[] {
  const atoms = Array.from({ length: graph.atoms }, (_, atom) => atom);
  return FEATURES.flatMap((query, feature) =>
    atoms.filter((atom) => query.matchesAt(graph, atom)).map((atom) => ({ feature, atom })),
  );
}

/** [points, points] distance bin of two points. */
function binMatrix(graph: SearchGraph, points: readonly Point[]): Uint8Array {
  const distances = distanceMatrix(graph);
  const bins = new Uint8Array(points.length ** 2);
  points.forEach((p, i) =>
    points.forEach((q, j) => {
      const distance = distances[p.atom * graph.atoms + q.atom];
      bins[i * points.length + j] =
        distance < SHORTEST || distance > LONGEST ? NO_BIN : Math.min(distance - SHORTEST, BINS - 1);
    }),
  );
  return bins;
}

const PAIRS = FEATURES.length ** 2 * BINS;

/** Number of a pair, below PAIRS. */
const pairKey = (f: number, g: number, bin: number): number => (f * FEATURES.length + g) * BINS + bin;

/**
 * Number of a triangle of ascending features. Between equal features, distances may be in any order; the larger go
 * first, as in RDKit's OrderTriangle.
 */
function triangleKey(f: number, g: number, h: number, fg: number, fh: number, gh: number): number {
  let [x, y, z] = [fg, fh, gh];
  if (f === g && g === h) {
    x = Math.max(fg, fh, gh);
    z = Math.min(fg, fh, gh);
    y = fg + fh + gh - x - z;
  } else if (f === g) {
    y = Math.max(fh, gh);
    z = Math.min(fh, gh);
  } else if (g === h) {
    x = Math.max(fg, fh);
    y = Math.min(fg, fh);
  }
  return PAIRS + ((((f * FEATURES.length + g) * FEATURES.length + h) * BINS + x) * BINS + y) * BINS + z;
}

/** The bits that are set. */
export function pharmacophoreBits(graph: SearchGraph): ReadonlySet<number> {
  const points = findPoints(graph);
  const bins = binMatrix(graph, points);
  const found = new Set<number>();
  for (let i = 0; i < points.length; i++) {
    for (let j = i + 1; j < points.length; j++) {
      const bin = bins[i * points.length + j];
      if (bin === NO_BIN) continue;
      found.add(pairKey(points[i].feature, points[j].feature, bin));
      addTriangles(found, points, bins, i, j);
    }
  }
  return found;
}

/** Adds the triangles of two points with each later point. */
function addTriangles(found: Set<number>, points: readonly Point[], bins: Uint8Array, i: number, j: number): void {
  const count = points.length;
  for (let k = j + 1; k < count; k++) {
    const [ik, jk] = [bins[i * count + k], bins[j * count + k]];
    if (ik === NO_BIN || jk === NO_BIN) continue;
    found.add(triangleKey(points[i].feature, points[j].feature, points[k].feature, bins[i * count + j], ik, jk));
  }
}
