/** @file What several parts of the contract share. */
import { z } from 'zod';

export const id = z.number().int().positive();

export const score = z.number().nullable();

export const byRun = z.object({ runId: id });

export const nothing = z.object({});

export const weights = z.array(z.number().min(0)).optional();
