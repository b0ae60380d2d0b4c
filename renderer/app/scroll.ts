/** @file Scrolls an element into view within its own scroll container and leaves the page around it where it is. */

/** Least distance between the element's top and the container's bottom, in CSS pixels, at which nothing is scrolled. */
const enough = 240;
const margin = 12;

/** The nearest ancestor that scrolls vertically. */
function scrollerOf(element: Element): Element | null {
  for (let one = element.parentElement; one !== null; one = one.parentElement) {
    if (one.scrollHeight > one.clientHeight && /auto|scroll/.test(getComputedStyle(one).overflowY)) return one;
  }
  return null;
}

/** Scrolls the top of an element to the top of its scroll container, unless enough of it is visible already. */
export function bringIntoSight(element: Element): void {
  const scroller = scrollerOf(element);
  if (scroller === null) return;
  const [own, around] = [element.getBoundingClientRect(), scroller.getBoundingClientRect()];
  if (own.top >= around.top && own.top <= around.bottom - enough) return;
  scroller.scrollTop += own.top - around.top - margin;
}
