/** Designs: checked, stored, listed, archived, deleted. */
import { ContractError, type Problem, type Result } from '../../contract/api.ts';
import { type Design, designSchema } from '../../contract/design-shape.ts';
import { archiveDesign, createDesign, deleteDesign, getDesign, listDesigns, restoreDesign } from '../../db/index.ts';
import { problemsError } from '../base/errors.ts';
import { translating } from '../base/workspace.ts';
import { checkDesign, type CheckedDesign, checkToml } from '../design/check.ts';
import { checkContext } from '../design/design-file.ts';
import { preflightOf } from '../design/preflight.ts';
import { designToml, parseToml } from '../design/toml.ts';
import { estimateOf } from '../runs/estimate.ts';
import type { HostContext, Service } from './context.ts';

export function designService(context: HostContext): Service<'design'> {
  const { db, chemistry, previews, runs, trials } = context;
  const check = (input: { toml: string } | { design?: unknown }): Promise<CheckedDesign> =>
    chemistry.use((molecules) =>
      'toml' in input
        ? checkToml(input.toml, checkContext(molecules, null))
        : checkDesign(input.design, checkContext(molecules, null)),
    );
  return {
    'design.check': async (input) => checkResult(context, await check(input)),
    'design.preflight': async ({ design }) => {
      const { problems, resolved } = await check({ design });
      if (resolved === null) throw problemsError(problems);
      return preflightOf(resolved, previews);
    },
    'design.preview': (request) => previews.preview(request),
    'design.measure': async ({ design }) => {
      const { problems, resolved } = await check({ design });
      if (resolved === null) throw problemsError(problems);
      if (runs.computePid !== undefined)
        throw new ContractError(
          'conflict',
          'A run is training, which a trial would disturb and be disturbed by. Once it has a few rounds, the time is estimated from it.',
        );
      return trials.measure(resolved);
    },
    'design.create': async ({ design }) => {
      const { problems, resolved } = await check({ design });
      if (resolved === null) throw problemsError(problems);
      return {
        designId: translating(() =>
          createDesign(db, { name: design.name, modality: design.modality, source: designToml(design), resolved }),
        ),
      };
    },
    'design.list': () => {
      const all = runs.list();
      return listDesigns(db).map(({ id, name, modality, created, archived }) => ({
        id,
        name,
        modality,
        created,
        archived: archived !== null,
        runs: all.filter(({ designId }) => designId === id),
      }));
    },
    'design.get': ({ designId }) => {
      const { source } = translating(() => getDesign(db, designId));
      return { design: storedDesign(source), toml: source };
    },
    'design.archive': ({ designId, archived }) => {
      translating(() => archiveDesign(db, designId, archived));
      return {};
    },
    'design.delete': ({ designId }) => {
      const busy = runs.list().find((run) => run.designId === designId && run.state === 'running');
      if (busy)
        throw new ContractError(
          'conflict',
          `Run ${busy.id} of this design is running; stop it before the design is deleted.`,
        );
      translating(() => deleteDesign(db, designId));
      return {};
    },
    'design.restore': ({ designId }) => {
      translating(() => restoreDesign(db, designId));
      return {};
    },
  };
}

function checkResult(
  { db }: HostContext,
  { problems, notes, design, resolved }: CheckedDesign,
): Result<'design.check'> {
  const plain: Problem[] = problems.map((problem) => ({ ...problem }));
  return {
    ok: resolved !== null,
    problems: plain,
    notes: notes.map((note) => ({ ...note })),
    ...(design && { design }),
    estimate: resolved && estimateOf(db, resolved),
  };
}

/** It was checked when it was stored. */
function storedDesign(source: string): Design {
  return designSchema.parse(parseToml(source).value);
}
