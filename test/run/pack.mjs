import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { cache, npm, root } from './house.mjs';
import { runStep } from './step.mjs';

const packed = join(cache, 'pack');

/**
 * Packs the built pack and installs the tarball as people do it by hand, into .cache/pack; user folders get a copy of
 * that. `--omit=peer` because a second n8n-workflow beside n8n's own breaks instanceof.
 * @param {string} build fingerprint of the build; packed again only when it is another one
 */
export async function packIfChanged(build) {
	const record = join(packed, 'build');
	if (existsSync(record) && readFileSync(record, 'utf8') === build) return;
	const fresh = `${packed}-${process.pid}`;
	rmSync(fresh, { recursive: true, force: true });
	mkdirSync(fresh, { recursive: true });
	try {
		await runStep('Packing', [...npm(), 'pack', '--ignore-scripts', '--pack-destination', fresh], {
			cwd: root,
		});
		const tarball = readdirSync(fresh).find((name) => name.endsWith('.tgz'));
		writeFileSync(join(fresh, 'package.json'), '{"name":"installed-nodes","private":true}\n');
		await runStep(
			'Installing the pack with its own dependencies',
			[
				...npm(),
				'install',
				'--omit=peer',
				'--omit=dev',
				'--ignore-scripts',
				'--no-audit',
				'--no-fund',
				`./${tarball}`,
			],
			{ cwd: fresh },
		);
		writeFileSync(
			join(fresh, 'tarball'),
			createHash('sha256')
				.update(readFileSync(join(fresh, tarball)))
				.digest('hex'),
		);
		writeFileSync(join(fresh, 'build'), build);
		rmSync(packed, { recursive: true, force: true });
		renameSync(fresh, packed);
	} finally {
		rmSync(fresh, { recursive: true, force: true });
	}
}
