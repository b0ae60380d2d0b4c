/** @file What several parts of the contract share. */
import { z } from 'zod';

export const id = z.number().int().positive();

export const score = z.number().nullable();

export const byRun = z.object({ runId: id });

export const nothing = z.object({});

export const weights = z.array(z.number().min(0)).optional();

export const seed = z.number().int().min(0);

/** How much a user likes a candidate; null where nothing was said. */
export const rating = z.number().int().min(1).max(5).nullable();

/** Words of the user's own for candidates. */
export const tags = z.array(z.string().trim().min(1).max(60)).max(50);

/** Of a starred candidate in the user's own order, from 0; null where the user gave it none. */
export const place = z.number().int().min(0).nullable();
