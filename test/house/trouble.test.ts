import { runModule } from './runModule';

const sentences = (outputs: string[]): unknown =>
	runModule(
		"import { sentenceFor } from './test/run/trouble.mjs'; answer(input.map((one) => sentenceFor('Installing', one)));",
		outputs,
	);

// lines as npm, node-gyp and the shell print them
test.each([
	['npm error code ENOSPC\nnpm error syscall write', /disk is full/],
	[
		'gyp ERR! find Python You need to install the latest version of Python.',
		/build tool is missing.*python3/,
	],
	['make: not found\ngyp ERR! build error', /build tool is missing/],
	['gyp ERR! stack Error: not found: make', /build tool is missing/],
	['make: g++: No such file or directory', /build tool is missing/],
	[
		'npm error code ENOTFOUND\nnpm error network request to https://registry.example/x failed',
		/registry could not be reached/,
	],
	['npm error code EACCES\nnpm error syscall mkdir', /could not be written/],
	['something nobody thought of', /^Installing failed\.$/],
])('%j becomes one sentence', (output, sentence) => {
	const said = only(sentences([output]));
	expect(said).toMatch(sentence);
	expect(said.split('\n')).toHaveLength(1);
});

function only(value: unknown): string {
	const said: unknown = Array.isArray(value) ? value[0] : undefined;
	return typeof said === 'string' ? said : 'nothing';
}
