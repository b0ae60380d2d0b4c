/** @file The keys that undo the last action. */

/** Fields that have their own undo. */
const fields = 'input:not([type="checkbox"], [type="radio"]), textarea, [contenteditable]';

/** Whether Ctrl+Z (⌘Z) was pressed outside fields. */
export function isUndo({ target, key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  if (target instanceof Element && target.closest(fields) !== null) return false;
  return (ctrlKey || metaKey) && !shiftKey && !altKey && key.toLowerCase() === 'z';
}
