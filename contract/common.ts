/** @file Schemas that several files of the contract share. */
import { z } from 'zod';

export const id = z.number().int().positive();

export const score = z.number().nullable();

export const byRun = z.object({ runId: id });

export const nothing = z.object({});

export const weights = z.array(z.number().min(0)).optional();

export const seed = z.number().int().min(0);

/** The user's rating of a candidate; null if there is none. */
export const rating = z.number().int().min(1).max(5).nullable();

/** The user's tags of candidates. */
export const tags = z.array(z.string().trim().min(1).max(60)).max(50);

/** Position of a starred candidate in the user's manual order, from 0; null if it has none. */
export const place = z.number().int().min(0).nullable();
