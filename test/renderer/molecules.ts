/**
 * @file Real molecules of ZINC250k with RDKit's QED, SA score and logP, for tests and
 * for looking at the interface without a host.
 */
export interface KnownMolecule {
  readonly smiles: string;
  readonly qed: number;
  readonly sa: number;
  readonly logp: number;
}

export const molecules: readonly KnownMolecule[] = [
  { smiles: 'COCc1cc(NC(=O)N2CC[C@H](CC(C)C)C2)ncn1', qed: 0.9052, sa: 2.9801, logp: 2.5229 },
  { smiles: 'COc1ccc(C(C)(C)C)cc1NC(=O)N1CCNC(=O)[C@@H]1CCO', qed: 0.7717, sa: 2.8901, logp: 1.7074 },
  { smiles: 'c1nc2c(c(N[C@H]3C[C@H]4CC[C@@H]3C4)n1)CCCCC2', qed: 0.8257, sa: 4.1294, logp: 3.346 },
  { smiles: 'Cn1cc[nH+]c1CN1CCN(Cc2ccccc2C(F)(F)F)CC1', qed: 0.8532, sa: 3.1224, logp: 2.1758 },
  { smiles: 'O=C(CCc1cc([O-])no1)N1CCC[C@H](OCc2cccnc2)C1', qed: 0.7922, sa: 3.2987, logp: 1.2836 },
  { smiles: 'Cc1ccc(C[C@H](NC(=O)N(C)C[C@@H](C)O)c2ccccn2)cc1', qed: 0.8572, sa: 2.9721, logp: 2.696 },
  { smiles: 'Cc1ccc(-c2cn[nH]c2[C@H]2CCCN(C(=O)c3ccnn3C)C2)cc1', qed: 0.7898, sa: 2.9155, logp: 3.1384 },
  { smiles: 'CCC(C)(CC)NC(=O)c1cccc(OCC(F)F)n1', qed: 0.8379, sa: 2.7659, logp: 3.034 },
  { smiles: 'CCN(C(=O)c1cnc([C@@H]2CCCO2)s1)[C@H]1CCCC[C@@H]1C', qed: 0.8401, sa: 3.7659, logp: 4.0354 },
  { smiles: 'Cc1cc(O[C@@H](C)c2ccccc2)ccc1NC(=O)NCCO', qed: 0.7663, sa: 2.3631, logp: 3.2488 },
  { smiles: 'COc1ccc(CC[NH2+]Cc2ccccc2Cl)cc1', qed: 0.8068, sa: 2.6769, logp: 2.6547 },
  { smiles: 'O=C1C[C@H]2CC[C@@H](CN1)N2C(=O)c1ccc2ncsc2c1', qed: 0.8732, sa: 4.045, logp: 1.7894 },
  { smiles: 'Cc1c(NC(=O)c2ccc(-c3cccc(Cl)c3)o2)cccc1C(=O)[O-]', qed: 0.7766, sa: 2.3296, logp: 3.5242 },
  { smiles: 'Cc1ccccc1NC(=O)C1=CN(C)[C@H]2C(=O)N(c3ccccc3)C(=O)N=C12', qed: 0.8956, sa: 3.1601, logp: 2.7392 },
  { smiles: 'Cc1ccccc1CCCSCc1nnc(C)n1C', qed: 0.7579, sa: 2.3007, logp: 3.2979 },
  { smiles: 'Cc1cccc(C[NH+]2CCCC[C@@H]2C(=O)N2CCC(C(N)=O)CC2)c1', qed: 0.8424, sa: 3.9753, logp: 0.6563 },
  { smiles: 'Cn1cc(N2CCC[C@@H](NC(=O)Cc3c(F)cccc3F)C2)cn1', qed: 0.9307, sa: 2.8372, logp: 2.026 },
  { smiles: 'Nc1cc(C(=O)N2CCC[C@@H](N3CCN(c4ccccc4)CC3)C2)n[nH]1', qed: 0.8712, sa: 2.8517, logp: 1.4187 },
  { smiles: 'COC(=O)c1ccc(-n2ncc(-c3ccc(C)cc3)c2N)cc1', qed: 0.7543, sa: 1.9494, logp: 3.2165 },
  { smiles: 'C#CCNC(=O)N[C@H](C)c1cc(OC)c(OC)c(OC)c1', qed: 0.7832, sa: 2.7143, logp: 1.7058 },
  { smiles: 'C[C@H]1CCCCN1S(=O)(=O)c1cccc(C(=O)N2CCC(C)(C)C2)c1', qed: 0.8279, sa: 2.7119, logp: 3.1218 },
  { smiles: 'Cc1nnc(NCCNc2ncccc2C(F)(F)F)c(C#N)c1C', qed: 0.8166, sa: 2.6605, logp: 2.9029 },
  { smiles: 'CCN(C(=O)CN1CCN(CCO)CC1)c1cccc2ccccc12', qed: 0.8704, sa: 2.1039, logp: 1.8026 },
  { smiles: 'C[C@H](CNCc1cnc(-c2cccnc2)s1)[NH+](C)C1CC1', qed: 0.8115, sa: 4.177, logp: 1.3603 },
  { smiles: 'CCS(=O)(=O)c1ccc(N[C@H]2CS[C@@H](C)C2)cc1', qed: 0.9238, sa: 3.3422, logp: 2.7861 },
  { smiles: 'C[C@@H](Cc1cccs1)N(C)S(=O)(=O)N1CCCC[C@@H]1C[NH3+]', qed: 0.8427, sa: 3.8603, logp: 0.9521 },
  { smiles: 'O=C([O-])C[NH+](Cc1c(F)cccc1Cl)C1CC1', qed: 0.7925, sa: 4.3943, logp: -0.2237 },
  { smiles: 'Cn1c(=O)oc2ccc(NC(=O)c3cc(F)ccc3O)cc21', qed: 0.76, sa: 2.1453, logp: 2.2285 },
  { smiles: 'N#C[C@@H](c1ccccc1)[C@H]1CCCN1C(=O)c1cc2ccccc2[nH]1', qed: 0.7869, sa: 3.174, logp: 4.0799 },
  { smiles: 'CS[C@H]1CCC[C@@H](NC(=O)c2cccc(-c3n[nH]c(C)n3)c2)C1', qed: 0.903, sa: 3.2173, logp: 3.1841 },
  { smiles: 'O=Cc1ccc(OCC(=O)Nc2ccc(Br)c(Cl)c2)cc1', qed: 0.8136, sa: 1.8907, logp: 3.9325 },
  { smiles: 'COC(=O)Nc1cccc(NC(=O)[C@@H](C)CCc2ccccc2F)c1', qed: 0.8247, sa: 2.4278, logp: 4.2114 },
  { smiles: 'CCOc1cccc(C[NH+]2CCC([C@@H](O)C(F)(F)F)CC2)c1O', qed: 0.7651, sa: 4.2161, logp: 1.509 },
  { smiles: 'O=C(Nc1nnc(-c2ccc(Br)o2)o1)c1ccc(F)c(F)c1', qed: 0.7618, sa: 2.3349, logp: 3.6226 },
  { smiles: 'C[C@H]1CCN(C(=O)N[C@@H]2CC[C@H]([NH+](C)C)C2)[C@@H]1c1cccc(F)c1', qed: 0.8714, sa: 4.4436, logp: 1.9838 },
  { smiles: 'O=S(=O)(N[C@H]1CCC[C@H]1n1ccnc1)c1ccc2c(c1)CCCC2', qed: 0.9266, sa: 3.215, logp: 2.834 },
  { smiles: 'CC[C@H](C)NC(=O)CN1CCN(C(=O)Nc2cccc3cnccc23)CC1', qed: 0.8478, sa: 2.5818, logp: 2.299 },
  { smiles: 'CCCN1C(=O)CC[C@H]([NH3+])[C@@H]1c1ccc(Br)c(C)c1', qed: 0.9112, sa: 3.7385, logp: 2.4415 },
  { smiles: 'C[C@@H](O)CN1CCN(C(=O)c2cc3c(F)cccc3s2)CC1', qed: 0.9419, sa: 2.6573, logp: 2.179 },
  { smiles: 'CN(Cc1ncnn1C)C(=O)COc1ccccc1C#N', qed: 0.808, sa: 2.384, logp: 0.7242 },
  { smiles: 'Cc1ccc(cc1)-c1cc(nn1-c1ccc(cc1)S(N)(=O)=O)C(F)(F)F', qed: 0.754, sa: 2.2366, logp: 3.5139 },
];
