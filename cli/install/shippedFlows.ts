import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod/v4';
import { flowSchema, type ShippedFlow } from '../../engine/install/flow';

const PACK = join(__dirname, '..', '..');

/** The flows that come with the pack: `dist/workflows` in the package, `workflows` in the project. */
export function shippedFlows(folder = join(PACK, 'workflows')): ShippedFlow[] {
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => {
			const text: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
			return { key: basename(file, '.json'), flow: flowSchema.parse(text) };
		});
}

/** The pack's own version. */
export function packVersion(): string {
	const file = [join(PACK, 'package.json'), join(PACK, '..', 'package.json')].find(existsSync);
	if (file === undefined) throw new Error('The package is not whole: its package.json is missing');
	const text: unknown = JSON.parse(readFileSync(file, 'utf8'));
	return z.looseObject({ version: z.string() }).parse(text).version;
}
