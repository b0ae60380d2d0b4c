/**
 * @file A narrow wrapper around the structure editor (openchemlib). Only the drawing dialog imports it, on opening,
 * because it takes a megabyte.
 */
import { CanvasEditor, Molecule } from 'openchemlib';

/** The drawing area. */
export interface Board {
  /** Replaces the displayed structure; null clears the board. Does not call `ondraw`. */
  show(molfile: string | null): void;
  close(): void;
}

/**
 * @param place the element that the board fills
 * @param ondraw called with the drawn structure as a mol block; null if the board is empty
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
