import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './folders';
import { unsavedNow } from './unsaved';

// node --import tsx test/n8n/writeUnsaved.ts: after a shipped workflow has changed
const file = join(root, 'engine', 'install', 'unsaved.json');
writeFileSync(file, `${JSON.stringify(unsavedNow(), undefined, '\t')}\n`);
