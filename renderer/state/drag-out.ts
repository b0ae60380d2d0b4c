/**
 * @file Candidates dragged out of the window: as text into an editor, as a molfile into a chemistry program, as a file
 * into a folder.
 */
import { Lru } from '../lib/lru.ts';
import type { Modality } from '../lib/modalities.ts';
import type { Client } from '../link/client.ts';

/** What can be dragged. */
export interface Dragged {
  readonly id: number;
  readonly sequence: string;
  readonly modality: Modality;
}

/** Number of recent molfiles kept, a few kB each. */
const remembered = 50;

export class DragOut {
  #client: Client;
  #molfiles = new Lru<string, string>(remembered);

  constructor(client: Client) {
    this.#client = client;
  }

  /**
   * Attributes of the dragged element. The molfile is requested when the button is pressed, because a drag that has
   * started cannot wait.
   */
  source(dragged: Dragged): { draggable: boolean; onpointerdown: () => void; ondragstart: (event: DragEvent) => void } {
    return {
      draggable: dragged.sequence !== '',
      onpointerdown: () => void this.prepare(dragged),
      ondragstart: (event) => this.start(event, dragged),
    };
  }

  /** Without a molfile, only the SMILES is dragged, so a failure is not reported. */
  async prepare({ sequence, modality }: Dragged): Promise<void> {
    if (modality !== 'molecule' || sequence === '' || this.#molfiles.get(sequence) !== undefined) return;
    const molfile = await this.#client.invoke('molecule.forms', { smiles: sequence }).then(
      (forms) => forms.molfile,
      () => null,
    );
    if (molfile !== null) this.#molfiles.set(sequence, molfile);
  }

  start(event: DragEvent, { id, sequence, modality }: Dragged): void {
    const data = event.dataTransfer;
    if (data === null) return;
    data.effectAllowed = 'copy';
    data.setData('text/plain', sequence);
    if (modality === 'dna')
      return giveFile(data, `candidate-${id}.fasta`, 'text/x-fasta', `>candidate-${id}\n${sequence}\n`);
    data.setData('chemical/x-daylight-smiles', sequence);
    const molfile = this.#molfiles.get(sequence);
    if (molfile === undefined) return;
    data.setData('chemical/x-mdl-molfile', molfile);
    giveFile(data, `candidate-${id}.sdf`, 'chemical/x-mdl-sdfile', `${molfile}>  <smiles>\n${sequence}\n\n$$$$\n`);
  }
}

/** Chromium, and so the app, makes a file of this where it is dropped on a folder. */
function giveFile(data: DataTransfer, name: string, mime: string, content: string): void {
  data.setData('DownloadURL', `${mime}:${name}:data:${mime};base64,${btoa(content)}`);
}
