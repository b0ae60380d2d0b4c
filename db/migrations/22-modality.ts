/**
 * What a design generates, molecules or DNA, is its modality; "domain" stays for where a predictor can be trusted.
 * The TOML text of a design stays as the user wrote it.
 */
import type { Migration } from '../migrate.ts';

/** JSON in `column` with the key `domain` at `path` named `modality`. */
const renamed = (column: string, path: string): string =>
  `json_remove(json_set(${column}, '${path}.modality', json_extract(${column}, '${path}.domain')), '${path}.domain')`;

export const modality: Migration = {
  version: 22,
  statements: `
    ALTER TABLE design RENAME COLUMN domain TO modality;
    UPDATE design SET resolved = ${renamed('resolved', '$')} WHERE json_type(resolved, '$.domain') = 'text';
    UPDATE design SET resolved = ${renamed('resolved', '$.generate')}
      WHERE json_type(resolved, '$.generate.domain') = 'text';
    UPDATE setting SET value = ${renamed('value', '$.design')}
      WHERE key = 'draft' AND json_type(value, '$.design.domain') = 'text';
  `,
};
