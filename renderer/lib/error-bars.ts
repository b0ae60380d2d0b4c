/** @file The width of the error bars of predictions. */

/** Half the width of an interval that contains nine of ten measurements, in standard errors. */
export const WIDTH_90 = 1.645;
