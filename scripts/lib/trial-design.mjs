// A small design of two goals that needs no predictor, to try the app with.

/**
 * @param {string} name
 * @param {Readonly<Record<string, number>>} run settings
 */
export const trialDesign = (name, run) => `
name = "${name}"
modality = "molecule"
prior = "druglike"

[run]
${Object.entries(run)
  .map(([setting, value]) => `${setting} = ${value}`)
  .join('\n')}

[[objective]]
id = "qed"
goal = "higher"
from = 0.4
to = 0.9
weight = 0.5

[[objective]]
id = "logp"
goal = "range"
range = [1, 3]
tolerance = 1
weight = 0.5
`;
