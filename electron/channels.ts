/** @file The channels between a window and the shell. */
export const toShell = 'amalgam:request';
export const toPage = 'amalgam:answer';
/** The first message of a page. */
export const pageOpened = 'amalgam:opened';
