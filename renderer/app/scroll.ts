/** @file Scrolling a part into sight within its own scroller, leaving the page around it where it is. */

/** Least height, in CSS pixels, that is in sight afterwards, where the part has as much. */
const enough = 240;
const margin = 12;

/** The nearest ancestor that scrolls up and down. */
function scrollerOf(element: Element): Element | null {
  for (let one = element.parentElement; one !== null; one = one.parentElement) {
    if (one.scrollHeight > one.clientHeight && /auto|scroll/.test(getComputedStyle(one).overflowY)) return one;
  }
  return null;
}

/** Brings the top of a part to the top of its scroller, unless enough of it is in sight already. */
export function bringIntoSight(element: Element): void {
  const scroller = scrollerOf(element);
  if (scroller === null) return;
  const [own, around] = [element.getBoundingClientRect(), scroller.getBoundingClientRect()];
  if (own.top >= around.top && own.top <= around.bottom - enough) return;
  scroller.scrollTop += own.top - around.top - margin;
}
