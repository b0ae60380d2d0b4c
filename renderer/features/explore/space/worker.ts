/** @file Entry of the web worker for maps and clusters. It runs one job and is then ended. */
import { cluster, type Clustering } from './clusters.ts';
import { type Fingerprints, sizesOf, withFingerprint } from './fingerprints.ts';
import type { JobNews, JobRequest, Jobs, Placed } from './jobs.ts';
import { principalComponents, type Progress } from './pca.ts';
import { layOut, leastInUmap } from './umap.ts';

const say = (news: JobNews): void => postMessage(news);
const progress: Progress = (share) => say({ type: 'progress', share });

function pca({ fingerprints }: Jobs['pca']['params']): Placed | null {
  const sizes = sizesOf(fingerprints);
  return principalComponents(fingerprints, sizes, withFingerprint(everyNumber(fingerprints), sizes), progress);
}

function umap({ fingerprints, numbers }: Jobs['umap']['params']): Placed | null {
  const sizes = sizesOf(fingerprints);
  const known = withFingerprint(numbers, sizes);
  if (known.length < leastInUmap) return null;
  const layout = layOut(fingerprints, sizes, known, progress);
  const placed = {
    x: new Float32Array(fingerprints.count).fill(NaN),
    y: new Float32Array(fingerprints.count).fill(NaN),
  };
  known.forEach((number, i) => {
    placed.x[number] = layout.x[i];
    placed.y[number] = layout.y[i];
  });
  return placed;
}

function clusters({ fingerprints, numbers, least }: Jobs['clusters']['params']): Clustering {
  const sizes = sizesOf(fingerprints);
  return cluster(fingerprints, sizes, withFingerprint(numbers, sizes), least, progress);
}

const everyNumber = ({ count }: Fingerprints): Int32Array => Int32Array.from({ length: count }, (_, i) => i);

function resultOf({ name, params }: JobRequest): unknown {
  switch (name) {
    case 'pca':
      return pca(params as Jobs['pca']['params']);
    case 'umap':
      return umap(params as Jobs['umap']['params']);
    case 'clusters':
      return clusters(params as Jobs['clusters']['params']);
  }
}

addEventListener('message', ({ data }: MessageEvent<JobRequest>) => {
  try {
    say({ type: 'done', result: resultOf(data) });
  } catch (error) {
    say({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
});
