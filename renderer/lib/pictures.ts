/** @file Drawn structures as text and as PNG, for the clipboard and for files. */
/** @param address data address of an SVG, as the depictions give it */
export function svgText(address: string): string {
  return decodeURIComponent(address.slice(address.indexOf(',') + 1));
}

/** A picture on white, with twice the resolution of the drawing. @throws Error if the browser cannot draw it */
export async function pngOf(address: string, width: number, height: number): Promise<Blob> {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: 2 * width, height: 2 * height });
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This window can’t draw pictures.');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('The picture couldn’t be made.')) : resolve(blob)),
      'image/png',
    ),
  );
}

/** Style sheet properties of drawn elements, which a copy must carry itself. */
const drawn: Readonly<Record<string, readonly string[]>> = {
  path: ['fill'],
  line: ['stroke', 'stroke-width'],
  text: ['fill', 'font-family', 'font-size'],
};

/** Serialises a drawing of paths, lines and texts as a self-contained SVG with the colours of the current theme. */
export function standaloneSvg(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = svg.querySelectorAll('*');
  copy.querySelectorAll('*').forEach((element, i) => {
    const style = getComputedStyle(originals[i]);
    for (const property of drawn[element.localName] ?? [])
      element.setAttribute(property, style.getPropertyValue(property));
    element.removeAttribute('class');
  });
  copy.removeAttribute('class');
  return new XMLSerializer().serializeToString(copy);
}
