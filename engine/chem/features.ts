/**
 * @file Pharmacophore features of an atom as a bit mask: the invariants of FCFP fingerprints. Definitions: RDKit's
 * Code/GraphMol/Fingerprints/FingerprintUtil.cpp, after Gobbi and Poppinger, Biotechnol. Bioeng. 1998, 61, 47.
 */
import { Query } from './smarts/query.ts';
import type { SearchGraph } from './smarts/search-graph.ts';

/** Bit i of the mask belongs to query i; each query is of one atom. */
const FEATURES = [
  // Hydrogen bond donor.
  '[$([N;!H0;v3,v4&+1]),$([O,S;H1;+0]),n&H1&+0]',
  // Hydrogen bond acceptor.
  '[$([O,S;H1;v2;!$(*-*=[O,N,P,S])]),$([O,S;H0;v2]),$([O,S;-]),$([N;v3;!$(N-*=[O,N,P,S])]),n&H0&+0,$([o,s;+0;!$([o,s]:n);!$([o,s]:c:n)])]',
  // Aromatic.
  '[a]',
  // Halogen.
  '[F,Cl,Br,I]',
  // Basic.
  '[#7;+,$([N;H2&+0][$([C,a]);!$([C,a](=O))]),$([N;H1&+0]([$([C,a]);!$([C,a](=O))])[$([C,a]);!$([C,a](=O))]),$([N;H0&+0]([C;!$(C(=O))])([C;!$(C(=O))])[C;!$(C(=O))])]',
  // Acidic.
  '[$([C,S](=[O,S,P])-[O;H1,-1])]',
].map((smarts) => new Query(smarts));

/** [atoms] mask of each atom's features. Most carbons have none and give 0. */
export function featureInvariants(graph: SearchGraph): Uint32Array {
  const masks = new Uint32Array(graph.atoms);
  FEATURES.forEach((query, bit) => {
    for (let a = 0; a < graph.atoms; a++) if (query.matchesAt(graph, a)) masks[a] |= 1 << bit;
  });
  return masks;
}
