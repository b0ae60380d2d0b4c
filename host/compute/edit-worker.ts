/** Entry of the thread that makes children of a run's sequences. */
import { workerData } from 'node:worker_threads';
import { RdkitCrash } from '../../engine/chem/errors.ts';
import { type Child, childMaker, type ChildRequest } from '../../engine/learn/children.ts';
import { loadRdkitFromDisk } from '../chemistry/chemistry.ts';
import { threadPort } from '../workers/request-thread.ts';
import { answerQuestions } from '../workers/requests.ts';
import type { EditAnswer, EditQuestion, EditWorkerData } from './edit-messages.ts';

type Maker = (request: ChildRequest) => Child | null;

async function openMaker(): Promise<Maker> {
  const { writes, generate } = workerData as EditWorkerData;
  return childMaker({ writes, generate, rdkit: writes.modality === 'molecule' ? await loadRdkitFromDisk() : null });
}

answerQuestions<EditQuestion, EditAnswer>(threadPort, async () => {
  let maker = await openMaker();
  /** Parents that crash RDKit have no child; its memory is lost with the crash. */
  const childOf = async (request: ChildRequest): Promise<Child | null> => {
    try {
      return maker(request);
    } catch (error) {
      if (!(error instanceof RdkitCrash)) throw error;
      maker = await openMaker();
      return null;
    }
  };
  return async (requests) => {
    const children: EditAnswer = [];
    for (const request of requests) children.push(await childOf(request));
    return children;
  };
});
