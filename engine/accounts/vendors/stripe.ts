import type { AccountPreset } from '../preset';
import { otherRecordProblem, severalCurrenciesProblem } from '../sourceProblems';
import type { Cell, Row, RowPlace } from '../row';
import type { SourceRow, Summaries, Summarize, Summary } from '../summary';
import { isoOf, listOf, momentOf, numberOf, partsOf, textOf, type Part } from './read';

/** What a subscription item costs in a year; undefined where its price depends on use. */
type Worth = { amount: number | undefined; currency: string };
type Subscription = { part: Part; status: string; items: readonly Part[]; worth: readonly Worth[] };

const PER_YEAR: Readonly<Record<string, number>> = { day: 365, week: 52, month: 12, year: 1 };
const MONTHS_PER_YEAR = 12;
/** https://docs.stripe.com/currencies#minor-units */
const WHOLE = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
const THOUSANDTHS = new Set('BHD JOD KWD OMR TND'.split(' '));

/**
 * A trial pays nothing yet, a paused or unpaid subscription nothing any more; past due is paid late. All but canceled
 * ones say what the customer has.
 */
const PAYS = new Set(['active', 'past_due']);
const HAS = new Set([...PAYS, 'trialing', 'unpaid', 'paused']);
const OVERDUE = new Set(['past_due', 'unpaid']);

/**
 * Customers, with their subscriptions expanded or as rows of their own, https://docs.stripe.com/api/customers/object and
 * /subscriptions/object, of versions before and after March 2025 (when the period moved to the items). ARR is price
 * times quantity, before coupons and tax; a price by use is not known.
 */
const summarizeStripe: Summarize = (rows, keyOf) => {
	const found: Summaries = { summaries: [], rejected: [], keyless: [] };
	for (const [customerId, group] of byCustomer(rows, found)) {
		const customer = group.find(({ row }) => row.object === 'customer');
		const own = [...(customer === undefined ? [] : [customer]), ...group]
			.map(({ row }) => keyOf(row))
			.find((key) => key !== undefined);
		if (customer?.row.deleted === true) {
			for (const { index } of group)
				found.rejected.push({ index, why: (place) => otherRecordProblem(place, 'deleted') });
		} else if (own === undefined) for (const { index } of group) found.keyless.push(index);
		else found.summaries.push(summaryOf(own, customerId, customer?.row, group));
	}
	return found;
};

function byCustomer(rows: readonly SourceRow[], found: Summaries): Map<string, SourceRow[]> {
	const customers = new Map<string, SourceRow[]>();
	for (const one of rows) {
		const id = customerOf(one.row);
		if (id === undefined) {
			const kind = textOf(one.row.object);
			found.rejected.push({ index: one.index, why: (place) => otherRecordProblem(place, kind) });
			continue;
		}
		const known = customers.get(id);
		if (known === undefined) customers.set(id, [one]);
		else known.push(one);
	}
	return customers;
}

/** A subscription names its customer, or holds it where it was expanded. */
function customerOf({ object, id, customer }: Row): string | undefined {
	if (object === 'customer') return textOf(id);
	if (object !== 'subscription') return undefined;
	return textOf(partsOf(customer).id) ?? textOf(customer);
}

function summaryOf(
	key: string,
	customerId: string,
	customer: Row | undefined,
	of: SourceRow[],
): Summary {
	const subscriptions = subscriptionsOf(of);
	const paying = subscriptions.filter(({ status }) => PAYS.has(status));
	const worth = paying.flatMap((one) => one.worth);
	const currencies = [...new Set(worth.map(({ currency }) => currency))];
	const known = worth.every(({ amount }) => amount !== undefined);
	const trials = subscriptions.some(({ status }) => status === 'trialing');
	const holder: Part = { ...partsOf(of[0]?.row.customer), ...customer };
	const row: Record<string, Cell> = {
		accountId: key,
		stripeCustomerId: customerId,
		metadata: holder.metadata,
		name: textOf(holder.name),
		createdAt: isoOf(holder.created),
		locale: textOf(listOf(holder.preferred_locales)[0]),
		contacts: textOf(holder.email) === undefined ? undefined : [contactOf(holder)],
		invoiceState:
			holder.delinquent === true || subscriptions.some(({ status }) => OVERDUE.has(status))
				? 'overdue'
				: undefined,
		...(known && currencies.length === 1
			? { arr: rounded(sum(worth)), currency: currencies[0] }
			: worth.length === 0 && trials
				? { arr: 0 }
				: {}),
		...contractOf(subscriptions),
	};
	const warnings =
		currencies.length > 1 ? [(place: RowPlace) => severalCurrenciesProblem(place, currencies)] : [];
	return { key, row: present(row), of, warnings };
}

/** By id, so that one that comes expanded and as a row counts once. */
function subscriptionsOf(of: readonly SourceRow[]): Subscription[] {
	const found = new Map<string, Subscription>();
	for (const { row } of of) {
		const parts = row.object === 'subscription' ? [row] : listOf(partsOf(row.subscriptions).data);
		for (const [place, value] of parts.entries()) {
			const part = partsOf(value);
			const items = listOf(partsOf(part.items).data).map(partsOf);
			found.set(textOf(part.id) ?? `no id ${String(place)}`, {
				part,
				status: textOf(part.status) ?? '',
				items,
				worth: items.map((item) => worthOf(item, part)),
			});
		}
	}
	return [...found.values()];
}

function worthOf(item: Part, subscription: Part): Worth {
	const { price, currency, perYear, isByUse } = priceOf(item, subscription);
	const cents = numberOf(price.unit_amount_decimal) ?? numberOf(price.unit_amount ?? price.amount);
	const quantity = numberOf(item.quantity) ?? 1;
	const minor = WHOLE.has(currency) ? 1 : THOUSANDTHS.has(currency) ? 1000 : 100;
	const amount =
		isByUse || cents === undefined || perYear === undefined
			? undefined
			: (cents / minor) * quantity * perYear;
	return { amount, currency };
}

type Price = { price: Part; currency: string; perYear: number | undefined; isByUse: boolean };

/** A price, or the plan that older versions have in its place. */
function priceOf(item: Part, subscription: Part): Price {
	const price = partsOf(item.price ?? item.plan);
	const recurring = partsOf(price.recurring ?? price);
	const currency = (textOf(price.currency ?? subscription.currency) ?? '').toUpperCase();
	const count = numberOf(recurring.interval_count) ?? 1;
	const interval = PER_YEAR[textOf(recurring.interval) ?? ''];
	return {
		price,
		currency,
		perYear: interval === undefined || count <= 0 ? undefined : interval / count,
		isByUse: price.billing_scheme === 'tiered' || recurring.usage_type === 'metered',
	};
}

/** Plan, seats and term are those of the subscription that is worth most. */
function contractOf(subscriptions: readonly Subscription[]): Readonly<Record<string, Cell>> {
	const running = subscriptions.filter(({ status }) => HAS.has(status));
	const [main] = running.toSorted((a, b) => sum(b.worth) - sum(a.worth));
	const startedAt = Math.min(
		...subscriptions.map(({ part }) => momentOf(part.start_date ?? part.created) ?? Infinity),
	);
	const churned =
		subscriptions.length > 0 && subscriptions.every(({ status }) => status === 'canceled');
	return {
		...(Number.isFinite(startedAt) ? { startedAt: new Date(startedAt).toISOString() } : {}),
		...(churned ? { lifecycleStage: 'churned' } : {}),
		...(main === undefined ? {} : termOf(main)),
	};
}

function termOf({ part, items, worth }: Subscription): Readonly<Record<string, Cell>> {
	const place = worth.reduce(
		(best, { amount = -1 }, index) => (amount > (worth[best]?.amount ?? -1) ? index : best),
		0,
	);
	const item = items[place] ?? {};
	const { price, perYear, isByUse } = priceOf(item, part);
	const product = partsOf(price.product);
	const quantity = numberOf(item.quantity);
	const ends = part.cancel_at_period_end === true || momentOf(part.cancel_at) !== undefined;
	return {
		plan: textOf(product.name) ?? textOf(price.nickname) ?? textOf(price.lookup_key),
		renewalDate: isoOf(part.cancel_at ?? item.current_period_end ?? part.current_period_end),
		termMonths: perYear === undefined ? undefined : rounded(MONTHS_PER_YEAR / perYear),
		autoRenew: !ends,
		// one of a flat plan is no seat
		...(quantity !== undefined && quantity > 1 && !isByUse
			? { licences: { bought: quantity } }
			: {}),
	};
}

function contactOf({ email, name, preferred_locales: locales }: Part): object {
	const locale = textOf(listOf(locales)[0]);
	return {
		email,
		...(textOf(name) === undefined ? {} : { name }),
		...(locale === undefined ? {} : { locale }),
	};
}

function sum(worth: readonly Worth[]): number {
	return worth.reduce((total, { amount = 0 }) => total + amount, 0);
}

function rounded(amount: number): number {
	return Math.round(amount * 100) / 100;
}

function present(row: Record<string, Cell>): Record<string, Cell> {
	return Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== undefined));
}

export const STRIPE: AccountPreset = {
	id: 'stripeCustomer',
	name: 'Stripe Customer',
	description:
		'Customers and subscriptions as Stripe’s API gives them: ARR, plan, renewal date, term, overdue invoices',
	headers: false,
	paths: { accountId: ['customer.id', 'customer', 'id'] },
	summarize: summarizeStripe,
};
