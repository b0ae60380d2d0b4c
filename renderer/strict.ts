/**
 * @file Keeps zod from compiling its parsers with `new Function`, which the page's
 * content security policy forbids. Imported before anything that builds a schema.
 */
import { z } from 'zod';

z.config({ jitless: true });
