const { src, dest, parallel } = require('gulp');

// tsc writes the code; n8n also wants what stands beside it: icons, codex files, and the workflows people import
const nodeAssets = () => src('nodes/**/*.{svg,json}', { encoding: false }).pipe(dest('dist/nodes'));
const workflows = () => src('workflows/*.json').pipe(dest('dist/workflows'));

exports.assets = parallel(nodeAssets, workflows);
