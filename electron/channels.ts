/** @file The two channels between a window and the shell. */
export const toShell = 'amalgam:request';
export const toPage = 'amalgam:answer';
