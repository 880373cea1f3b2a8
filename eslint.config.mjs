import communityNodes from '@n8n/eslint-plugin-community-nodes';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';
import { importDirection } from './test/house/importDirection.mjs';

/**
 * Every rule that is switched off or changed stands in these lists, once, with its reason. Comments in the code cannot
 * switch a rule off (`noInlineConfig`), and a test in test/house finds those that try.
 */
const exceptions = {
	types: {
		// `type` for data, `interface` for what somebody implements (Ledger): the rule knows one word only
		'@typescript-eslint/consistent-type-definitions': 'off',
		// a leading underscore says that it is on purpose, as it does for tsc
		'@typescript-eslint/no-unused-vars': [
			'error',
			{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
		],
		// a number in a sentence is no mistake; objects and undefined still are
		'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
		// `() => clear()` says all there is to say
		'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
	},
	cloud: {
		// these three are for packs that n8n verifies for its cloud, which takes neither logic nodes nor several services in
		// one pack; this pack is for self-hosted n8n and keeps a ledger in n8n's user folder
		'@n8n/community-nodes/no-restricted-imports': 'off',
		'@n8n/community-nodes/no-restricted-globals': 'off',
		'@n8n/community-nodes/no-runtime-dependencies': 'off',
		// Journey Email uses the `smtp` credential n8n ships, so that nobody types a password twice
		'@n8n/community-nodes/no-credential-reuse': 'off',
		'@n8n/community-nodes/valid-credential-references': 'off',
		'n8n-nodes-base/node-class-description-credentials-name-unsuffixed': 'off',
	},
	nodes: {
		// only what reads is offered to AI agents; what contacts customers or changes the ledger refuses to be a tool
		'@n8n/community-nodes/node-usable-as-tool': 'off',
		// they want the literal 'main', where n8n's newer plugin wants NodeConnectionTypes.Main; some nodes have fixed
		// outputs of their own besides
		'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
		'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
		// Customer Event Trigger registers nothing at a vendor: its address is given to the sender by hand, with a secret
		'@n8n/community-nodes/webhook-lifecycle-complete': 'off',
	},
	credentials: {
		// a signing secret is shown to nobody, so there is nobody to try it on
		'@n8n/community-nodes/credential-test-required': 'off',
		// it wants a word of n8n's own docs, where a community package has an address
		'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
	},
	outsideNodes: {
		// engine, ledger and services do not know n8n: their callers in nodes/ make n8n's errors of theirs
		'@n8n/community-nodes/require-node-api-error': 'off',
	},
	package: {
		// they hold for the project's own installs only (CONTRIBUTING.md says why); npm ignores them in a dependency
		'@n8n/community-nodes/no-overrides-field': 'off',
		// the project has no public page and no mailbox of its own before it is published
		'@n8n/community-nodes/require-homepage': 'off',
		'@n8n/community-nodes/valid-author': 'off',
	},
};

const pack = ['nodes', 'credentials', 'engine', 'ledger', 'services'].map(
	(folder) => `${folder}/**/*.ts`,
);
const nodesBaseIn = (files, { rules }) => ({
	files,
	plugins: { 'n8n-nodes-base': nodesBase },
	rules,
});

export default tseslint.config(
	{ ignores: ['dist/', 'test/n8n/host/', '.demo/', '.cache/', 'coverage/'] },
	{ linterOptions: { noInlineConfig: true } },
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
		languageOptions: {
			parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
		},
		plugins: { house: { rules: { 'import-direction': importDirection } } },
		rules: { 'house/import-direction': 'error', ...exceptions.types },
	},
	{
		files: ['package.json'],
		languageOptions: {
			parser: tseslint.parser,
			parserOptions: { extraFileExtensions: ['.json'] },
		},
	},
	{ ...communityNodes.configs.recommended, files: [...pack, 'package.json'] },
	nodesBaseIn(['nodes/**/*.ts'], nodesBase.configs.nodes),
	nodesBaseIn(['credentials/**/*.ts'], nodesBase.configs.credentials),
	nodesBaseIn(['package.json'], nodesBase.configs.community),
	{ files: ['nodes/**/*.ts'], rules: { ...exceptions.cloud, ...exceptions.nodes } },
	{ files: ['credentials/**/*.ts'], rules: exceptions.credentials },
	{
		files: ['engine/**/*.ts', 'ledger/**/*.ts', 'services/**/*.ts'],
		rules: { ...exceptions.cloud, ...exceptions.outsideNodes },
	},
	{ files: ['package.json'], rules: { ...exceptions.cloud, ...exceptions.package } },
);
