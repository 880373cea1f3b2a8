import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './folders';
import { unsavedNow } from './unsaved';

// node --import tsx test/n8n/writeUnsaved.ts: after a shipped workflow has changed
void unsavedNow().then((places) => {
	const file = join(root, 'engine', 'install', 'unsaved.json');
	writeFileSync(file, `${JSON.stringify(places, undefined, '\t')}\n`);
});
