/**
 * TF.js as the whole project sees it: the core operations with every gradient
 * registered. TF.js-core registers gradients only when its union package is
 * loaded, so the registration file is imported here and nowhere else.
 */
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';

export * from '@tensorflow/tfjs-core';
