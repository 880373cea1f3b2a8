import { unwrap, type CompilePath } from './gather';
import { isMissing } from './missing';
import type { AccountPreset } from './preset';
import type { Row, RowPlace, RowProblem } from './row';
import { noCustomerProblem } from './sourceProblems';

type Settings = { preset: AccountPreset; compilePath: CompilePath; customersAre?: string };

/**
 * Says of a row why it is no customer, by the vendor's own word. The values are separated by semicolons, in any case; one
 * with `*` at its end stands for all that begin so. A row without a value is taken for a customer.
 */
export function compileNoCustomer({
	preset,
	compilePath,
	customersAre = '',
}: Settings): ((row: Row, place: RowPlace) => RowProblem | undefined) | undefined {
	const { customers, valueIn } = preset;
	if (customers === undefined) return undefined;
	const are = customersAre.trim() === '' ? customers.are : customersAre;
	const read = compilePath(customers.path);
	const fits = are.split(';').map(compileValue);
	return (row, place) => {
		const value = unwrap(read(row), valueIn);
		if (isMissing(value)) return undefined;
		const word = wordOf(String(value));
		return fits.some((fit) => fit(word))
			? undefined
			: noCustomerProblem(place, customers.path, are);
	};
}

function compileValue(text: string): (word: string) => boolean {
	const value = wordOf(text);
	if (value === '') return () => false;
	const start = value.slice(0, -1);
	return value.endsWith('*') ? (word) => word.startsWith(start) : (word) => word === value;
}

function wordOf(text: string): string {
	return text.trim().toLowerCase();
}
