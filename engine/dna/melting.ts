/**
 * @file Melting temperature of a short duplex by nearest neighbours, with the unified parameters and the salt
 * correction of SantaLucia, PNAS 1998, 95, 1460 (tables 1 and 2, equation 5). Magnesium is converted to sodium after
 * von Ahsen et al., Clin. Chem. 2001, 47, 1956. Equals Biopython's Tm_NN with DNA_NN3 and saltcorr 5.
 */
import { iupacReverseComplement } from './iupac.ts';

export interface MeltingConditions {
  /** Concentration of each strand, nM. */
  readonly oligo: number;
  /** Monovalent cations, mM. */
  readonly sodium: number;
  /** Magnesium that is not bound to nucleotides, mM. */
  readonly magnesium: number;
}

/** Enthalpy in kcal/mol and entropy in cal/(mol K) at 1 M NaCl. */
type Energy = readonly [enthalpy: number, entropy: number];

/** By pair of neighbours, 5' to 3'; the same for both strands. */
const NEIGHBOURS: Readonly<Record<string, Energy>> = bothStrands({
  AA: [-7.9, -22.2],
  AT: [-7.2, -20.4],
  TA: [-7.2, -21.3],
  CA: [-8.5, -22.7],
  GT: [-8.4, -22.4],
  CT: [-7.8, -21.0],
  GA: [-8.2, -22.2],
  CG: [-10.6, -27.2],
  GC: [-9.8, -24.4],
  GG: [-8.0, -19.9],
});
const TERMINAL_WEAK: Energy = [2.3, 4.1];
const TERMINAL_STRONG: Energy = [0.1, -2.8];
const SYMMETRY_ENTROPY = -1.4;
/** cal/(mol K), as in the paper. */
const GAS_CONSTANT = 1.987;
const ZERO_CELSIUS = 273.15;

function bothStrands(energies: Readonly<Record<string, Energy>>): Record<string, Energy> {
  const others = Object.entries(energies).map(([pair, energy]) => [iupacReverseComplement(pair), energy] as const);
  return { ...Object.fromEntries(others), ...energies };
}

/**
 * @param sequence A, C, G and T in upper case, paired with its perfect complement
 * @returns degrees Celsius; null for fewer than two bases
 */
export function meltingTemperature(sequence: string, { oligo, sodium, magnesium }: MeltingConditions): number | null {
  if (sequence.length < 2) return null;
  const symmetric = iupacReverseComplement(sequence) === sequence;
  const [enthalpy, entropy] = duplexEnergy(sequence);
  const cations = (sodium + 120 * Math.sqrt(magnesium)) / 1000;
  const salt = 0.368 * (sequence.length - 1) * Math.log(cations);
  // Of two different strands, each has half of the total; a self-complementary strand counts fully.
  const strands = (symmetric ? oligo : oligo / 2) * 1e-9;
  const atConditions = entropy + (symmetric ? SYMMETRY_ENTROPY : 0) + salt + GAS_CONSTANT * Math.log(strands);
  return (1000 * enthalpy) / atConditions - ZERO_CELSIUS;
}

function duplexEnergy(sequence: string): Energy {
  const terminal = (base: string) => (base === 'A' || base === 'T' ? TERMINAL_WEAK : TERMINAL_STRONG);
  const ends = [terminal(sequence[0]), terminal(sequence[sequence.length - 1])];
  let [enthalpy, entropy] = [ends[0][0] + ends[1][0], ends[0][1] + ends[1][1]];
  for (let i = 0; i + 1 < sequence.length; i++) {
    const energy = NEIGHBOURS[sequence.slice(i, i + 2)];
    enthalpy += energy[0];
    entropy += energy[1];
  }
  return [enthalpy, entropy];
}
