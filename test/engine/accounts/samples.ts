import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/v4';
import type { Row } from '../../../engine/accounts/row';

const cell = z.union([
	z.string(),
	z.number(),
	z.boolean(),
	z.null(),
	z.looseObject({}),
	z.array(z.unknown()),
]);
const sample = z.object({ source: z.string(), rows: z.array(z.record(z.string(), cell)) });

/** Rows in the shape of a vendor's public API description, which the file names. */
export function sampleRows(name: string): Row[] {
	const text = readFileSync(join(__dirname, 'samples', `${name}.json`), 'utf8');
	return sample.parse(JSON.parse(text)).rows;
}
