/** @file Runs the unit or the end-to-end projects of vitest.config.ts and counts what passed. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tool } from './run.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @param {'unit' | 'e2e'} project the start of the names of vitest's projects
 * @param {readonly string[]} filters parts of file names; all files where empty
 * @returns {Promise<Counts>}
 */
export async function runTests(project, filters) {
  const folder = mkdtempSync(join(tmpdir(), 'amalgam-tests-'));
  const report = join(folder, 'report.json');
  try {
    const status = await tool('vitest/vitest.mjs', [
      'run',
      '--project',
      `${project}*`,
      '--passWithNoTests',
      ...filters,
      '--reporter',
      'default',
      '--reporter',
      'json',
      '--outputFile.json',
      report,
    ]);
    return readCounts(report, status);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * A file that breaks before its first test counts as one failure, and so does a run
 * that failed for another reason than its tests.
 * @param {string} report vitest's JSON report, which is missing where vitest itself broke
 * @param {number} status vitest's exit status
 * @returns {Counts}
 */
export function readCounts(report, status) {
  if (!existsSync(report)) return { passed: 0, failed: status === 0 ? 0 : 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  const brokenFiles = testResults.filter(isBrokenFile).length;
  const failed = numFailedTests + brokenFiles;
  return {
    passed: numPassedTests,
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: numPendingTests + numTodoTests,
  };
}

/** @param {{ status: string, assertionResults: { status: string }[] }} file */
function isBrokenFile({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
}
