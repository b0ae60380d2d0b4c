/**
 * @file The 23 tasks of the PMO benchmark (Gao et al., Advances in Neural Information Processing Systems 2022) under
 * their names there, each from 0 to 1 (best).
 */
import { qed } from '../../../chem/qed.ts';
import { type Target, targetModels } from '../targets.ts';
import {
  AP,
  arithmeticMean,
  aromaticRings,
  atLeast,
  atMost,
  atomsOf,
  bertz,
  clipped,
  ECFP4,
  ECFP6,
  FCFP4,
  gaussian,
  geometricMean,
  has,
  isomerOf,
  lacks,
  likeThatOf,
  logP,
  modified,
  type Part,
  pharmacophoreOf,
  plain,
  rings,
  similarTo,
  tpsa,
} from './parts.ts';

const ALBUTEROL = 'CC(C)(C)NCC(O)c1ccc(O)c(CO)c1';
const AMLODIPINE = 'Clc1ccccc1C2C(=C(/N/C(=C2/C(=O)OCC)COCCN)C)\\C(=O)OC';
const CAMPHOR = 'CC1(C)C2CCC1(C)C(=O)C2';
const CELECOXIB = 'CC1=CC=C(C=C1)C1=CC(=NN1C1=CC=C(C=C1)S(N)(=O)=O)C(F)(F)F';
const FEXOFENADINE = 'CC(C)(C(=O)O)c1ccc(cc1)C(O)CCCN2CCC(CC2)C(O)(c3ccccc3)c4ccccc4';
const MENTHOL = 'CC(C)C1CCC(C)CC1O';
const MESTRANOL = 'COc1ccc2[C@H]3CC[C@@]4(C)[C@@H](CC[C@@]4(O)C#C)[C@@H]3CCc2c1';
const OSIMERTINIB = 'COc1cc(N(C)CCN(C)C)c(NC(=O)C=C)cc1Nc2nccc(n2)c3cn(C)c4ccccc34';
const PERINDOPRIL = 'O=C(OCC)C(NC(C(=O)N1C(C(=O)O)CC2CCCCC12)C)CCC';
const RANOLAZINE = 'COc1ccccc1OCC(O)CN2CCN(CC(=O)Nc3c(C)cccc3C)CC2';
const SILDENAFIL = 'CCCC1=NN(C2=C1N=C(NC2=O)C3=C(C=CC(=C3)S(=O)(=O)N4CCN(CC4)C)OCC)C';
const SITAGLIPTIN = 'Fc1cc(c(F)cc1F)CC(N)CC(=O)N3Cc2nnc(n2CC3)C(F)(F)F';
const TADALAFIL = 'O=C1N(CC(N2C1CC3=C(C2C4=CC5=C(OCO5)C=C4)NC6=C3C=CC=C6)=O)C';
const THIOTHIXENE = 'CN(C)S(=O)(=O)c1ccc2Sc3ccccc3C(=CCCN4CCN(C)CC4)c2c1';
const TROGLITAZONE = 'Cc1c(C)c2OC(C)(COc3ccc(CC4SC(=O)NC4=O)cc3)CCc2c(C)c1O';
const ZALEPLON = 'O=C(C)N(CC)C1=CC=CC(C2=CC=NC3=C(C=NN23)C#N)=C1';

/** The kinase inhibitor of the hop tasks, and its parts to keep or to change. */
const HOP = 'CCCOc1cc2ncnc(Nc3ccc4ncsc4c3)c2cc1S(=O)(=O)C(C)(C)C';
const HOP_SCAFFOLD = '[#7]-c1n[c;h1]nc2[c;h1]c(-[#8])[c;h0][c;h1]c12';
const HOP_DECORATIONS = '[#6]-[#6]-[#6]-[#8]-[#6]~[#6]~[#6]~[#6]~[#6]-[#7]-c1ccc2ncsc2c1';

const FLUORINE = 9;

const targetTask =
  (id: Target): Part =>
  ({ resource }) =>
    targetModels[id](resource);

interface Task {
  /** PMO's name with hyphens. */
  readonly name: string;
  readonly label: string;
  /** What is wanted, in plain words. */
  readonly wanted: string;
  readonly score: Part;
}

export const tasks: readonly Task[] = [
  {
    name: 'albuterol-similarity',
    label: 'albuterol, similar',
    wanted: 'Similarity to albuterol by pharmacophore features (FCFP4); 0.75 is enough.',
    score: modified(similarTo(ALBUTEROL, FCFP4), clipped(0.75)),
  },
  {
    name: 'amlodipine-mpo',
    label: 'amlodipine, with three rings',
    wanted: 'Similarity to amlodipine (ECFP4), and three rings instead of its two.',
    score: geometricMean(similarTo(AMLODIPINE, ECFP4), modified(plain(rings), gaussian(3, 0.5))),
  },
  {
    name: 'celecoxib-rediscovery',
    label: 'celecoxib, rediscovered',
    wanted: 'Similarity to celecoxib (ECFP4).',
    score: similarTo(CELECOXIB, ECFP4),
  },
  {
    name: 'deco-hop',
    label: 'new decorations',
    wanted:
      'Keep the quinazoline scaffold of a kinase inhibitor and its pharmacophore, but neither its sulfone nor its benzothiazole.',
    score: arithmeticMean(
      modified(pharmacophoreOf(HOP), clipped(0.85)),
      lacks('CS([#6])(=O)=O'),
      lacks('[#7]-c1ccc2ncsc2c1'),
      has(HOP_SCAFFOLD),
    ),
  },
  {
    name: 'drd2',
    label: 'DRD2',
    wanted: 'Activity at the dopamine receptor D2, by a classifier.',
    score: targetTask('drd2'),
  },
  {
    name: 'fexofenadine-mpo',
    label: 'fexofenadine, more polar',
    wanted: 'Similarity to fexofenadine (atom pairs; 0.8 is enough), polar surface of 90 or more, logP of 4 or less.',
    score: geometricMean(
      modified(plain(tpsa), atLeast(90, 10)),
      modified(plain(logP), atMost(4, 1)),
      modified(similarTo(FEXOFENADINE, AP), clipped(0.8)),
    ),
  },
  {
    name: 'gsk3b',
    label: 'GSK3 beta',
    wanted: 'Activity at the kinase GSK3 beta, by a classifier.',
    score: targetTask('gsk3b'),
  },
  {
    name: 'isomers-c7h8n2o2',
    label: 'isomers of C7H8N2O2',
    wanted: 'The formula C7H8N2O2.',
    score: isomerOf('C7H8N2O2'),
  },
  {
    name: 'isomers-c9h10n2o2pf2cl',
    label: 'isomers of C9H10N2O2PF2Cl',
    wanted: 'The formula C9H10N2O2PF2Cl.',
    score: isomerOf('C9H10N2O2PF2Cl'),
  },
  { name: 'jnk3', label: 'JNK3', wanted: 'Activity at the kinase JNK3, by a classifier.', score: targetTask('jnk3') },
  {
    name: 'median1',
    label: 'between camphor and menthol',
    wanted: 'Similarity to both camphor and menthol (ECFP4).',
    score: geometricMean(similarTo(CAMPHOR, ECFP4), similarTo(MENTHOL, ECFP4)),
  },
  {
    name: 'median2',
    label: 'between tadalafil and sildenafil',
    wanted: 'Similarity to both tadalafil and sildenafil (ECFP6).',
    score: geometricMean(similarTo(TADALAFIL, ECFP6), similarTo(SILDENAFIL, ECFP6)),
  },
  {
    name: 'mestranol-similarity',
    label: 'mestranol, similar',
    wanted: 'Similarity to mestranol by atom pairs; 0.75 is enough.',
    score: modified(similarTo(MESTRANOL, AP), clipped(0.75)),
  },
  {
    name: 'osimertinib-mpo',
    label: 'osimertinib, more polar',
    wanted:
      'Similarity to osimertinib in features (FCFP4; 0.8 is enough) but not in detail (ECFP6, 0.85 at most), polar surface of 100 or more, logP of 1 or less.',
    score: geometricMean(
      modified(plain(tpsa), atLeast(100, 10)),
      modified(plain(logP), atMost(1, 1)),
      modified(similarTo(OSIMERTINIB, FCFP4), clipped(0.8)),
      modified(similarTo(OSIMERTINIB, ECFP6), atMost(0.85, 0.1)),
    ),
  },
  {
    name: 'perindopril-mpo',
    label: 'perindopril, with two aromatic rings',
    wanted: 'Similarity to perindopril (ECFP4), and two aromatic rings instead of none.',
    score: geometricMean(similarTo(PERINDOPRIL, ECFP4), modified(plain(aromaticRings), gaussian(2, 0.5))),
  },
  { name: 'qed', label: 'drug-likeness', wanted: 'Drug-likeness (QED).', score: plain(qed) },
  {
    name: 'ranolazine-mpo',
    label: 'ranolazine, more polar, with a fluorine',
    wanted:
      'Similarity to ranolazine (atom pairs; 0.7 is enough), polar surface of 95 or more, logP of 7 or more, one fluorine.',
    score: geometricMean(
      modified(plain(tpsa), atLeast(95, 20)),
      modified(plain(logP), atLeast(7, 1)),
      modified(similarTo(RANOLAZINE, AP), clipped(0.7)),
      modified(plain(atomsOf(FLUORINE)), gaussian(1, 1)),
    ),
  },
  {
    name: 'scaffold-hop',
    label: 'a new scaffold',
    wanted: 'Replace the quinazoline scaffold of a kinase inhibitor, but keep its decorations and its pharmacophore.',
    score: arithmeticMean(modified(pharmacophoreOf(HOP), clipped(0.75)), has(HOP_DECORATIONS), lacks(HOP_SCAFFOLD)),
  },
  {
    name: 'sitagliptin-mpo',
    label: 'sitagliptin, in another shape',
    wanted: 'The formula, logP and polar surface of sitagliptin, with as little similarity to it as possible (ECFP4).',
    score: geometricMean(
      modified(similarTo(SITAGLIPTIN, ECFP4), gaussian(0, 0.1)),
      likeThatOf(SITAGLIPTIN, logP, 0.2),
      likeThatOf(SITAGLIPTIN, tpsa, 5),
      isomerOf('C16H15F6N5O'),
    ),
  },
  {
    name: 'thiothixene-rediscovery',
    label: 'thiothixene, rediscovered',
    wanted: 'Similarity to thiothixene (ECFP4).',
    score: similarTo(THIOTHIXENE, ECFP4),
  },
  {
    name: 'troglitazone-rediscovery',
    label: 'troglitazone, rediscovered',
    wanted: 'Similarity to troglitazone (ECFP4).',
    score: similarTo(TROGLITAZONE, ECFP4),
  },
  {
    name: 'valsartan-smarts',
    label: 'a part of valsartan with the properties of sitagliptin',
    wanted: 'The biphenyl amide of valsartan, with logP, polar surface and complexity (BertzCT) of sitagliptin.',
    score: geometricMean(
      has('CN(C=O)Cc1ccc(c2ccccc2)cc1'),
      likeThatOf(SITAGLIPTIN, tpsa, 5),
      likeThatOf(SITAGLIPTIN, logP, 0.2),
      likeThatOf(SITAGLIPTIN, bertz, 30),
    ),
  },
  {
    name: 'zaleplon-mpo',
    label: 'zaleplon, with another formula',
    wanted: 'Similarity to zaleplon (ECFP4), and the formula C19H17N3O2.',
    score: geometricMean(similarTo(ZALEPLON, ECFP4), isomerOf('C19H17N3O2')),
  },
];
