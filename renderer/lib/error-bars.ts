/** @file How wide the error bars of predictions are drawn. */

/** Half the width of an error bar that nine of ten measurements lie within, in standard errors. */
export const WIDTH_90 = 1.645;
