const { rmSync } = require('node:fs');
const { src, dest, parallel } = require('gulp');

// what was renamed or deleted in the sources must not live on in the package
const clean = async () => rmSync('dist', { recursive: true, force: true });

// tsc writes the code; n8n also wants what stands beside it: icons, codex files, and the workflows people import
const nodeAssets = () => src('nodes/**/*.{svg,json}', { encoding: false }).pipe(dest('dist/nodes'));
const workflows = () => src('workflows/*.json', { allowEmpty: true }).pipe(dest('dist/workflows'));

exports.clean = clean;
exports.assets = parallel(nodeAssets, workflows);
