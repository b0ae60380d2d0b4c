/**
 * TF.js as the whole project uses it: the core operations with all gradients registered. TF.js-core registers gradients
 * only when its union package is loaded, so this file imports the registration, and only this file.
 */
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';

export * from '@tensorflow/tfjs-core';
