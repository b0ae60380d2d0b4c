/** @file The software, data and weights of others in the program, with their licences. */
import { nothing } from './common.ts';
import { documentText } from './models.ts';

export const noticesMethods = {
  'notices.read': { params: nothing, result: documentText },
} as const;
