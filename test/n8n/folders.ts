import { dirname, join } from 'node:path';

export const root = dirname(dirname(__dirname));
export const host = join(root, 'test', 'n8n', 'host');
/** The pack as `npm install` put it, ready to be copied into a user folder (test/run/pack.mjs). */
export const installedPack = join(root, '.cache', 'pack');
export const demoFolder = process.env.DIGITAL_CS_DEMO ?? join(root, '.demo');
export const workflowsFolder = join(root, 'workflows');
