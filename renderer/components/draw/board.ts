/**
 * @file The structure editor (openchemlib) behind a narrow door. Only the drawing
 * dialog imports it, when it opens: it is a megabyte.
 */
import { CanvasEditor, Molecule } from 'openchemlib';

/** What is drawn on. */
export interface Board {
  /** Shows a structure in place of what is there; an empty board for null. Tells nobody. */
  show(molfile: string | null): void;
  close(): void;
}

/**
 * @param place an element whose size the board takes
 * @param ondraw hears what the user has drawn, as a mol block; null once nothing is left
 */
export function openBoard(place: HTMLElement, ondraw: (molfile: string | null) => void): Board {
  const editor = new CanvasEditor(place);
  editor.setOnChangeListener(({ type, isUserEvent }) => {
    if (type !== 'molecule' || !isUserEvent) return;
    const molecule = editor.getMolecule();
    ondraw(molecule.getAllAtoms() === 0 ? null : molecule.toMolfile());
  });
  return {
    show: (molfile) => editor.setMolecule(molfile === null ? new Molecule(0, 0) : Molecule.fromMolfile(molfile)),
    close: () => editor.destroy(),
  };
}

export type OpenBoard = typeof openBoard;
