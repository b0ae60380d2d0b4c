/**
 * @file The endpoints of ADMET-AI 2 (Swanson et al., Bioinformatics 2024, 40, btae416) in plain words. Figures on
 * held-out molecules are those of the ADMET-AI authors: R2 for quantities, AUROC for probabilities. Usual values are
 * the middle 90% of its predictions for approved drugs, rounded.
 */

/** An endpoint with a unit. */
export interface AdmetQuantity {
  readonly task: string;
  readonly label: string;
  readonly unit: string;
  readonly plain: string;
  readonly r2: number;
  /** Mean absolute error, in the unit. */
  readonly mae: number;
  readonly typical: readonly [number, number];
  readonly wanted: 'higher' | 'lower';
}

/** A yes/no endpoint. The predicted value is the probability of yes. */
export interface AdmetProbability {
  readonly task: string;
  readonly label: string;
  readonly plain: string;
  readonly auroc: number;
  readonly wanted: 'higher' | 'lower';
}

export const admetQuantities: readonly AdmetQuantity[] = [
  {
    task: 'Solubility_AqSolDB',
    label: 'Solubility in water',
    unit: 'log10 mol/L',
    plain: 'How much dissolves in water: -2 is 10 mmol/L, -6 is 1 µmol/L.',
    r2: 0.817,
    mae: 0.69,
    typical: [-6, 0],
    wanted: 'higher',
  },
  {
    task: 'Lipophilicity_AstraZeneca',
    label: 'Lipophilicity (logD at pH 7.4)',
    unit: '',
    plain: 'How much the molecule prefers octanol to water at the pH of blood.',
    r2: 0.771,
    mae: 0.41,
    typical: [-2.5, 4],
    wanted: 'lower',
  },
  {
    task: 'HydrationFreeEnergy_FreeSolv',
    label: 'Hydration free energy',
    unit: 'kcal/mol',
    plain:
      'Energy change from gas to water. More negative values mean stronger hydration. Trained on small molecules only.',
    r2: 0.888,
    mae: 0.78,
    typical: [-32, -4],
    wanted: 'lower',
  },
  {
    task: 'Caco2_Wang',
    label: 'Permeability (Caco-2)',
    unit: 'log10 cm/s',
    plain: 'How fast the molecule crosses a layer of gut cells. Above -5.15 is well permeable.',
    r2: 0.707,
    mae: 0.31,
    typical: [-7.2, -4.2],
    wanted: 'higher',
  },
  {
    task: 'PPBR_AZ',
    label: 'Plasma protein binding',
    unit: '%',
    plain: 'Share that is bound to blood proteins and therefore inactive.',
    r2: 0.589,
    mae: 6.9,
    typical: [10, 104],
    wanted: 'lower',
  },
  {
    task: 'VDss_Lombardo',
    label: 'Volume of distribution',
    unit: 'L/kg',
    plain: 'How widely the molecule spreads from the blood into the body.',
    r2: -1.211,
    mae: 5.0,
    typical: [-4, 14],
    wanted: 'higher',
  },
  {
    task: 'Half_Life_Obach',
    label: 'Half-life',
    unit: 'h',
    plain: 'Time until half of the molecule has left the blood.',
    r2: -2.386,
    mae: 31.8,
    typical: [-13, 105],
    wanted: 'higher',
  },
  {
    task: 'Clearance_Hepatocyte_AZ',
    label: 'Clearance by liver cells',
    unit: 'µL/min/10⁶ cells',
    plain: 'How fast liver cells break the molecule down.',
    r2: 0.264,
    mae: 32.7,
    typical: [-21, 130],
    wanted: 'lower',
  },
  {
    task: 'Clearance_Microsome_AZ',
    label: 'Clearance by liver microsomes',
    unit: 'µL/min/mg',
    plain: 'How fast liver enzymes break the molecule down.',
    r2: 0.277,
    mae: 26.7,
    typical: [-25, 130],
    wanted: 'lower',
  },
  {
    task: 'LD50_Zhu',
    label: 'Acute toxicity (LD50)',
    unit: 'log10 kg/mol',
    plain: 'How little of the substance kills half of the rats. Higher is more toxic.',
    r2: 0.596,
    mae: 0.45,
    typical: [1.5, 3.5],
    wanted: 'lower',
  },
];

export const admetProbabilities: readonly AdmetProbability[] = [
  {
    task: 'HIA_Hou',
    label: 'Absorption in the gut',
    plain: 'The human gut absorbs the molecule.',
    auroc: 0.994,
    wanted: 'higher',
  },
  {
    task: 'Bioavailability_Ma',
    label: 'Oral bioavailability',
    plain: 'At least a fifth of a swallowed dose reaches the blood.',
    auroc: 0.716,
    wanted: 'higher',
  },
  {
    task: 'PAMPA_NCATS',
    label: 'Permeability (PAMPA)',
    plain: 'The molecule crosses an artificial membrane.',
    auroc: 0.786,
    wanted: 'higher',
  },
  {
    task: 'Pgp_Broccatelli',
    label: 'P-glycoprotein inhibition',
    plain: 'Blocks the pump that removes drugs from cells.',
    auroc: 0.947,
    wanted: 'lower',
  },
  {
    task: 'BBB_Martins',
    label: 'Blood-brain barrier',
    plain: 'Reaches the brain from the blood.',
    auroc: 0.9,
    wanted: 'higher',
  },
  {
    task: 'CYP1A2_Veith',
    label: 'CYP1A2 inhibition',
    plain: 'Blocks the liver enzyme CYP1A2 and thereby the breakdown of other drugs.',
    auroc: 0.941,
    wanted: 'lower',
  },
  {
    task: 'CYP2C19_Veith',
    label: 'CYP2C19 inhibition',
    plain: 'Blocks the liver enzyme CYP2C19 and thereby the breakdown of other drugs.',
    auroc: 0.906,
    wanted: 'lower',
  },
  {
    task: 'CYP2C9_Veith',
    label: 'CYP2C9 inhibition',
    plain: 'Blocks the liver enzyme CYP2C9 and thereby the breakdown of other drugs.',
    auroc: 0.908,
    wanted: 'lower',
  },
  {
    task: 'CYP2D6_Veith',
    label: 'CYP2D6 inhibition',
    plain: 'Blocks the liver enzyme CYP2D6 and thereby the breakdown of other drugs.',
    auroc: 0.886,
    wanted: 'lower',
  },
  {
    task: 'CYP3A4_Veith',
    label: 'CYP3A4 inhibition',
    plain: 'Blocks the liver enzyme CYP3A4, which breaks down half of all drugs.',
    auroc: 0.912,
    wanted: 'lower',
  },
  {
    task: 'CYP2C9_Substrate_CarbonMangels',
    label: 'CYP2C9 substrate',
    plain: 'The liver enzyme CYP2C9 breaks the molecule down.',
    auroc: 0.628,
    wanted: 'lower',
  },
  {
    task: 'CYP2D6_Substrate_CarbonMangels',
    label: 'CYP2D6 substrate',
    plain: 'The liver enzyme CYP2D6 breaks the molecule down. Some people have little of it.',
    auroc: 0.82,
    wanted: 'lower',
  },
  {
    task: 'CYP3A4_Substrate_CarbonMangels',
    label: 'CYP3A4 substrate',
    plain: 'The liver enzyme CYP3A4 breaks the molecule down.',
    auroc: 0.705,
    wanted: 'lower',
  },
  {
    task: 'hERG',
    label: 'hERG block',
    plain: 'Blocks a potassium channel of the heart, which can disturb its rhythm.',
    auroc: 0.839,
    wanted: 'lower',
  },
  {
    task: 'ClinTox',
    label: 'Toxic in clinical trials',
    plain: 'Resembles drugs that failed in clinical trials because of toxicity.',
    auroc: 0.928,
    wanted: 'lower',
  },
  {
    task: 'AMES',
    label: 'Mutagenicity (Ames)',
    plain: 'Causes mutations in bacteria in the Ames test.',
    auroc: 0.882,
    wanted: 'lower',
  },
  { task: 'DILI', label: 'Liver injury', plain: 'Resembles drugs that harm the liver.', auroc: 0.881, wanted: 'lower' },
  {
    task: 'Carcinogens_Lagunin',
    label: 'Carcinogenicity',
    plain: 'Resembles substances that cause cancer.',
    auroc: 0.772,
    wanted: 'lower',
  },
  { task: 'Skin_Reaction', label: 'Skin reaction', plain: 'Causes skin allergies.', auroc: 0.718, wanted: 'lower' },
  {
    task: 'NR-AR',
    label: 'Androgen receptor',
    plain: 'Acts on the androgen receptor in a cell assay (Tox21).',
    auroc: 0.779,
    wanted: 'lower',
  },
  {
    task: 'NR-AR-LBD',
    label: 'Androgen receptor, binding domain',
    plain: "Acts on the androgen receptor's ligand-binding domain (Tox21).",
    auroc: 0.883,
    wanted: 'lower',
  },
  {
    task: 'NR-AhR',
    label: 'Aryl hydrocarbon receptor',
    plain: 'Acts on the aryl hydrocarbon receptor, the sensor of dioxins (Tox21).',
    auroc: 0.904,
    wanted: 'lower',
  },
  {
    task: 'NR-Aromatase',
    label: 'Aromatase',
    plain: 'Blocks the enzyme that makes oestrogens (Tox21).',
    auroc: 0.906,
    wanted: 'lower',
  },
  {
    task: 'NR-ER',
    label: 'Oestrogen receptor',
    plain: 'Acts on the oestrogen receptor in a cell assay (Tox21).',
    auroc: 0.749,
    wanted: 'lower',
  },
  {
    task: 'NR-ER-LBD',
    label: 'Oestrogen receptor, binding domain',
    plain: "Acts on the oestrogen receptor's ligand-binding domain (Tox21).",
    auroc: 0.826,
    wanted: 'lower',
  },
  {
    task: 'NR-PPAR-gamma',
    label: 'PPAR-gamma',
    plain: 'Acts on the receptor PPAR-gamma, which regulates fat metabolism (Tox21).',
    auroc: 0.916,
    wanted: 'lower',
  },
  {
    task: 'SR-ARE',
    label: 'Oxidative stress (ARE)',
    plain: 'Triggers the defence against oxidative stress (Tox21).',
    auroc: 0.838,
    wanted: 'lower',
  },
  {
    task: 'SR-ATAD5',
    label: 'DNA damage (ATAD5)',
    plain: 'Triggers a marker of DNA damage (Tox21).',
    auroc: 0.879,
    wanted: 'lower',
  },
  {
    task: 'SR-HSE',
    label: 'Heat shock (HSE)',
    plain: 'Triggers the heat shock response (Tox21).',
    auroc: 0.843,
    wanted: 'lower',
  },
  {
    task: 'SR-MMP',
    label: 'Mitochondrial membrane',
    plain: 'Collapses the membrane potential of mitochondria (Tox21).',
    auroc: 0.925,
    wanted: 'lower',
  },
  {
    task: 'SR-p53',
    label: 'DNA damage (p53)',
    plain: 'Triggers p53, which responds to DNA damage (Tox21).',
    auroc: 0.88,
    wanted: 'lower',
  },
];
